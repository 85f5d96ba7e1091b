/** What a run of the checks reads, and what it reports on. */
import { statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { findFiles, workspaceFolderOf } from '../disk/find-files.js';
import { loadWorkspace, uriOfPath } from '../disk/load-workspace.js';
import { readText, reasonOf } from '../disk/read-text.js';
import { isWithin, realPathOf } from '../disk/repository.js';
import type { Day } from '../model/date.js';
import { isExcluded } from '../workspace/exclusion.js';
import { isOurs } from '../workspace/files.js';
import { Snapshot } from '../workspace/snapshot.js';

export interface Input {
  readonly texts: Map<string, string>;
  /** The URIs that are reported on. */
  readonly targets: Set<string>;
  /** The URIs among them that were given by name. */
  readonly named: Set<string>;
  /** The paths of the folders whose files belong together, without links. */
  readonly folders: Set<string>;
  /** What could not be read, by path. */
  readonly faults: Map<string, string>;
  /** The paths that were given, by the path without links that each stands for, where that is another. */
  readonly given: Map<string, string>;
  /** Files and folders below the given ones that were passed over because git ignores them. */
  readonly ignored: Set<string>;
}

/**
 * The files to report on, with all that belongs to them, from absolute paths of files and folders. A file is read once,
 * under its path without links and in its true letter case, however often and by whatever name it is given. A path in
 * which there is nothing to report on is a fault, so that no check passes because it looked at nothing; but where that is
 * so of all of them, there is no fault and no target.
 */
export function gather(paths: readonly string[]): Input {
  const input = emptyInput();
  const loaded = new Map<string, ReadonlyMap<string, string>>();
  const empty: string[] = [];
  for (const path of paths) {
    const found = lookUp(path, input);
    if (!found) continue;
    const { real, isFolder } = found;
    const before = input.faults.size;
    for (const [at, fault] of load(isFolder ? real : dirname(real), input, loaded)) {
      if (isWithin(at, real) || !isFolder) input.faults.set(at, fault);
    }
    if (!isFolder) addFile(real, input);
    else if (!addFolder(real, input) && input.faults.size === before) empty.push(path);
  }
  if (input.targets.size > 0 || input.faults.size > 0) {
    for (const path of empty) input.faults.set(path, `holds nothing to check: ${nothingIn([path], input)}`);
  }
  return input;
}

/** The given text as the one file to report on, under a path, with all that belongs to it. */
export function gatherText(path: string, text: string): Input {
  const input = emptyInput();
  const real = realOrNew(path);
  if (real !== path) input.given.set(real, path);
  load(dirname(real), input, new Map());
  const uri = uriOfPath(real);
  input.texts.set(uri, text);
  input.targets.add(uri);
  input.named.add(uri);
  return input;
}

/** Why there is nothing to check in some paths. */
export function nothingIn(paths: readonly string[], { ignored }: Pick<Input, 'ignored'>): string {
  const passedOver = [...ignored].some((one) => paths.some((path) => isWithin(one, realOrNew(path))));
  const hint = passedOver ? '. What git ignores was passed over: name it to check it' : '';
  return `no file there starts with "format: playbook/v1" or "format: organization/v1"${hint}`;
}

/** The snapshot of what was gathered, as on the day of the check. */
export function snapshotOf({ folders, texts }: Pick<Input, 'folders' | 'texts'>, today: Day): Snapshot {
  return Snapshot.empty(today, { changesOften: false }).with({
    folders: [...folders].map((path) => `${uriOfPath(path).replace(/\/$/, '')}/`),
    files: texts,
  });
}

/** Forgets what could not be read of what the configuration excludes, but for paths that were given by name. */
export function forgetExcludedFaults(input: Input, snapshot: Snapshot, paths: readonly string[]): void {
  for (const path of input.faults.keys()) {
    const uri = uriOfPath(path);
    // A folder is excluded with all that is in it.
    const isLeftOut = isExcluded(snapshot, uri) || isExcluded(snapshot, `${uri}/`);
    const isNamed = paths.includes(input.given.get(path) ?? path);
    if (isLeftOut && !isNamed) input.faults.delete(path);
  }
}

function emptyInput(): Input {
  return {
    texts: new Map(),
    targets: new Set(),
    named: new Set(),
    folders: new Set(),
    faults: new Map(),
    given: new Map(),
    ignored: new Set(),
  };
}

function lookUp(path: string, input: Input): { readonly real: string; readonly isFolder: boolean } | undefined {
  try {
    const real = realPathOf(path);
    if (real !== path && !input.given.has(real)) input.given.set(real, path);
    return { real, isFolder: statSync(real).isDirectory() };
  } catch (error) {
    input.faults.set(path, reasonOf(error));
    return undefined;
  }
}

/** Reads the folder that a path belongs to, once. Gives what could not be read in it. */
function load(
  path: string,
  input: Input,
  loaded: Map<string, ReadonlyMap<string, string>>,
): ReadonlyMap<string, string> {
  const folder = workspaceFolderOf(path);
  const known = loaded.get(folder);
  if (known) return known;
  input.folders.add(folder);
  const { texts, faults } = loadWorkspace(folder);
  for (const [uri, text] of texts) input.texts.set(uri, text);
  loaded.set(folder, faults);
  return faults;
}

/** Gives whether there is anything to report on in the folder. */
function addFolder(path: string, input: Input): boolean {
  const before = input.faults.size;
  const found = findFiles(path);
  for (const { path: at, fault } of found.faults) input.faults.set(at, fault);
  for (const at of found.ignored) input.ignored.add(at);
  const links = found.links.map((link) => (input.texts.has(uriOfPath(link.real)) ? link.real : link.path));
  const added = [...found.files, ...links].filter((file) => addFound(file, input));
  return added.length > 0 || input.faults.size > before;
}

/** What was passed over when its workspace was read, and lies in a folder that was given, is read now. */
function addFound(path: string, input: Input): boolean {
  const uri = uriOfPath(path);
  if (!input.texts.has(uri)) {
    const read = readText(path);
    if ('text' in read) {
      if (!isOurs(uri, read.text)) return false;
      input.texts.set(uri, read.text);
    } else {
      if (isOurs(uri, read.beginning)) input.faults.set(path, read.fault);
      return false;
    }
  }
  input.targets.add(uri);
  return true;
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

/** The path of a file without links, where it need not be there. */
function realOrNew(path: string): string {
  try {
    return realPathOf(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realOrNew(above), basename(path));
  }
}
