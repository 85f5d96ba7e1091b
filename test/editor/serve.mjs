/** Serves VS Code's own workbench on this machine's loopback address, with the extension loaded. */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureVscode } from './install-vscode.mjs';
import { cleanEnvironment, run, spawnLeashed } from './process.mjs';

const SECONDS_TO_START = 60;

/** What would cover or change the window otherwise; the rest is VS Code's default on the desktop. */
const SETTINGS = {
  'workbench.colorTheme': 'Default Dark Modern',
  'window.autoDetectColorScheme': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'chat.disableAIFeatures': true,
  'chat.commandCenter.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'security.workspace.trust.enabled': false,
  // In a browser VS Code saves by itself, unlike on the desktop.
  'files.autoSave': 'off',
};

/** The folder is not trusted, and nothing asks whether it is. */
const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.emptyWindow': false,
};

/**
 * @typedef {object} ServeOptions
 * @property {string} workspace the folder to open
 * @property {string} [extension] the folder of the extension under development
 * @property {string} [vsix] a packaged extension to install instead
 * @property {string} [extensionTests] a module whose run() is called in the extension host
 * @property {string} [openFile] a file to open in the first window
 * @property {{ line: number, column?: number }} [at] where to put the cursor in it
 * @property {string} [theme] the colour theme
 * @property {Record<string, unknown>} [settings] user settings
 * @property {string} [dataDir] where VS Code keeps its data, instead of a fresh folder that is removed at the end
 * @property {boolean} [restricted] open the folder without trusting it
 * @property {NodeJS.ProcessEnv} [env] added to the environment of the extension
 */

/**
 * @typedef {object} ServedVscode
 * @property {string} url opens the workspace with the extension
 * @property {number} port
 * @property {string} dataDir
 * @property {(page: Partial<Pick<ServeOptions, 'workspace' | 'openFile' | 'at' | 'extensionTests'>>) => string} urlFor
 *   the same for another window
 * @property {() => string} log what the server has printed
 * @property {Promise<void>} ended resolves when the server has ended, for whatever reason
 * @property {() => Promise<void>} stop
 */

/**
 * Starts VS Code's server and resolves when it answers.
 * @param {ServeOptions} options
 * @returns {Promise<ServedVscode>}
 */
export async function serveVscode(options) {
  const vscode = await ensureVscode();
  const dataDir = options.dataDir ?? (await mkdtemp(join(tmpdir(), 'vscode-data-')));
  const removeData = async () => {
    if (!options.dataDir) await rm(dataDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    const trust = options.restricted ? RESTRICTED : {};
    await writeSettings(dataDir, { 'workbench.colorTheme': options.theme, ...trust, ...options.settings });
    if (options.vsix) await installVsix(vscode, dataDir, options.vsix);
    return await start(vscode, dataDir, options, removeData);
  } catch (error) {
    await removeData();
    throw error;
  }
}

/**
 * @param {import('./install-vscode.mjs').EmbeddedVscode} vscode
 * @param {string} dataDir
 * @param {ServeOptions} options
 * @param {() => Promise<void>} removeData
 * @returns {Promise<ServedVscode>}
 */
async function start(vscode, dataDir, options, removeData) {
  // Without a token any page and any user of this machine could reach the server, and with it a terminal.
  const token = randomBytes(16).toString('hex');
  const server = spawnLeashed(vscode.node, [vscode.server, ...serverArguments(dataDir, token, options.restricted)], {
    env: cleanEnvironment(options.env),
  });
  let output = '';
  server.child.stdout.on('data', (data) => (output += data));
  server.child.stderr.on('data', (data) => (output += data));
  const ended = new Promise((done) => server.child.once('close', () => done()));
  const stop = async () => {
    await server.stop();
    await removeData();
  };
  try {
    const port = await portOf(server.child, () => output);
    const urlFor = (page) => pageUrl(port, token, { ...options, ...page });
    return { url: urlFor({}), port, dataDir, urlFor, log: () => output, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * @param {string} dataDir
 * @param {string} token
 * @param {boolean} [restricted]
 * @returns {string[]}
 */
function serverArguments(dataDir, token, restricted) {
  return [
    ...['--host', '127.0.0.1', '--port', '0', '--connection-token', token, '--server-data-dir', dataDir],
    // The workbench honours the development payload of the address only for its own smoke tests.
    '--enable-smoke-test-driver',
    '--accept-server-license-terms',
    ...(restricted ? [] : ['--disable-workspace-trust']),
    ...['--telemetry-level', 'off'],
  ];
}

/**
 * Waits for the line in which the server tells the port that the system gave it.
 * @param {import('node:child_process').ChildProcess} child
 * @param {() => string} output
 * @returns {Promise<number>}
 */
function portOf(child, output) {
  return new Promise((resolvePort, reject) => {
    const fail = (/** @type {string} */ what) =>
      reject(new Error(`VS Code's server ${what}.\n${output().slice(-4000)}`));
    const timer = setTimeout(() => fail(`did not start within ${SECONDS_TO_START} s`), SECONDS_TO_START * 1000);
    child.stdout?.on('data', () => {
      const port = /Extension host agent listening on (\d+)/.exec(output())?.[1];
      if (!port) return;
      clearTimeout(timer);
      resolvePort(Number(port));
    });
    child.once('close', () => {
      clearTimeout(timer);
      fail('ended at once');
    });
  });
}

/**
 * The address of a window, with the payload that a desktop VS Code takes as command-line arguments.
 * @param {number} port
 * @param {string} token
 * @param {ServeOptions} page
 * @returns {string}
 */
function pageUrl(port, token, { workspace, extension, extensionTests, openFile, at }) {
  const remote = (/** @type {string} */ path) =>
    `vscode-remote://127.0.0.1:${port}${pathToFileURL(resolve(path)).pathname}`;
  const position = at ? `:${at.line}:${at.column ?? 1}` : '';
  const payload = [
    ['skipWelcome', 'true'],
    ...(extension ? [['extensionDevelopmentPath', remote(extension)]] : []),
    ...(extensionTests ? [['extensionTestsPath', remote(extensionTests)]] : []),
    ...(at ? [['gotoLineMode', 'true']] : []),
    ...(openFile ? [['openFile', remote(openFile) + position]] : []),
  ];
  const query = new URLSearchParams({ tkn: token, folder: resolve(workspace), payload: JSON.stringify(payload) });
  return `http://127.0.0.1:${port}/?${query}`;
}

/**
 * Writes the user settings where the workbench looks for them, keeping those of an earlier run.
 * @param {string} dataDir
 * @param {Record<string, unknown>} settings
 */
async function writeSettings(dataDir, settings) {
  const folder = join(dataDir, 'data', 'User');
  const file = join(folder, 'settings.json');
  const earlier = await readFile(file, 'utf8').then(JSON.parse, () => ({}));
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify({ ...SETTINGS, ...earlier, ...settings }, undefined, 2)}\n`);
}

/**
 * @param {import('./install-vscode.mjs').EmbeddedVscode} vscode
 * @param {string} dataDir
 * @param {string} vsix
 */
async function installVsix(vscode, dataDir, vsix) {
  const args = [vscode.server, '--accept-server-license-terms', '--server-data-dir', dataDir];
  const { code, text } = await run(vscode.node, [...args, '--install-extension', resolve(vsix)], {
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  if (code !== 0 || !/was successfully installed/.test(text)) throw new Error(`${vsix} was not installed.\n${text}`);
}
