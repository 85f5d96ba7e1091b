/** What git says has changed. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { UsageError } from './usage-error.js';

/**
 * Takes a folder and a revision. Gives the absolute paths of the files that differ from it, deleted and untracked ones
 * included.
 *
 * @throws UsageError where the folder is in no repository, or there is no such revision.
 */
export function changedSince(folder: string, revision: string): string[] {
  // The revision must be one, and not an option: --end-of-options is younger than some gits in use.
  if (revision.startsWith('-')) throw new UsageError(`--changed-since: "${revision}" is not a revision.`);
  const root = git(folder, ['rev-parse', '--show-toplevel']).trimEnd();
  const changed = git(root, ['diff', '--name-only', '--no-renames', '-z', revision, '--']);
  const untracked = git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
  return `${changed}${untracked}`
    .split('\0')
    .filter((name) => name !== '')
    .map((name) => join(root, name));
}

function git(folder: string, args: readonly string[]): string {
  try {
    return execFileSync('git', ['-c', 'core.quotepath=off', ...args], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      maxBuffer: 256 * 1024 * 1024,
    });
  } catch (error) {
    const { code, stderr } = error as NodeJS.ErrnoException & { stderr?: string };
    if (code === 'ENOENT') throw new UsageError('--changed-since needs git, which is not installed here.');
    const reason =
      String(stderr ?? error)
        .trim()
        .split('\n')[0] ?? '';
    throw new UsageError(`--changed-since: git says: ${reason.replace(/^fatal: /, '')}`);
  }
}
