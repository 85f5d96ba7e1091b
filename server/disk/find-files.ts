/** Finds the YAML files below a folder, and the folder that a path belongs to. */
import { type Dirent, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { isOurs } from '../workspace/files.js';
import { type IgnoringFolder, ignoringFolder, isIgnoredIn } from './ignored.js';
import { reasonOf } from './read-text.js';
import { isWithin, pathBelow, realPathOf, repositoryOf } from './repository.js';

export interface Link {
  readonly path: string;
  /** Where it leads. */
  readonly real: string;
}

interface Fault {
  readonly path: string;
  readonly fault: string;
}

export interface Found {
  /** Paths, sorted. */
  readonly files: readonly string[];
  /** Links to files of the same repository (or folder, where there is none), sorted. */
  readonly links: readonly Link[];
  /** Files and folders that git ignores. */
  readonly ignored: readonly string[];
  readonly faults: readonly Fault[];
}

const YAML_NAME = /\.ya?ml$/i;
const SKIPPED = new Set(['node_modules']);

/**
 * All YAML files below a folder. Passed over are hidden folders, `node_modules` and what git ignores, but for the folder
 * itself. Links to folders are not followed; links to files are given apart, and are a fault where they lead out or nowhere.
 */
export function findFiles(folder: string): Found {
  return drained(findFilesInSteps(folder));
}

/** Takes the steps of some work. Does them all at once. Gives what comes of them. */
export function drained<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as T;
  }
}

/** Does what `findFiles` does, one folder at each step. */
export function* findFilesInSteps(folder: string): Generator<void, Found> {
  const files: string[] = [];
  const links: Link[] = [];
  const ignored: string[] = [];
  const faults: Fault[] = [];
  const follow = followerIn(folder);
  const stack: { path: string; enter: (names: readonly string[]) => IgnoringFolder }[] = [
    { path: folder, enter: () => ignoringFolder(folder) },
  ];
  for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
    const { path: parent, enter } = current;
    try {
      const entries = readdirSync(parent, { withFileTypes: true });
      const git = enter(entries.map(({ name }) => name));
      for (const entry of entries.filter(isWanted)) {
        const path = join(parent, entry.name);
        if (git.ignores(entry.name, entry.isDirectory())) ignored.push(path);
        else if (entry.isDirectory()) stack.push({ path, enter: (names) => git.enter(entry.name, names) });
        else if (entry.isFile()) files.push(path);
        else follow(path, links, faults);
      }
    } catch (error) {
      faults.push({ path: parent, fault: reasonOf(error) });
    }
    yield;
  }
  const byPath = (a: Link, b: Link) => (a.path < b.path ? -1 : 1);
  return { files: files.sort(), links: links.sort(byPath), ignored: ignored.sort(), faults };
}

function isWanted(entry: Dirent): boolean {
  if (entry.isDirectory()) return !isSkipped(entry.name);
  return YAML_NAME.test(entry.name) && (entry.isFile() || entry.isSymbolicLink());
}

function isSkipped(folderName: string): boolean {
  return folderName.startsWith('.') || SKIPPED.has(folderName);
}

/** What follows links to files, as long as they lead neither out of the repository nor, where there is none, of the folder. */
function followerIn(folder: string): (path: string, links: Link[], faults: Fault[]) => void {
  const realFolder = existsSync(folder) ? realPathOf(folder) : folder;
  const boundary = repositoryOf(realFolder) ?? realFolder;
  return (path, links, faults) => {
    try {
      const real = realPathOf(path);
      const below = pathBelow(real, realFolder);
      if (!statSync(real).isFile()) return;
      if (isWithin(real, boundary)) links.push({ path, real: below === undefined ? real : join(folder, below) });
      else if (isOurs(basename(path), '')) faults.push({ path, fault: LEADS_OUT });
    } catch {
      if (isOurs(basename(path), '')) faults.push({ path, fault: 'is a link that leads nowhere' });
    }
  };
}

const LEADS_OUT = 'is a link that leads out of the workspace, and was not followed. Name it to check it';

/** Whether `findFiles` passes over a file below a folder: because of a hidden folder, `node_modules`, or git. */
export function isPassedOver(folder: string, file: string): boolean {
  const below = pathBelow(dirname(file), folder);
  if (below === undefined) return false;
  return below.split('/').some(isSkipped) || isIgnoredIn(folder, file);
}

const CONFIG_NAMES = ['.incident-playbooks.yaml', '.incident-playbooks.yml'];
const SAYS_ROOT = /^root[ \t]*:[ \t]*true[ \t\r]*(?:#.*)?$/m;

/**
 * Takes the path of a folder. Gives the folder whose files belong together with it: the nearest one above, itself
 * included, whose configuration says `root: true` or that is a git repository; else the folder itself. A path that is not
 * absolute on this machine has nothing above it.
 */
export function workspaceFolderOf(folder: string): string {
  if (!isAbsolute(folder)) return folder;
  for (let current = folder; ; current = dirname(current)) {
    if (CONFIG_NAMES.some((name) => saysRoot(join(current, name))) || existsSync(join(current, '.git'))) return current;
    if (dirname(current) === current) return folder;
  }
}

function saysRoot(config: string): boolean {
  try {
    return SAYS_ROOT.test(readFileSync(config, 'utf8'));
  } catch {
    return false;
  }
}
