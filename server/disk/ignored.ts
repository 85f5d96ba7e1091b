/**
 * What git ignores below a folder, read from the disk and not asked of git: so it is the same in an editor that does not
 * trust the folder, and where git is not installed.
 *
 * `.gitignore` and `info/exclude` of the repository count; the user's own excludes do not, because they are others on another
 * machine. What git keeps already it never ignores: else one line in a pull request would hide playbooks from the check.
 */
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { type IgnorePatterns, ignorePatterns } from '../model/git-ignore.js';
import { indexOf } from './git-index.js';
import { readBytes } from './read-bytes.js';
import { gitFoldersOf, pathBelow, repositoryOf } from './repository.js';

const FILE = '.gitignore';
const MAX_BYTES = 1_048_576;
/** Where git itself takes names in other letter case for the same, as it does where the file system does. */
const ignoresCase = process.platform === 'win32' || process.platform === 'darwin';

/** What is known in one folder of what git ignores there. */
export interface IgnoringFolder {
  /** Whether git ignores a file or folder in it, given by name. A folder that holds what git keeps is not ignored. */
  readonly ignores: (name: string, isFolder: boolean) => boolean;
  /** The same knowledge in a folder of this one; `names` is what lies in there, as far as that has been read already. */
  readonly enter: (name: string, names?: readonly string[]) => IgnoringFolder;
}

interface Repository {
  readonly root: string;
  /** Whether git keeps a path, or something in it. Reading this is put off until something would be ignored. */
  readonly keeps: (path: string) => boolean;
}

interface Layer {
  /** The folder that the patterns are relative to, seen from the root of the repository; with a slash, or empty. */
  readonly base: string;
  readonly patterns: IgnorePatterns;
}

/** What git ignores in a folder, with all that the folders above it in the repository say. Nothing is ignored outside of one. */
export function ignoringFolder(folder: string): IgnoringFolder {
  const root = repositoryOf(folder);
  if (root === undefined) return new Folder(folder, undefined, [], false);
  let current: IgnoringFolder = rootOf(root);
  // The folder itself was asked for, and so are those that lead to it, whatever git says of them.
  const below = pathBelow(folder, root) ?? '';
  for (const name of below === '' ? [] : below.split('/')) {
    current = current.enter(name);
  }
  return current instanceof Folder ? current.asked() : current;
}

class Folder implements IgnoringFolder {
  constructor(
    private readonly path: string,
    private readonly repository: Repository | undefined,
    private readonly layers: readonly Layer[],
    /** Then all in it is ignored but what git keeps. */
    private readonly isIgnored: boolean,
  ) {}

  ignores(name: string, isFolder: boolean): boolean {
    const { repository } = this;
    return repository !== undefined && this.isOut(name, isFolder) && !repository.keeps(this.pathOf(name, repository));
  }

  enter(name: string, names?: readonly string[]): IgnoringFolder {
    const path = join(this.path, name);
    const has = (entry: string) => (names ? names.includes(entry) : existsSync(join(path, entry)));
    if (has('.git')) return rootOf(path);
    if (!this.repository) return new Folder(path, undefined, [], false);
    const layer = has(FILE) ? layerAt(join(path, FILE), `${this.pathOf(name, this.repository)}/`) : [];
    return new Folder(path, this.repository, [...layer, ...this.layers], this.isOut(name, true));
  }

  asked(): Folder {
    return new Folder(this.path, this.repository, this.layers, false);
  }

  private isOut(name: string, isFolder: boolean): boolean {
    if (this.isIgnored || !this.repository) return this.isIgnored;
    const path = inOneCase(this.pathOf(name, this.repository));
    for (const { base, patterns } of this.layers) {
      const said = patterns.say(path.slice(base.length), isFolder);
      if (said !== undefined) return said;
    }
    return false;
  }

  private pathOf(name: string, { root }: Repository): string {
    return pathBelow(join(this.path, name), root) ?? name;
  }
}

function rootOf(root: string): Folder {
  const exclude = join(gitFoldersOf(root).shared, 'info/exclude');
  const layers = [...layerAt(join(root, FILE), ''), ...layerAt(exclude, '')];
  return new Folder(root, { root, keeps: keptIn(root) }, layers, false);
}

function layerAt(file: string, base: string): Layer[] {
  const text = readBytes(file, MAX_BYTES)?.toString('utf8');
  return text === undefined ? [] : [{ base, patterns: ignorePatterns(inOneCase(text)) }];
}

function inOneCase(text: string): string {
  return ignoresCase ? text.toLowerCase() : text;
}

/** Where the index is of a kind that is not understood, everything may be in it. */
function keptIn(root: string): (path: string) => boolean {
  let kept: ReadonlySet<string> | 'all' | undefined;
  return (path) => {
    kept ??= read(root);
    return kept === 'all' || kept.has(inOneCase(path).normalize('NFC'));
  };
}

function read(root: string): ReadonlySet<string> | 'all' {
  const entries = indexOf(root);
  if (!entries) return 'all';
  const kept = new Set<string>();
  for (const { path } of entries) {
    for (let part = inOneCase(path).normalize('NFC'); part !== '' && !kept.has(part); ) {
      kept.add(part);
      const slash = part.lastIndexOf('/');
      part = slash === -1 ? '' : part.slice(0, slash);
    }
  }
  return kept;
}

/** Whether the walk below a folder passes over a file in it, because git ignores it or a folder that leads to it. */
export function isIgnoredIn(folder: string, file: string): boolean {
  const below = pathBelow(dirname(file), folder);
  if (below === undefined) return false;
  let current = ignoringFolder(folder);
  for (const name of below === '' ? [] : below.split('/')) {
    if (current.ignores(name, true)) return true;
    current = current.enter(name);
  }
  return current.ignores(basename(file), false);
}
