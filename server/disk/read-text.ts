/** Reads a file from disk as text, or says why not: strictly UTF-8, regular files only, of a bounded size. */
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { limits } from '../text/limits.js';

export type ReadText =
  | { readonly text: string }
  /** `beginning` is what a look at the first part gives, to tell whose file it is. */
  | { readonly fault: string; readonly beginning: string };

/** A character takes at most four bytes in UTF-8, so a longer file is over the limit in any case. */
const MAX_BYTES = limits.characters * 4;
const BEGINNING_BYTES = 65_536;

/** Takes the path of a file. Gives its text, or what is wrong with it in words that follow the file's name. */
export function readText(path: string): ReadText {
  let file: number;
  try {
    // Without O_NONBLOCK a named pipe that nobody writes to would hold the process for ever.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return { fault: reasonOf(error), beginning: '' };
  }
  try {
    const stat = fstatSync(file);
    if (!stat.isFile()) return { fault: 'is not a regular file', beginning: '' };
    if (stat.size > MAX_BYTES) {
      const size = (stat.size / 1_048_576).toFixed(1);
      const beginning = Buffer.from(readBytes(file, BEGINNING_BYTES)).toString('latin1');
      return { fault: `is ${size} MiB long and was not checked: the limit is 1 MiB. Split it`, beginning };
    }
    return decode(readBytes(file, stat.size));
  } catch (error) {
    return { fault: reasonOf(error), beginning: '' };
  } finally {
    closeSync(file);
  }
}

/** Takes bytes. Gives them as text, or where they stop being UTF-8. */
export function decode(bytes: Uint8Array): ReadText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    const beginning = Buffer.from(bytes.subarray(0, BEGINNING_BYTES)).toString('latin1');
    const kind = beginning.includes('\0') ? 'is a binary file' : 'is not UTF-8 text';
    return { fault: `${kind} and was not checked. Save it as UTF-8`, beginning };
  }
}

function readBytes(file: number, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  let length = 0;
  while (length < count) {
    const read = readSync(file, bytes, length, count - length, null);
    if (read === 0) break;
    length += read;
  }
  return bytes.subarray(0, length);
}

/** Takes an error of the file system. Gives it in words that follow the file's name. */
export function reasonOf(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return 'does not exist';
  if (code === 'EACCES' || code === 'EPERM') return 'cannot be read: permission denied';
  if (code === 'ELOOP') return 'is a link that leads to itself';
  if (code === 'EISDIR') return 'is a folder';
  return `cannot be read (${code ?? String(error)})`;
}
