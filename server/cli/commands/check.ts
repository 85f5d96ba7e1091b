/** `check [PATH…]`: checks playbooks and organisations, and says by the exit code what it found. */
import { lstatSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { check, isUnreadable } from '../../check/check.js';
import { type Finding, INTERNAL_ERROR } from '../../check/finding.js';
import { findFiles, workspaceFolderOf } from '../../disk/find-files.js';
import { loadWorkspace, uriOfPath } from '../../disk/load-workspace.js';
import { readText, reasonOf } from '../../disk/read-text.js';
import type { Day } from '../../model/date.js';
import type { Severity } from '../../rules/rule.js';
import { lineIndex } from '../../text/line-index.js';
import { Snapshot } from '../../workspace/snapshot.js';
import { located, type ReportedFinding, type Result } from '../result.js';
import { EXIT, UsageError } from '../usage-error.js';

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly folder: string;
  readonly today: Day;
}

/**
 * Takes paths and the folder that they are relative to. Gives what was found in them. Organisation and configuration
 * files around them are read as well, and reported only where a path names them.
 *
 * @throws UsageError where there is nothing to check.
 */
export function runCheck({ paths, folder, today }: CheckOptions): Result {
  const input = gather(paths.map((path) => resolve(folder, path)));
  if (input.targets.size === 0 && input.faults.size === 0) {
    throw new UsageError(
      `Nothing to check in ${paths.join(', ')}: no file there starts with "format: playbook/v1" or "format: organization/v1".`,
    );
  }
  const snapshot = Snapshot.empty(today).with({
    folders: [...input.folders].map((path) => `${uriOfPath(path).replace(/\/$/, '')}/`),
    files: input.texts,
  });
  const nameOf = (uri: string) => relative(folder, URI.parse(uri).fsPath).split(sep).join('/') || '.';
  const textOf = (uri: string) => input.texts.get(uri) ?? '';
  const targets = [...input.targets].sort();
  const findings = [
    ...located(
      targets.flatMap((uri): readonly Finding[] => check(snapshot, uri, { named: input.named.has(uri) })),
      nameOf,
      textOf,
    ),
    ...[...input.faults].map(([path, fault]) => unreadable(nameOf(uriOfPath(path)), fault)),
  ];
  const refused = targets.filter((uri) => isUnreadable(snapshot, uri)).length;
  const lines = new Map(targets.map((uri) => [nameOf(uri), uri]));
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    findings,
    summary: {
      files: targets.length - refused,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      unreadable: refused + input.faults.size,
    },
    lineOf: (file, line) => {
      const uri = lines.get(file);
      return uri === undefined ? '' : lineIndex(textOf(uri)).lineText(line - 1);
    },
  };
}

/** Takes a result and the severity from which on findings fail the run. Gives the exit code. */
export function exitCodeOf({ findings, summary }: Result, failOn: Severity): number {
  const order: readonly Severity[] = ['error', 'warning', 'info'];
  if (findings.some(({ rule }) => rule === INTERNAL_ERROR)) return EXIT.bug;
  if (summary.unreadable > 0) return EXIT.unusable;
  const fails = findings.some(({ severity, waived }) => !waived && order.indexOf(severity) <= order.indexOf(failOn));
  return fails ? EXIT.findings : EXIT.clean;
}

interface Input {
  readonly texts: Map<string, string>;
  /** The URIs that are reported on. */
  readonly targets: Set<string>;
  /** The URIs among them that were given by name. */
  readonly named: Set<string>;
  readonly folders: Set<string>;
  readonly faults: Map<string, string>;
}

function gather(paths: readonly string[]): Input {
  const input: Input = {
    texts: new Map(),
    targets: new Set(),
    named: new Set(),
    folders: new Set(),
    faults: new Map(),
  };
  for (const path of paths) {
    const isFolder = folderAt(path, input);
    if (isFolder === undefined) continue;
    const folder = workspaceFolderOf(isFolder ? path : dirname(path));
    if (!input.folders.has(folder)) {
      input.folders.add(folder);
      const loaded = loadWorkspace(folder);
      for (const [uri, text] of loaded.texts) input.texts.set(uri, text);
      for (const [at, fault] of loaded.faults) if (isWithin(at, path) || !isFolder) input.faults.set(at, fault);
    }
    if (isFolder) addFolder(path, input);
    else addFile(path, input);
  }
  return input;
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

function unreadable(file: string, fault: string): ReportedFinding {
  return {
    rule: 'file-unreadable',
    severity: 'error',
    file,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 1,
    message: `${file} ${fault}.`,
    at: null,
    waived: null,
    related: [],
  };
}
