/** Starts child processes with a clean environment and makes sure that none of them outlives this one. */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LEASH = fileURLToPath(new URL('leash.mjs', import.meta.url));

/** What npm is told through its environment and a child npm still needs in order to reach the same registry. */
const NPM_KEPT = /^npm_config_(registry|(https?_|no_?)?proxy|cafile|ca|strict_ssl|cache|userconfig|globalconfig)$/i;

/**
 * The environment without what an enclosing npm, VS Code or test runner left in it: npm's options would change what a
 * child npm installs, and VS Code's variables would make a child VS Code attach to the enclosing window.
 * @param {NodeJS.ProcessEnv} [extra]
 * @returns {NodeJS.ProcessEnv}
 */
export function cleanEnvironment(extra = {}) {
  const inherited = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|VSCODE_|ELECTRON_|NODE_OPTIONS$|INIT_CWD$)/i.test(name),
  );
  return { ...Object.fromEntries(inherited), ...extra };
}

/**
 * Runs npm in a folder and resolves when it has succeeded.
 * @param {string[]} args
 * @param {{ cwd: string, quiet?: boolean }} options quiet: npm's own output is shown only when it fails
 * @returns {Promise<void>}
 */
export async function runNpm(args, { cwd, quiet = false }) {
  const kept = Object.fromEntries(Object.entries(process.env).filter(([name]) => NPM_KEPT.test(name)));
  const output = await run('npm', args, {
    cwd,
    env: cleanEnvironment(kept),
    // npm is a batch file on Windows, which only a shell can start.
    shell: process.platform === 'win32',
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
  });
  if (output.code !== 0) {
    throw new Error(`"npm ${args.join(' ')}" failed in ${cwd}.\n${output.text}`.trimEnd());
  }
}

/**
 * Runs a command to its end.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 * @returns {Promise<{ code: number | null, text: string }>} text: what it printed, where its streams are pipes
 */
export function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    let text = '';
    child.stdout?.on('data', (data) => (text += data));
    child.stderr?.on('data', (data) => (text += data));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, text }));
  });
}

/**
 * Starts a long-running command in a process group of its own, held on a leash: when this process ends, however it
 * ends, the whole group is stopped.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env: NodeJS.ProcessEnv }} options
 * @returns {{ child: import('node:child_process').ChildProcess, stop: () => Promise<void> }}
 */
export function spawnLeashed(command, args, { env }) {
  const child = spawn(process.execPath, [LEASH, command, ...args], {
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
    child.once('error', resolve);
  });
  child.stdin?.on('error', () => {});
  return {
    child,
    async stop() {
      child.stdin?.end();
      await ended;
    },
  };
}

/**
 * Runs clean-up when a signal asks this process to end, and then ends it with the shell's usual code for that signal.
 * @param {() => Promise<unknown> | unknown} cleanUp
 * @param {{ code?: number }} [options] code: the exit code to use instead
 * @returns {() => void} stops listening
 */
export function onStopSignal(cleanUp, { code } = {}) {
  const codes = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 };
  let stopping = false;
  const listeners = Object.entries(codes).map(([signal, usual]) => {
    const listener = async () => {
      if (stopping) return;
      stopping = true;
      try {
        await cleanUp();
      } finally {
        process.exit(code ?? usual);
      }
    };
    process.on(signal, listener);
    return () => process.off(signal, listener);
  });
  return () => {
    for (const stopListening of listeners) stopListening();
  };
}
