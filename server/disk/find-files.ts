/** Finds the YAML files below a folder, and the folder that a path belongs to. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import { reasonOf } from './read-text.js';

export interface Found {
  /** Paths, sorted. */
  readonly files: readonly string[];
  readonly faults: readonly { readonly path: string; readonly fault: string }[];
}

const YAML_NAME = /\.ya?ml$/i;
const SKIPPED = new Set(['node_modules']);

/**
 * Takes the path of a folder. Gives all YAML files below it. Hidden folders and `node_modules` are passed over; links
 * are not followed, because they may lead out of the folder.
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
  const faults: { path: string; fault: string }[] = [];
  const stack = [folder];
  for (let current = stack.pop(); current !== undefined; current = stack.pop()) {
    try {
      for (const entry of readdirSync(current, { withFileTypes: true })) {
        const path = join(current, entry.name);
        if (entry.isDirectory() && !entry.name.startsWith('.') && !SKIPPED.has(entry.name)) stack.push(path);
        else if (entry.isFile() && YAML_NAME.test(entry.name)) files.push(path);
      }
    } catch (error) {
      faults.push({ path: current, fault: reasonOf(error) });
    }
    yield;
  }
  return { files: files.sort(), faults };
}

const CONFIG_NAMES = ['.incident-playbooks.yaml', '.incident-playbooks.yml'];
const SAYS_ROOT = /^root[ \t]*:[ \t]*true[ \t\r]*(?:#.*)?$/m;

/**
 * Takes the path of a folder. Gives the folder whose files belong together with it: the nearest one above, itself
 * included, whose configuration says `root: true` or that is a git repository; else the folder itself.
 */
export function workspaceFolderOf(folder: string): string {
  const { root } = parse(folder);
  for (let current = folder; ; current = dirname(current)) {
    if (CONFIG_NAMES.some((name) => saysRoot(join(current, name))) || existsSync(join(current, '.git'))) return current;
    if (current === root) return folder;
  }
}

function saysRoot(config: string): boolean {
  try {
    return SAYS_ROOT.test(readFileSync(config, 'utf8'));
  } catch {
    return false;
  }
}
