/** Finds a Chromium to show VS Code in, the machine's own or one from the package registry, and starts it. */
import { accessSync, constants, createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { ensureVscode } from './install-vscode.mjs';
import { cleanEnvironment, run } from './process.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];
const MAC_APPLICATIONS = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
const ARGUMENTS = [
  // As root, as in most containers, Chromium's sandbox does not start; nothing but our own pages is opened.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A test that depends on the network is a wrong test, and a closed network must not slow it down.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/**
 * @typedef {object} Chromium
 * @property {string} executablePath
 * @property {NodeJS.ProcessEnv} env what it has to be started with
 */

/** @type {Promise<Chromium> | undefined} */
let found;

/**
 * Finds a Chromium: CHROME_PATH, then those on the PATH, then the one from the package registry.
 * @returns {Promise<Chromium>}
 */
export function findChromium() {
  found ??= search();
  return found;
}

/**
 * Starts Chromium without a window.
 * @param {import('playwright-core').LaunchOptions} [options]
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchChromium(options = {}) {
  const { chromium } = await import('playwright-core');
  const { executablePath, env } = await findChromium();
  return chromium.launch({ executablePath, env, ...options, args: [...ARGUMENTS, ...(options.args ?? [])] });
}

/** @returns {Promise<Chromium>} */
async function search() {
  const env = cleanEnvironment();
  if (process.env.CHROME_PATH) {
    if (await answers(process.env.CHROME_PATH, env)) return { executablePath: process.env.CHROME_PATH, env };
    throw new Error(`CHROME_PATH names ${process.env.CHROME_PATH}, which does not start.`);
  }
  for (const candidate of candidates()) {
    // Some distributions put a script there that only says how to install the browser.
    if (await answers(candidate, env)) return { executablePath: candidate, env };
  }
  return packagedChromium(env);
}

/** @returns {string[]} the executable files that may be a Chromium */
function candidates() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...onPath, ...(process.platform === 'darwin' ? MAC_APPLICATIONS : [])].filter(isExecutable);
}

/**
 * @param {string} file
 * @returns {boolean}
 */
function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param {string} executablePath
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<boolean>} whether it starts and tells its version
 */
async function answers(executablePath, env) {
  try {
    const { code, text } = await run(executablePath, ['--version'], { env, timeout: 15_000 });
    return code === 0 && /\d+\.\d+/.test(text);
  } catch {
    return false;
  }
}

/**
 * Unpacks the browser of the package @sparticuz/chromium, once, beside VS Code.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<Chromium>}
 */
async function packagedChromium(env) {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('No Chromium was found: install one, or name its executable in CHROME_PATH.');
  }
  const { folder } = await ensureVscode();
  const unpacked = join(folder, 'chromium');
  if (!existsSync(unpacked)) await unpack(folder, unpacked);
  const executablePath = join(unpacked, 'chromium');
  const withFonts = { ...env, FONTCONFIG_FILE: join(unpacked, 'fonts-and-system.conf') };
  if (await answers(executablePath, withFonts)) return { executablePath, env: withFonts };
  // A slim system has none of the libraries (NSS above all) that the package brings for such a case.
  const libraries = [join(unpacked, 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(delimiter);
  const withLibraries = { ...withFonts, LD_LIBRARY_PATH: libraries };
  if (await answers(executablePath, withLibraries)) return { executablePath, env: withLibraries };
  throw new Error('The packaged Chromium does not start: install one, or name its executable in CHROME_PATH.');
}

/**
 * @param {string} folder where its package is installed
 * @param {string} target
 */
async function unpack(folder, target) {
  const packed = join(folder, 'node_modules', '@sparticuz', 'chromium', 'bin');
  const tar = createRequire(join(folder, 'package.json'))('tar-fs');
  const unfinished = `${target}.unfinished-${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    const read = (/** @type {string} */ name) => createReadStream(join(packed, name));
    for (const archive of ['fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) {
      await pipeline(read(archive), createBrotliDecompress(), tar.extract(unfinished));
    }
    const program = join(unfinished, 'chromium');
    await pipeline(read('chromium.br'), createBrotliDecompress(), createWriteStream(program));
    await chmod(program, 0o755);
    await writeFile(join(unfinished, 'fonts-and-system.conf'), fontConfiguration(join(target, 'fonts')));
    await rename(unfinished, target);
  } catch (error) {
    // Another process may have unpacked the same thing in the meantime.
    if (!existsSync(target)) throw error;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * The machine's own fonts, and the package's for a system that has none.
 * @param {string} fonts
 * @returns {string}
 */
function fontConfiguration(fonts) {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${fonts}</dir>
</fontconfig>
`;
}
