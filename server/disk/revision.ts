/** Which state of the files in a folder is at hand, as git knows it. */
import { execFileSync } from 'node:child_process';

/** What binders are made from, wherever it lies in the repository. What they are written to is not part of it. */
const SOURCES = [':(top,glob)**/*.yaml', ':(top,glob)**/*.yml'];

/** Takes a folder. Gives the commit, and whether a source differs from it; empty where the folder is in no repository. */
export function revisionOf(folder: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const commit = git('rev-parse', '--short=12', 'HEAD');
    return git('status', '--porcelain', '--untracked-files=all', '--', ...SOURCES) === ''
      ? commit
      : `${commit}, with changes since`;
  } catch {
    return '';
  }
}
