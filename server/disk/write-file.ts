/** Writes a file whole or not at all. */
import {
  chmodSync,
  closeSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Takes a path and what to write. Writes to a file beside it and renames that, so that a reader sees the old content or the
 * new one, and a full disk leaves the old one. A link stays a link, and what it leads to is written; permissions stay.
 *
 * @throws the error of the file system, after taking the unfinished file away.
 */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const target = targetOf(path);
  const unfinished = join(dirname(target), `.${basename(target)}.${process.pid}.tmp`);
  try {
    const file = openSync(unfinished, 'wx');
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    const before = statSync(target, { throwIfNoEntry: false });
    if (before) chmodSync(unfinished, before.mode & 0o777);
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
