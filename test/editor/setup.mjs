/** Brings a fresh clone to the point where its tests and its editor can run; plain Node, as nothing is installed yet. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './process.mjs';

/** The folder of the repository, which is also the folder of the extension. */
export const REPOSITORY = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

/**
 * Installs the project's dependencies unless exactly those of the lock file are installed.
 * @param {string} [root]
 */
export async function ensureInstalled(root = REPOSITORY) {
  if (await isInstalled(root)) return;
  console.error('Installing the dependencies (npm ci) ...');
  await runNpm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root });
}

/**
 * Builds the extension; the build is quick, so no one has to decide whether it is needed.
 * @param {string} [root]
 */
export async function ensureBuilt(root = REPOSITORY) {
  await runNpm(['run', '--silent', 'build'], { cwd: root, quiet: true });
}

/**
 * Compares the lock file with the record that npm leaves of what it has put into node_modules.
 * @param {string} root
 * @returns {Promise<boolean>}
 */
async function isInstalled(root) {
  const wanted = await readPackages(join(root, 'package-lock.json'));
  const found = await readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!wanted || !found) return false;
  // Optional packages are those of other platforms too, which npm leaves out.
  const complete = Object.entries(wanted).every(
    ([path, entry]) => path === '' || entry.optional || entry.peer || found[path] !== undefined,
  );
  const nothingElse = Object.entries(found).every(([path, entry]) => wanted[path]?.version === entry.version);
  return complete && nothingElse;
}

/**
 * @param {string} file
 * @returns {Promise<Record<string, { version?: string, optional?: boolean, peer?: boolean }> | undefined>}
 */
async function readPackages(file) {
  try {
    return JSON.parse(await readFile(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}
