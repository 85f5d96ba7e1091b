/** Runs the built command line as a process of its own. */
import { spawnSync } from 'node:child_process';
import { cli } from './paths.js';

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Takes arguments, the folder to run in, and variables of the environment. Gives how the process ended. */
export function runCli(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>> = {},
): Run {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
    timeout: 30_000,
  });
  return { code: status, out: stdout, err: stderr };
}
