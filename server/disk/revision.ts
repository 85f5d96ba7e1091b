/** Which state of the files in a folder is at hand, as git knows it. */
import { execFileSync } from 'node:child_process';

/** Takes a folder. Gives the commit, and whether something differs from it; empty where the folder is in no repository. */
export function revisionOf(folder: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const commit = git('rev-parse', '--short=12', 'HEAD');
    return git('status', '--porcelain', '--', '.') === '' ? commit : `${commit}, with changes since`;
  } catch {
    return '';
  }
}
