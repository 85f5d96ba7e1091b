/** `check [PATH…]`: checks playbooks and organisations, and says by the exit code what it found. */
import { resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { INTERNAL_ERROR } from '../../check/finding.js';
import { isRule, structureProblems } from '../../check/structure.js';
import { assertRevision, changedSince } from '../../disk/git.js';
import { uriOfPath } from '../../disk/load-workspace.js';
import { repositoryOf } from '../../disk/repository.js';
import { GitError } from '../../disk/run-git.js';
import type { Day } from '../../model/date.js';
import type { Severity } from '../../rules/rule.js';
import { lineIndex } from '../../text/line-index.js';
import { baselineUriFor } from '../../workspace/baseline.js';
import { configurationFor } from '../../workspace/configuration.js';
import { dependantsOf } from '../../workspace/dependants.js';
import { playbookIdOf, urisOfKind } from '../../workspace/files.js';
import type { Snapshot } from '../../workspace/snapshot.js';
import { writeBaselines } from '../baseline.js';
import { fixAll } from '../fix.js';
import { forgetExcludedFaults, gather, gatherText, type Input, nothingIn, snapshotOf } from '../gather.js';
import { type Inspected, inspectFiles, inspectInThreads } from '../inspect-all.js';
import { type Names, namesFor } from '../names.js';
import { assertOutputs } from '../output.js';
import { fingerprintOf, located, type Naming, type ReportedFinding, type Result } from '../result.js';
import { isAtLeast } from '../severities.js';
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
  /** The files that reports are written to afterwards, `-` for standard output. */
  readonly outputs?: readonly string[];
  /** Told how many of how many files have been checked. */
  readonly onProgress?: (done: number, all: number) => void;
}

export interface CheckRun {
  /** With files as they are called in the current folder. */
  readonly result: Result;
  /** The same with files as they are called in the repository; worked out when it is asked for. */
  readonly inRepository: () => Result;
  /** What was written beside the report, and the differences that would have been. */
  readonly notes: readonly string[];
  /** What the reader should know of how it was checked. */
  readonly warnings: readonly string[];
}

/**
 * Takes paths and the folder that they are relative to. Gives what was found in them. Organisation and configuration
 * files around them are read as well, and reported only where a path names them, or where they cannot be used.
 *
 * @throws UsageError where there is nothing to check, GitError where it cannot be found out what has changed.
 */
export async function runCheck(options: CheckOptions): Promise<CheckRun> {
  const { folder, today, stdin } = options;
  if (options.changedSince !== undefined) assertRevision(options.changedSince);
  const paths = options.paths.map((path) => resolve(folder, path));
  const input = stdin ? gatherText(resolve(folder, stdin.file), stdin.text) : gather(paths);
  if (input.targets.size === 0 && input.faults.size === 0) {
    throw new UsageError(`Nothing to check in ${options.paths.join(', ')}: ${nothingIn(paths, input)}.`);
  }
  assertOutputs(options.outputs ?? [], folder, input.texts);
  let snapshot = snapshotOf(input, today);
  forgetExcludedFaults(input, snapshot, paths);
  const warnings = options.changedSince === undefined ? [] : await keepChanged(input, snapshot, options.changedSince);
  addSettings(input, snapshot);
  const names = namesFor(input, folder);
  const mended = options.fix ? fixAll(snapshot, input, options.rules ?? [], options.fix, names) : undefined;
  snapshot = mended?.snapshot ?? snapshot;
  const share = { targets: [...input.targets].sort(), named: input.named, rules: options.rules ?? [] };
  const jobs = Math.min(options.jobs ?? 1, share.targets.length);
  const inspected =
    jobs > 1
      ? await inspectInThreads(snapshot, input, { ...share, today }, jobs)
      : inspectFiles(snapshot, share, options.onProgress);
  const notes = [...(mended?.notes ?? [])];
  if (options.writeBaseline) notes.push(...writeBaselines(snapshot, inspected.all, names.here));
  const reported = options.writeBaseline ? onlyStructure(inspected) : inspected;
  const fixed = options.writeBaseline ? 0 : (mended?.fixed ?? 0);
  const resultAs = (nameOf: Names['here']) => resultOf(snapshot, input, reported, { nameOf, ...names }, fixed);
  return { result: resultAs(names.here), inRepository: () => resultAs(names.inRepository), notes, warnings };
}

export interface Threshold {
  readonly failOn: Severity | 'never';
  /** How many warnings are still no failure. */
  readonly maxWarnings: number | undefined;
}

/** Takes a result and from when on findings fail the run. Gives the exit code. */
export function exitCodeOf({ findings, summary }: Result, { failOn, maxWarnings }: Threshold): number {
  if (findings.some(({ rule }) => rule === INTERNAL_ERROR)) return EXIT.bug;
  if (summary.unreadable > 0) return EXIT.unusable;
  const fails = findings.some(({ severity, waived }) => !waived && isAtLeast(severity, failOn));
  const tooMany = maxWarnings !== undefined && summary.warnings > maxWarnings;
  return fails || tooMany ? EXIT.findings : EXIT.clean;
}

/**
 * Leaves only what has changed, and what depends on it. Gives what there is to say of how that was found out.
 *
 * @throws GitError where a path lies in no repository, or git cannot answer.
 */
async function keepChanged(input: Input, snapshot: Snapshot, revision: string): Promise<readonly string[]> {
  const texts = new Map([...input.texts].map(([uri, text]) => [URI.parse(uri).fsPath, text]));
  const relevant = new Set<string>();
  const warnings = new Set<string>();
  for (const root of new Set([...input.folders].map(repositoryAround))) {
    const { files, gone, note } = await changedSince(root, revision, texts);
    // Whose a deleted file was cannot be seen any more.
    for (const path of [...files, ...gone]) relevant.add(uriOfPath(path));
    if (note !== undefined) warnings.add(`--changed-since: ${note}`);
  }
  const affected = dependantsOf(snapshot, relevant);
  for (const uri of input.targets) if (!affected.has(uri)) input.targets.delete(uri);
  return [...warnings];
}

function repositoryAround(folder: string): string {
  const root = repositoryOf(folder);
  if (root === undefined) throw new GitError(`${folder} is in no git repository`);
  return root;
}

/** A configuration or baseline that holds for a file and has faults is reported, whoever named it. */
function addSettings(input: Input, snapshot: Snapshot): void {
  const sources = new Set(
    [...input.targets].flatMap((uri) => [configurationFor(snapshot, uri).source, baselineUriFor(snapshot, uri)]),
  );
  for (const source of sources) {
    if (source !== undefined && hasFaults(snapshot, source)) input.targets.add(source);
  }
}

function hasFaults(snapshot: Snapshot, uri: string): boolean {
  return [...structureProblems(snapshot, uri, false)].some(({ severity }) => severity !== 'info');
}

/** What no baseline can hold: while a file cannot be read, nobody knows what is in it. */
function onlyStructure(inspected: Inspected): Inspected {
  return { ...inspected, findings: inspected.findings.filter(({ rule }) => !isRule(rule)), inBaseline: 0, gone: 0 };
}

function resultOf(
  snapshot: Snapshot,
  input: Input,
  { findings: found, inBaseline, gone, refused, excluded }: Inspected,
  { nameOf, anywhere }: Pick<Names, 'anywhere'> & { readonly nameOf: Names['here'] },
  fixed: number,
): Result {
  const textOf = (uri: string) => input.texts.get(uri) ?? '';
  const naming: Naming = {
    nameOf,
    textOf,
    identityOf: identitiesIn(snapshot, anywhere),
  };
  const faults = [...input.faults].map(([path, fault]) => {
    const uri = uriOfPath(path);
    return unreadable(nameOf(uri), fault, anywhere(uri));
  });
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
      ignored: input.ignored.size,
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

/** The id of a playbook, which its file may be renamed under; the name of the file where it has none, or shares it. */
function identitiesIn(snapshot: Snapshot, anywhere: (uri: string) => string): (uri: string) => string {
  const counts = new Map<string, number>();
  for (const uri of urisOfKind(snapshot, 'playbook')) {
    const id = playbookIdOf(snapshot, uri);
    if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  return (uri) => {
    const id = playbookIdOf(snapshot, uri);
    if (id === undefined) return anywhere(uri);
    return counts.get(id) === 1 ? id : `${id} ${anywhere(uri)}`;
  };
}

function unreadable(file: string, fault: string, identity: string): ReportedFinding {
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
    fingerprint: fingerprintOf(JSON.stringify(['file-unreadable', identity])),
  };
}
