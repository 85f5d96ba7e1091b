/** Where git repositories lie on the disk, and what can be read of them without git. */
import { existsSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { readBytes } from './read-bytes.js';

const MAX_POINTER_BYTES = 16_384;

/** The nearest folder above, the given one included, that holds `.git`, be it a folder or a file; undefined where none does. */
export function repositoryOf(folder: string): string | undefined {
  for (let current = folder; ; ) {
    if (existsSync(join(current, '.git'))) return current;
    const above = dirname(current);
    if (above === current) return undefined;
    current = above;
  }
}

/** The folders in which git keeps what belongs to a work tree (`own`) and what all work trees of a repository share. */
export function gitFoldersOf(root: string): { readonly own: string; readonly shared: string } {
  const own = isFolder(join(root, '.git')) ? join(root, '.git') : (pointerIn(join(root, '.git'), root) ?? root);
  return { own, shared: pointerIn(join(own, 'commondir'), own) ?? own };
}

function pointerIn(file: string, base: string): string | undefined {
  const text = readBytes(file, MAX_POINTER_BYTES)?.toString('utf8').trim();
  return text ? resolve(base, text.replace(/^gitdir: */, '')) : undefined;
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Whether a path lies in a folder, or is that folder. Both are absolute. */
export function isWithin(path: string, folder: string): boolean {
  return pathBelow(path, folder) !== undefined;
}

/** The path relative to a folder, with slashes; undefined where it lies outside of it. */
export function pathBelow(path: string, folder: string): string | undefined {
  const below = relative(folder, path);
  return below === '..' || below.startsWith(`..${sep}`) || isAbsolute(below) ? undefined : below.split(sep).join('/');
}

/** The path of a file or folder without links and in its true letter case. @throws the error of the file system. */
export function realPathOf(path: string): string {
  return realpathSync.native(path);
}
