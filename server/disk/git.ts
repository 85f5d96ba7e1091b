/** What git knows of files: the commit that is at hand, and which of them differ from a commit. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { indexOf } from './git-index.js';
import { pathBelow, realPathOf, repositoryOf } from './repository.js';
import { GitError, runGit } from './run-git.js';

/** Texts of files by absolute path. */
export type Texts = ReadonlyMap<string, string>;

export interface Changed {
  /** The paths among the given ones whose text is not that of the commit. */
  readonly files: readonly string[];
  /** Paths of YAML files of the commit that are not on the disk any more. */
  readonly gone: readonly string[];
  /** What the reader of the result should know; undefined where all is as usual. */
  readonly note: string | undefined;
}

const YAML_NAME = /\.ya?ml$/i;
const SHORT = 12;

/**
 * Which of the texts in a repository differ from where its current branch left a revision (the merge base), so that what
 * others have done there since counts for nothing. Texts are compared here and not by git, which would start whatever
 * filter the repository names: a text that only ends its lines differently is unchanged, and one that a filter rewrites
 * counts as changed.
 *
 * @throws GitError where there is no such revision, or git cannot be asked.
 */
export async function changedSince(root: string, revision: string, texts: Texts): Promise<Changed> {
  assertRevision(revision);
  const { commit, note } = await baseOf(root, revision);
  return { ...(await comparedWith(root, commit, texts)), note };
}

/** @throws GitError where a text can be no revision, or is a range of them. */
export function assertRevision(revision: string): void {
  // What begins with a dash would be an option: --end-of-options is younger than some gits in use.
  if (revision.startsWith('-') || revision === '') throw new GitError(`"${revision}" is not a revision`);
  if (revision.includes('..')) {
    throw new GitError(
      `"${revision}" is a range. Name one revision: what has changed since the current branch left it is checked`,
    );
  }
}

/**
 * The commit of the repository that a file lies in, and whether a text differs from it; empty where there is no repository,
 * no commit, or git cannot be asked.
 */
export async function revisionOf(file: string, texts: Texts): Promise<string> {
  try {
    const root = repositoryOf(realPathOf(dirname(file)));
    if (root === undefined) return '';
    const commit = await commitOf(root, 'HEAD');
    const { files, gone } = await comparedWith(root, commit, texts);
    const short = commit.slice(0, SHORT);
    return files.length === 0 && gone.length === 0 ? short : `${short}, with changes since`;
  } catch {
    return '';
  }
}

async function commitOf(root: string, revision: string): Promise<string> {
  return (await runGit(root, 'rev-parse', ['--verify', `${revision}^{commit}`])).trim();
}

async function baseOf(root: string, revision: string): Promise<{ commit: string; note: string | undefined }> {
  const hasCommit = await commitOf(root, 'HEAD').then(
    () => true,
    () => false,
  );
  if (!hasCommit) return { commit: await commitOf(root, revision), note: undefined };
  try {
    const base = (await runGit(root, 'merge-base', [revision, 'HEAD'], [0, 1])).trim();
    if (base !== '') return { commit: base, note: undefined };
  } catch (error) {
    if (!(error instanceof GitError && (await isShallow(root)))) throw error;
    throw new GitError(`${error.message}. ${SHALLOW}`);
  }
  const why = (await isShallow(root)) ? SHALLOW : 'They have no commit in common.';
  return {
    commit: await commitOf(root, revision),
    note: `Where the current branch left "${revision}" is not known, so all that differs from "${revision}" was checked. ${why}`,
  };
}

const SHALLOW =
  'This clone is shallow: fetch its history ("git fetch --unshallow"; in GitHub Actions, "fetch-depth: 0").';

async function isShallow(root: string): Promise<boolean> {
  return (await runGit(root, 'rev-parse', ['--is-shallow-repository'])).trim() === 'true';
}

async function comparedWith(root: string, commit: string, texts: Texts): Promise<Omit<Changed, 'note'>> {
  const blobs = await blobsIn(root, commit);
  const real = realPaths();
  const present = new Set<string>();
  const files: string[] = [];
  for (const [path, text] of texts) {
    const name = pathBelow(real(path), root);
    if (name === undefined) continue;
    const key = name.normalize('NFC');
    present.add(key);
    if (!isBlobOf(text, blobs.get(key))) files.push(path);
  }
  const missing = [...blobs.keys()].filter(
    (name) => !present.has(name) && YAML_NAME.test(name) && !isThere(join(root, name)),
  );
  const sparse = missing.length > 0 ? sparseIn(root) : new Set<string>();
  return { files, gone: missing.filter((name) => !sparse.has(name)).map((name) => join(root, name)) };
}

function sparseIn(root: string): ReadonlySet<string> {
  const entries = indexOf(root) ?? [];
  return new Set(entries.filter(({ isSparse }) => isSparse).map(({ path }) => path.normalize('NFC')));
}

/** The hashes of all files of a commit by path, those of submodules that are checked out included. */
async function blobsIn(root: string, commit: string): Promise<Map<string, string>> {
  const blobs = new Map<string, string>();
  for (const line of (await runGit(root, 'ls-tree', ['-r', '-z', '--full-tree', commit])).split('\0')) {
    const [, mode = '', hash = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (mode !== SUBMODULE) {
      if (path !== '') blobs.set(path.normalize('NFC'), hash);
    } else if (existsSync(join(root, path, '.git'))) {
      for (const [name, inner] of await blobsInSubmodule(join(root, path), hash)) blobs.set(`${path}/${name}`, inner);
    }
  }
  return blobs;
}

const SUBMODULE = '160000';

/** Of a submodule whose commit is not there nothing is known: then all that is in it counts as changed. */
async function blobsInSubmodule(root: string, commit: string): Promise<ReadonlyMap<string, string>> {
  try {
    return await blobsIn(root, commit);
  } catch (error) {
    if (error instanceof GitError) return new Map();
    throw error;
  }
}

/** Whether a text, or the text with other ends of lines, is what a hash of git stands for. */
function isBlobOf(text: string, hash: string | undefined): boolean {
  if (hash === undefined) return false;
  const algorithm = hash.length === 40 ? 'sha1' : 'sha256';
  const isIt = (candidate: string) => {
    const bytes = Buffer.from(candidate, 'utf8');
    return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === hash;
  };
  const unix = text.replaceAll('\r\n', '\n');
  return isIt(text) || (unix !== text && isIt(unix)) || isIt(unix.replaceAll('\n', '\r\n'));
}

/** Gives paths without links in the folders that lead to them; many files share a folder. */
function realPaths(): (path: string) => string {
  const known = new Map<string, string>();
  return (path) => {
    const folder = dirname(path);
    const real = known.get(folder) ?? realOrSame(folder);
    known.set(folder, real);
    return join(real, path.slice(folder.length));
  };
}

function realOrSame(path: string): string {
  try {
    return realPathOf(path);
  } catch {
    return path;
  }
}

function isThere(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
