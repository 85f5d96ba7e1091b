/** `check [PATH…]`: checks playbooks and organisations, and says by the exit code what it found. */
import { existsSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { INTERNAL_ERROR } from '../../check/finding.js';
import { isRule } from '../../check/structure.js';
import { uriOfPath } from '../../disk/load-workspace.js';
import type { Day } from '../../model/date.js';
import type { Severity } from '../../rules/rule.js';
import { lineIndex } from '../../text/line-index.js';
import { baselineUriFor } from '../../workspace/baseline.js';
import { configurationFor } from '../../workspace/configuration.js';
import { dependantsOf } from '../../workspace/dependants.js';
import { baselineOf, configOf, playbookIdOf, treeOf } from '../../workspace/files.js';
import type { Snapshot } from '../../workspace/snapshot.js';
import { writeBaselines } from '../baseline.js';
import { fixAll } from '../fix.js';
import { gather, gatherText, type Input, snapshotOf } from '../gather.js';
import { changedSince } from '../git.js';
import { type Inspected, inspectFiles, inspectInThreads } from '../inspect-all.js';
import { fingerprintOf, located, type Naming, type ReportedFinding, type Result } from '../result.js';
import { EXIT, UsageError } from '../usage-error.js';

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly folder: string;
  readonly today: Day;
  /** A text to check as the content of a file. */
  readonly stdin?: { readonly file: string; readonly text: string } | undefined;
  /** Only what this revision of git does not have, and what depends on it. */
  readonly changedSince?: string | undefined;
  /** Only these rules; all where there is none. */
  readonly rules?: readonly string[];
  readonly writeBaseline?: boolean;
  readonly fix?: 'write' | 'show' | undefined;
  /** How many threads share the work. */
  readonly jobs?: number | undefined;
  /** Told how many of how many files have been checked. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface CheckRun {
  readonly result: Result;
  /** What was written beside the report, and the differences that would have been. */
  readonly notes: readonly string[];
}

/**
 * Takes paths and the folder that they are relative to. Gives what was found in them. Organisation and configuration
 * files around them are read as well, and reported only where a path names them, or where they cannot be used.
 *
 * @throws UsageError where there is nothing to check.
 */
export async function runCheck(options: CheckOptions): Promise<CheckRun> {
  const { folder, today, stdin } = options;
  const input = stdin
    ? gatherText(resolve(folder, stdin.file), stdin.text)
    : gather(options.paths.map((path) => resolve(folder, path)));
  if (input.targets.size === 0 && input.faults.size === 0) {
    throw new UsageError(
      `Nothing to check in ${options.paths.join(', ')}: no file there starts with "format: playbook/v1" or "format: organization/v1".`,
    );
  }
  let snapshot = snapshotOf(input, today);
  if (options.changedSince !== undefined) keepChanged(input, snapshot, folder, options.changedSince);
  addSettings(input, snapshot);
  const nameOf = (uri: string) => relative(folder, URI.parse(uri).fsPath).split(sep).join('/') || '.';
  const mended = options.fix ? fixAll(snapshot, input, options.rules ?? [], options.fix, nameOf) : undefined;
  snapshot = mended?.snapshot ?? snapshot;
  const share = { targets: [...input.targets].sort(), named: input.named, rules: options.rules ?? [] };
  const jobs = Math.min(options.jobs ?? 1, share.targets.length);
  const inspected =
    jobs > 1
      ? await inspectInThreads(snapshot, input, { ...share, today }, jobs)
      : inspectFiles(snapshot, share, options.onProgress);
  const notes = [...(mended?.notes ?? [])];
  if (options.writeBaseline) {
    notes.push(...writeBaselines(snapshot, inspected.all, nameOf));
    return { result: resultOf(snapshot, input, onlyStructure(inspected), nameOf, 0), notes };
  }
  return { result: resultOf(snapshot, input, inspected, nameOf, mended?.fixed ?? 0), notes };
}

export interface Threshold {
  readonly failOn: Severity | 'never';
  /** How many warnings are still no failure. */
  readonly maxWarnings: number | undefined;
}

/** Takes a result and from when on findings fail the run. Gives the exit code. */
export function exitCodeOf({ findings, summary }: Result, { failOn, maxWarnings }: Threshold): number {
  const order: readonly string[] = ['error', 'warning', 'info'];
  if (findings.some(({ rule }) => rule === INTERNAL_ERROR)) return EXIT.bug;
  if (summary.unreadable > 0) return EXIT.unusable;
  const fails = findings.some(({ severity, waived }) => !waived && order.indexOf(severity) <= order.indexOf(failOn));
  const tooMany = maxWarnings !== undefined && summary.warnings > maxWarnings;
  return (failOn !== 'never' && fails) || tooMany ? EXIT.findings : EXIT.clean;
}

/** Leaves only what git says has changed, and what depends on it. */
function keepChanged(input: Input, snapshot: Snapshot, folder: string, revision: string): void {
  // Whose a deleted file was cannot be seen any more.
  const isGone = (path: string) => /\.ya?ml$/.test(path) && !existsSync(path);
  const changed = changedSince(folder, revision).filter((path) => snapshot.has(uriOfPath(path)) || isGone(path));
  const relevant = new Set(changed.map(uriOfPath));
  const affected = dependantsOf(snapshot, relevant);
  for (const uri of input.targets) if (!affected.has(uri)) input.targets.delete(uri);
}

/** A configuration or baseline that holds for a file and has faults is reported, whoever named it. */
function addSettings(input: Input, snapshot: Snapshot): void {
  for (const uri of [...input.targets]) {
    for (const source of [configurationFor(snapshot, uri).source, baselineUriFor(snapshot, uri)]) {
      if (source !== undefined && hasFaults(snapshot, source)) input.targets.add(source);
    }
  }
}

function hasFaults(snapshot: Snapshot, uri: string): boolean {
  const problems = configOf(snapshot, uri)?.problems ?? baselineOf(snapshot, uri)?.problems ?? [];
  return problems.length > 0 || (treeOf(snapshot, uri)?.problems.length ?? 0) > 0;
}

/** What no baseline can hold: while a file cannot be read, nobody knows what is in it. */
function onlyStructure(inspected: Inspected): Inspected {
  return { ...inspected, findings: inspected.findings.filter(({ rule }) => !isRule(rule)), inBaseline: 0, gone: 0 };
}

function resultOf(
  snapshot: Snapshot,
  input: Input,
  { findings: found, inBaseline, gone, refused, excluded }: Inspected,
  nameOf: (uri: string) => string,
  fixed: number,
): Result {
  const textOf = (uri: string) => input.texts.get(uri) ?? '';
  const naming: Naming = {
    nameOf,
    textOf,
    identityOf: (uri) => playbookIdOf(snapshot, uri) ?? nameOf(uri),
  };
  const faults = [...input.faults].map(([path, fault]) => unreadable(nameOf(uriOfPath(path)), fault));
  const findings = [...located(found, naming), ...faults];
  const targets = [...input.targets].sort();
  const uris = new Map(targets.map((uri) => [nameOf(uri), uri]));
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return {
    findings,
    files: targets.map(nameOf),
    summary: {
      files: targets.length - refused - excluded,
      excluded,
      errors: count('error'),
      warnings: count('warning'),
      infos: count('info'),
      waived: findings.filter(({ waived }) => waived).length,
      inBaseline,
      goneFromBaseline: gone,
      unreadable: refused + input.faults.size,
      fixed,
    },
    lineOf: (file, line) => {
      const uri = uris.get(file);
      return uri === undefined ? '' : lineIndex(textOf(uri)).lineText(line - 1);
    },
  };
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
    fingerprint: fingerprintOf(JSON.stringify(['file-unreadable', file])),
  };
}
