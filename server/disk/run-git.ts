/** Starts git so that nothing of the repository that it looks at can start a program. */
import { execFile } from 'node:child_process';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, dirname, isAbsolute, join } from 'node:path';
import { isWithin, repositoryOf } from './repository.js';

/** Git could not be asked, or refused. The message says so, without a full stop. */
export class GitError extends Error {}

const TIMEOUT_MILLISECONDS = 20_000;
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

/**
 * What a repository's own configuration must not decide. Only commands that read objects are ever asked for, and none of
 * them consults any of this today; but which command starts what has changed between versions of git before.
 */
const SETTINGS = [
  // Empty is "none" to every git; to those before 2.36 "false" would be the name of a program.
  'core.fsmonitor=',
  'core.hooksPath=/dev/null',
  'core.pager=cat',
  'core.sshCommand=false',
  'credential.helper=',
  'diff.external=',
  'protocol.allow=never',
  // A folder of playbooks that is laid out like a bare repository is none (git before 2.38 does not know this).
  'safe.bareRepository=explicit',
];

/** Whose settings git reads beside those of the repository. They belong to the user, and say which folders to trust. */
const KEPT_OF_GIT = ['GIT_CONFIG_GLOBAL', 'GIT_CONFIG_SYSTEM', 'GIT_CONFIG_NOSYSTEM'];

/** Commands that read objects and references, and nothing of the work tree, the index or the attributes. */
type ReadingCommand = 'rev-parse' | 'merge-base' | 'ls-tree';

/**
 * What git answers in the root folder of a repository, where it ends with one of the given exit codes.
 *
 * @throws GitError where git is not there, takes too long, or ends with another code.
 */
export async function runGit(
  root: string,
  command: ReadingCommand,
  args: readonly string[],
  accepted: readonly number[] = [0],
): Promise<string> {
  const program = gitProgram(root, process.env['PATH'] ?? '');
  if (program === undefined) throw new GitError('git is not installed here');
  const settings = SETTINGS.flatMap((setting) => ['-c', setting]);
  const options = {
    cwd: root,
    env: environmentFor(root, process.env),
    timeout: TIMEOUT_MILLISECONDS,
    killSignal: 'SIGKILL',
    maxBuffer: MAX_OUTPUT_BYTES,
    windowsHide: true,
  } as const;
  return new Promise((resolve, reject) => {
    const git = execFile(program, ['--no-pager', ...settings, command, ...args], options, (error, stdout, stderr) => {
      const code = typeof error?.code === 'number' ? error.code : error ? undefined : 0;
      if (code !== undefined && accepted.includes(code)) resolve(stdout);
      else reject(new GitError(error?.killed ? 'git did not answer' : reasonIn(stderr, error)));
    });
    git.stdin?.end();
  });
}

function reasonIn(stderr: string, error: Error | null): string {
  const [first = ''] = stderr.trim().split('\n');
  const reason = first === '' ? String(error?.message) : first.replace(/^fatal: /, '');
  // Whose repository belongs to somebody else, git trusts only where its user says so.
  const [, folder] = /dubious ownership in repository at '(.*)'/.exec(reason) ?? [];
  const hint = folder ? `. If you trust it: git config --global --add safe.directory "${folder}"` : '';
  return `git says: ${reason}${hint}`;
}

/**
 * The environment for git: that of this process, without what steers git (`GIT_DIR` in a hook, `GIT_EXTERNAL_DIFF`), and
 * with what keeps it from fetching, asking, writing and looking for a repository above the given one.
 */
export function environmentFor(root: string, environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(environment).filter(
    ([name]) => !/^GIT_/i.test(name) || KEPT_OF_GIT.includes(name.toUpperCase()),
  );
  return {
    ...Object.fromEntries(kept),
    GIT_CEILING_DIRECTORIES: dirname(root),
    GIT_ALLOW_PROTOCOL: 'none',
    GIT_NO_LAZY_FETCH: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_PAGER: 'cat',
    LC_ALL: 'C',
  };
}

/**
 * The git on the path, as an absolute path. Passed over is what the repository or the current folder could have put there:
 * relative entries, entries inside either of them (Windows looks in the current folder first of all, unless a path is
 * given), and what packages install for scripts. Undefined where there is no other.
 */
export function gitProgram(root: string, path: string): string | undefined {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  const own = [outermostRepository(root), realOf(process.cwd())].filter((folder) => dirname(folder) !== folder);
  return path
    .split(delimiter)
    .map((entry) => entry.replace(/^"(.*)"$/, '$1'))
    .filter((entry) => isAbsolute(entry) && !/[\\/]node_modules[\\/]\.bin[\\/]?$/.test(entry))
    .map((entry) => join(entry, name))
    .find(
      (program) =>
        isProgram(program) && !own.some((folder) => isWithin(realOf(program), folder) || isWithin(program, folder)),
    );
}

function outermostRepository(root: string): string {
  const above = repositoryOf(dirname(root));
  return above === undefined || above === root ? root : outermostRepository(above);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

function realOf(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    return path;
  }
}
