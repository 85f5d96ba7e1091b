/** Checks many files: one after the other, or shared among threads. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { capped, inspect, isUnreadable } from '../check/check.js';
import type { Finding } from '../check/finding.js';
import type { Day } from '../model/date.js';
import { groupBy } from '../text/group-by.js';
import { configurationFor } from '../workspace/configuration.js';
import { isPlaybook } from '../workspace/files.js';
import { outagesIn } from '../workspace/outages.js';
import { roleUsesInFile } from '../workspace/role-references.js';
import type { Snapshot } from '../workspace/snapshot.js';
import { type Input, snapshotOf } from './gather.js';

export interface Inspected {
  /** In the order of the files. */
  readonly findings: readonly Finding[];
  /** By file, before the baseline is applied and before many are cut off. */
  readonly all: ReadonlyMap<string, readonly Finding[]>;
  readonly inBaseline: number;
  /** Entries of the baseline that were not found. */
  readonly gone: number;
  /** How many files were refused as a whole. */
  readonly refused: number;
  /** How many files the configuration leaves out. */
  readonly excluded: number;
}

export interface Share {
  readonly targets: readonly string[];
  readonly named: ReadonlySet<string>;
  /** Only these rules; all where there is none. */
  readonly rules: readonly string[];
}

type OnProgress = (done: number, all: number) => void;

/** Takes a snapshot, which files to check, and whom to tell how far it has come. */
export function inspectFiles(snapshot: Snapshot, { targets, named, rules }: Share, onProgress?: OnProgress): Inspected {
  const wanted = (finding: Finding) => rules.length === 0 || rules.includes(finding.rule);
  const findings: Finding[] = [];
  const all = new Map<string, readonly Finding[]>();
  let inBaseline = 0;
  let gone = 0;
  let refused = 0;
  let excluded = 0;
  for (const [index, uri] of targets.entries()) {
    const found = inspect(snapshot, uri, { named: named.has(uri) });
    if (configurationFor(snapshot, uri).isExcluded) excluded++;
    else if (isUnreadable(snapshot, uri)) refused++;
    keepOnlyWhatOthersNeed(snapshot, uri);
    all.set(uri, [...found.findings, ...found.inBaseline]);
    findings.push(...capped(found.findings.filter(wanted)));
    inBaseline += found.inBaseline.filter(wanted).length;
    gone += found.gone.length;
    onProgress?.(index + 1, targets.length);
  }
  return { findings, all, inBaseline, gone, refused, excluded };
}

/** Frees the tree of a playbook that has been checked; what it says of roles and services the organisation asks for. */
function keepOnlyWhatOthersNeed(snapshot: Snapshot, uri: string): void {
  if (!isPlaybook(snapshot, uri)) return;
  roleUsesInFile(snapshot, uri);
  outagesIn(snapshot, uri);
  snapshot.forget(uri, [roleUsesInFile, outagesIn]);
}

/** What a thread is given. */
export interface ThreadTask extends Share {
  readonly texts: Input['texts'];
  readonly folders: Input['folders'];
  readonly today: Day;
}

/**
 * Takes what was gathered and a number of threads. Checks a share of the files in each. What is not a playbook goes to the
 * first, because only an organisation needs to know all playbooks.
 *
 * @throws the error of a thread that fails.
 */
export async function inspectInThreads(
  snapshot: Snapshot,
  input: Input,
  task: Share & { readonly today: Day },
  jobs: number,
): Promise<Inspected> {
  const playbooks = task.targets.filter((uri) => isPlaybook(snapshot, uri));
  const others = task.targets.filter((uri) => !isPlaybook(snapshot, uri));
  const shares = Array.from({ length: jobs }, (_, job) => playbooks.filter((_uri, index) => index % jobs === job));
  const { texts, folders } = input;
  const inspected = await Promise.all(
    shares.map((share, job) =>
      inThread({ ...task, texts, folders, targets: job === 0 ? [...others, ...share] : share }),
    ),
  );
  const all = new Map(inspected.flatMap((one) => [...one.all]));
  const byFile = groupBy(
    inspected.flatMap((one) => one.findings),
    ({ span }) => span.uri,
  );
  const sum = (of: (one: Inspected) => number) => inspected.reduce((total, one) => total + of(one), 0);
  return {
    findings: task.targets.flatMap((uri) => byFile.get(uri) ?? []),
    all,
    inBaseline: sum((one) => one.inBaseline),
    gone: sum((one) => one.gone),
    refused: sum((one) => one.refused),
    excluded: sum((one) => one.excluded),
  };
}

function inThread(task: ThreadTask): Promise<Inspected> {
  return new Promise((resolve, reject) => {
    // The command line is one file: a thread runs it too, and finds that it is not the main one.
    const thread = new Worker(__filename, { workerData: task });
    thread.once('message', (inspected: Inspected) => {
      resolve(inspected);
      thread.terminate().catch(reject);
    });
    thread.once('error', reject);
  });
}

/** What a thread does: checks its share, and says what it has found. */
export function workAsThread(): void {
  const task = workerData as ThreadTask;
  parentPort?.postMessage(inspectFiles(snapshotOf(task, task.today), task));
}
