/**
 * `npm run package`: writes the extension as one file, the same byte by byte for the same contents. Times of files are that
 * of SOURCE_DATE_EPOCH, or else of the last commit. Arguments go to `vsce package`.
 */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const folder = import.meta.dirname;
const vsce = createRequire(import.meta.url).resolve('@vscode/vsce/vsce');
const lastCommit = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: folder, encoding: 'utf8' }).stdout?.trim();
/** 1980: the earliest that an archive can say of a file. */
const EARLIEST = '315532800';
// An archive says local times, without their zone.
const env = { SOURCE_DATE_EPOCH: lastCommit || EARLIEST, ...process.env, TZ: 'UTC' };
const args = [vsce, 'package', '--no-dependencies', ...process.argv.slice(2)];
process.exitCode = spawnSync(process.execPath, args, { cwd: folder, stdio: 'inherit', env }).status ?? 1;
