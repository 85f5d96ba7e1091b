/** Loads the files of a workspace folder that are ours. */
import { statSync } from 'node:fs';
import { URI } from 'vscode-uri';
import { isOurs } from '../workspace/files.js';
import { drained, findFilesInSteps } from './find-files.js';
import { readText } from './read-text.js';

/** What was seen of a file: whether it may have changed since is told by its stamp. */
export interface Seen {
  readonly stamp: string | undefined;
  readonly look: Look;
}

/** A text of ours, what is wrong with a file that might be ours, or neither. */
type Look = { readonly text: string } | { readonly fault: string } | undefined;

export interface Loaded {
  /** Texts by URI. */
  readonly texts: ReadonlyMap<string, string>;
  /** What could not be read and might be ours, by path. */
  readonly faults: ReadonlyMap<string, string>;
  /** All YAML files by path, those of others included. */
  readonly seen: ReadonlyMap<string, Seen>;
}

/** Takes the path of a folder. Gives the texts of all files below it that are ours, by their name or format line. */
export function loadWorkspace(folder: string): Loaded {
  return drained(loadWorkspaceInSteps(folder));
}

/**
 * Does what `loadWorkspace` does, one folder or file at each step. What it yields grows until it is given in the end. A file
 * that is as it was seen before is not read again.
 */
export function* loadWorkspaceInSteps(
  folder: string,
  seenBefore: ReadonlyMap<string, Seen> = new Map(),
): Generator<Loaded, Loaded> {
  const texts = new Map<string, string>();
  const faults = new Map<string, string>();
  const seen = new Map<string, Seen>();
  const loaded = { texts, faults, seen };
  const search = findFilesInSteps(folder);
  let step = search.next();
  for (; !step.done; step = search.next()) yield loaded;
  const found = step.value;
  for (const { path, fault } of found.faults) faults.set(path, fault);
  // A link to a file that is found itself is only another name of it.
  const known = new Set(found.files);
  const links = found.links.filter(({ real }) => !known.has(real) && known.add(real));
  for (const path of [...found.files, ...links.map((link) => link.path)]) {
    const uri = uriOfPath(path);
    const stamp = stampOf(path);
    const before = seenBefore.get(path);
    const look = before && stamp !== undefined && before.stamp === stamp ? before.look : lookAt(path, uri);
    seen.set(path, { stamp, look });
    if (look && 'text' in look) texts.set(uri, look.text);
    else if (look) faults.set(path, look.fault);
    yield loaded;
  }
  return loaded;
}

function lookAt(path: string, uri: string): Look {
  const read = readText(path);
  if ('text' in read) return isOurs(uri, read.text) ? { text: read.text } : undefined;
  return isOurs(uri, read.beginning) ? { fault: read.fault } : undefined;
}

/** The clocks of file systems are coarse, that of FAT the most: what was written just now may be written again unnoticed. */
const CLOCK_MILLISECONDS = 2_500;

/** Tells one state of a file from the next; undefined where it is too young for that. */
function stampOf(path: string): string | undefined {
  try {
    const { mtimeMs, ctimeMs, size, ino } = statSync(path);
    return mtimeMs > Date.now() - CLOCK_MILLISECONDS ? undefined : [mtimeMs, ctimeMs, size, ino].join(' ');
  } catch {
    return undefined;
  }
}

/** Takes an absolute path. Gives its URI, in the spelling that the language server uses as well. */
export function uriOfPath(path: string): string {
  return URI.file(path).toString();
}
