/** What a run of the checks reads, and what it reports on. */
import { lstatSync, statSync } from 'node:fs';
import { dirname, sep } from 'node:path';
import { findFiles, workspaceFolderOf } from '../disk/find-files.js';
import { loadWorkspace, uriOfPath } from '../disk/load-workspace.js';
import { readText, reasonOf } from '../disk/read-text.js';
import type { Day } from '../model/date.js';
import { Snapshot } from '../workspace/snapshot.js';

export interface Input {
  readonly texts: Map<string, string>;
  /** The URIs that are reported on. */
  readonly targets: Set<string>;
  /** The URIs among them that were given by name. */
  readonly named: Set<string>;
  /** The paths of the folders whose files belong together. */
  readonly folders: Set<string>;
  /** What could not be read, by path. */
  readonly faults: Map<string, string>;
}

/** Takes absolute paths of files and folders. Gives the files to report on, with all that belongs to them. */
export function gather(paths: readonly string[]): Input {
  const input = emptyInput();
  for (const path of paths) {
    const isFolder = folderAt(path, input);
    if (isFolder === undefined) continue;
    for (const [at, fault] of load(isFolder ? path : dirname(path), input)) {
      if (isWithin(at, path) || !isFolder) input.faults.set(at, fault);
    }
    if (isFolder) addFolder(path, input);
    else addFile(path, input);
  }
  return input;
}

/** Takes a path and a text. Gives this text as the file to report on, with all that belongs to it. */
export function gatherText(path: string, text: string): Input {
  const input = emptyInput();
  load(dirname(path), input);
  const uri = uriOfPath(path);
  input.texts.set(uri, text);
  input.targets.add(uri);
  input.named.add(uri);
  return input;
}

/** Takes what was gathered and the day of the check. Gives the snapshot. */
export function snapshotOf({ folders, texts }: Pick<Input, 'folders' | 'texts'>, today: Day): Snapshot {
  return Snapshot.empty(today, { changesOften: false }).with({
    folders: [...folders].map((path) => `${uriOfPath(path).replace(/\/$/, '')}/`),
    files: texts,
  });
}

function emptyInput(): Input {
  return { texts: new Map(), targets: new Set(), named: new Set(), folders: new Set(), faults: new Map() };
}

/** Reads the folder that a path belongs to, once. Gives what could not be read in it. */
function load(path: string, input: Input): ReadonlyMap<string, string> {
  const folder = workspaceFolderOf(path);
  if (input.folders.has(folder)) return new Map();
  input.folders.add(folder);
  const loaded = loadWorkspace(folder);
  for (const [uri, text] of loaded.texts) input.texts.set(uri, text);
  return loaded.faults;
}

function folderAt(path: string, input: Input): boolean | undefined {
  try {
    return lstatSync(path).isDirectory() || statSync(path).isDirectory();
  } catch (error) {
    input.faults.set(path, reasonOf(error));
    return undefined;
  }
}

function addFolder(path: string, input: Input): void {
  const found = findFiles(path);
  for (const { path: at, fault } of found.faults) input.faults.set(at, fault);
  for (const file of found.files) {
    const uri = uriOfPath(file);
    if (input.texts.has(uri)) input.targets.add(uri);
  }
}

/** A path that is given by name is always read, whatever it is called. */
function addFile(path: string, input: Input): void {
  const uri = uriOfPath(path);
  const read = readText(path);
  if ('text' in read) {
    input.texts.set(uri, read.text);
    input.targets.add(uri);
    input.named.add(uri);
  } else {
    input.faults.set(path, read.fault);
  }
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}
