/** Where the command line writes what it was asked for. */
import { resolve } from 'node:path';
import { uriOfPath } from '../disk/load-workspace.js';
import { fileWrittenAs, writeWhole } from '../disk/write-file.js';
import { UsageError } from './usage-error.js';

/** Stands for standard output, as in most programs. */
export const STANDARD_OUTPUT = '-';

/**
 * Writes an output to a file, relative to a folder, or to standard output where it is called `-`.
 *
 * @throws WriteError where that cannot be done.
 */
export function writeOutput(name: string, content: string | Uint8Array, folder: string): void {
  if (name === STANDARD_OUTPUT) process.stdout.write(content);
  else writeWhole(resolve(folder, name), content, name);
}

/**
 * Looks at outputs before anything is written, given the URIs of the files that are read.
 *
 * @throws UsageError where two of them are the same file, or one would replace a file that is read.
 */
export function assertOutputs(names: readonly string[], folder: string, read: ReadonlyMap<string, string>): void {
  const seen = new Map<string, string>();
  for (const name of names) {
    const file = name === STANDARD_OUTPUT ? undefined : fileWrittenAs(resolve(folder, name));
    if (file === undefined) continue;
    const other = seen.get(file);
    if (other !== undefined)
      throw new UsageError(`${other} and ${name} are the same file. Give each output one of its own.`);
    if (read.has(uriOfPath(file))) throw new UsageError(`${name} is read here, and would be lost. Name another file.`);
    seen.set(file, name);
  }
}
