/** Loads the files of a workspace folder that are ours. */
import { URI } from 'vscode-uri';
import { isOurs } from '../workspace/files.js';
import { findFiles } from './find-files.js';
import { readText } from './read-text.js';

export interface Loaded {
  /** Texts by URI. */
  readonly texts: ReadonlyMap<string, string>;
  /** What could not be read and might be ours, by path. */
  readonly faults: ReadonlyMap<string, string>;
}

/** Takes the path of a folder. Gives the texts of all files below it that are ours, by their name or format line. */
export function loadWorkspace(folder: string): Loaded {
  const texts = new Map<string, string>();
  const found = findFiles(folder);
  const faults = new Map(found.faults.map(({ path, fault }) => [path, fault]));
  for (const path of found.files) {
    const read = readText(path);
    const uri = uriOfPath(path);
    if ('text' in read) {
      if (isOurs(uri, read.text)) texts.set(uri, read.text);
    } else if (isOurs(uri, read.beginning)) {
      faults.set(path, read.fault);
    }
  }
  return { texts, faults };
}

/** Takes an absolute path. Gives its URI, in the spelling that the language server uses as well. */
export function uriOfPath(path: string): string {
  return URI.file(path).toString();
}
