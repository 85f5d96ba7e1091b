/** Runs a command in its own process group until it ends or the process at the other end of standard input is gone. */
import { spawn } from 'node:child_process';

const SECONDS_TO_END_BY_ITSELF = 3;

const [command, ...args] = process.argv.slice(2);
const child = spawn(command, args, { detached: true, stdio: ['ignore', 'inherit', 'inherit'] });

/** @param {NodeJS.Signals} signal */
function signalGroup(signal) {
  try {
    process.kill(-child.pid, signal);
  } catch {
    // The group is gone already.
  }
}

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  signalGroup('SIGTERM');
  setTimeout(() => {
    signalGroup('SIGKILL');
    process.exit(143);
  }, SECONDS_TO_END_BY_ITSELF * 1000);
}

child.on('error', (error) => {
  console.error(error.message);
  process.exit(127);
});
child.on('exit', (code, signal) => {
  // Grandchildren (an extension host, a language server) may still be there when their parent is not.
  signalGroup('SIGKILL');
  process.exit(code ?? (signal ? 143 : 1));
});
// The pipe closes when the owner ends, even if it was killed and could run no handler.
process.stdin.on('close', stop).resume();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop);
// Writing to an owner that is gone must not end the leash before the command.
process.stdout.on('error', stop);
process.stderr.on('error', stop);
