/**
 * `npm test`: installs and builds what is needed, then runs every check: generated files, types, lint and format, tests
 * of the engine and of the processes, tests in real VS Code. The last line counts them.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt, ensureInstalled } from './editor/setup.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const bin = (name) => join(root, 'node_modules', '.bin', name);
const total = { passed: 0, failed: 0, skipped: 0 };
/** Why tests were skipped, in their own words. */
const reasons = [];
/** After so long without a word somebody wonders whether anything still happens. */
const QUIET_SECONDS = 15;

await ensureInstalled();
// Before the build, which would write them anew.
await run('What is made from the schemas', process.execPath, ['schemas/generate.mjs']);
await check('Generated files are current', process.execPath, ['server/rules/generate.mjs', '--check']);
await ensureBuilt();
await check('Types', bin('tsc'), ['-p', '.']);
await check('Types of the pages', bin('tsc'), ['-p', 'client/pages']);
await check('Lint and format', bin('biome'), ['check', '--error-on-warnings', '.']);
await tests('Engine, language server, command line', []);
await tests('In real VS Code', ['--no-config', '--import=tsx', '--timeout=180000', 'test/vscode/*.test.ts']);

const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
for (const reason of reasons) console.log(`\nSkipped: ${reason}`);
console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`);
process.exitCode = total.failed > 0 ? 1 : 0;

async function check(name, command, args) {
  const { code } = await run(name, command, args);
  if (code === 0) total.passed++;
  else total.failed++;
}

async function tests(name, args) {
  const { code, output } = await run(name, bin('mocha'), args);
  const count = (word) => Number(new RegExp(`^\\s*(\\d+) ${word}`, 'm').exec(output)?.[1] ?? 0);
  const failing = count('failing');
  total.passed += count('passing');
  total.skipped += count('pending');
  for (const [, reason] of output.matchAll(/^\s*skipped: (.*)/gm)) reasons.push(reason);
  // A runner that dies before it counts has failed as well.
  total.failed += failing > 0 ? failing : code === 0 && count('passing') > 0 ? 0 : 1;
}

/** Runs a step of the check, and says how long it takes: at its end, and where it says nothing for a while itself. */
function run(name, command, args) {
  console.log(`\n# ${name}`);
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    const quiet = setInterval(() => console.log(`  … ${name}: ${seconds()} s so far`), QUIET_SECONDS * 1000);
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      quiet.refresh();
      process.stdout.write(data);
    });
    const end = (code) => {
      clearInterval(quiet);
      console.log(`# ${name}: ${code === 0 ? 'passed' : 'failed'} in ${seconds()} s`);
      resolve({ code, output });
    };
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      end(1);
    });
    child.on('close', end);
  });
}
