/** Reads small files that are not playbooks, and never anything that is no regular file. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** The bytes of a regular file; undefined where there is none, it cannot be read, or it is longer than the limit. */
export function readBytes(path: string, limit: number): Buffer | undefined {
  let file: number;
  try {
    // Without O_NONBLOCK a named pipe that nobody writes to would hold the process for ever.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile() || stat.size > limit) return undefined;
    const bytes = Buffer.alloc(stat.size);
    let length = 0;
    for (let read = -1; length < bytes.length && read !== 0; length += read) {
      read = readSync(file, bytes, length, bytes.length - length, null);
    }
    return bytes.subarray(0, length);
  } catch {
    return undefined;
  } finally {
    closeSync(file);
  }
}
