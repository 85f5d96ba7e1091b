/** Loads the files of a workspace folder that are ours. */
import { URI } from 'vscode-uri';
import { isOurs } from '../workspace/files.js';
import { drained, findFilesInSteps } from './find-files.js';
import { readText } from './read-text.js';

export interface Loaded {
  /** Texts by URI. */
  readonly texts: ReadonlyMap<string, string>;
  /** What could not be read and might be ours, by path. */
  readonly faults: ReadonlyMap<string, string>;
}

/** Takes the path of a folder. Gives the texts of all files below it that are ours, by their name or format line. */
export function loadWorkspace(folder: string): Loaded {
  return drained(loadWorkspaceInSteps(folder));
}

/** Does what `loadWorkspace` does, one folder or file at each step. What it yields grows until it is given in the end. */
export function* loadWorkspaceInSteps(folder: string): Generator<Loaded, Loaded> {
  const texts = new Map<string, string>();
  const faults = new Map<string, string>();
  const loaded = { texts, faults };
  const search = findFilesInSteps(folder);
  let step = search.next();
  for (; !step.done; step = search.next()) yield loaded;
  const found = step.value;
  for (const { path, fault } of found.faults) faults.set(path, fault);
  // A link to a file that is found itself is only another name of it.
  const known = new Set(found.files);
  const links = found.links.filter(({ real }) => !known.has(real) && known.add(real));
  for (const path of [...found.files, ...links.map((link) => link.path)]) {
    const read = readText(path);
    const uri = uriOfPath(path);
    if ('text' in read) {
      if (isOurs(uri, read.text)) texts.set(uri, read.text);
    } else if (isOurs(uri, read.beginning)) {
      faults.set(path, read.fault);
    }
    yield loaded;
  }
  return loaded;
}

/** Takes an absolute path. Gives its URI, in the spelling that the language server uses as well. */
export function uriOfPath(path: string): string {
  return URI.file(path).toString();
}
