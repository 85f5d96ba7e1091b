/** Diagnostics of all files of the workspace, those included that nobody has opened. */
import {
  type CancellationToken,
  type Diagnostic,
  DocumentDiagnosticReportKind,
  LSPErrorCodes,
  ResponseError,
  type ResultProgressReporter,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { statusOf } from '../workspace/files.js';
import type { Snapshot } from '../workspace/snapshot.js';
import { urisOf } from '../workspace/snapshot.js';

interface Sent {
  readonly resultId: string;
  readonly written: string;
  /** Of the snapshot that it was found in. */
  readonly revision: number;
}

/** Somebody may be typing meanwhile: a keystroke waits no longer than this. */
const SLICE_MILLISECONDS = 20;

/** A client may pass over what is said of a document that it has not quite closed yet, so it is said again. */
const TIMES_TOLD = 3;

/**
 * Takes how to get the snapshot, how files are named to the client, what is found in a file, and which files are reported on.
 * Gives what answers its questions: what has not changed is not sent again. It works a slice at a time and goes on with the
 * snapshot that there is by then.
 */
export function workspaceDiagnostics(
  current: () => Snapshot,
  nameOf: (key: string) => string,
  diagnose: (key: string) => Diagnostic[],
  isReported: (key: string) => boolean,
) {
  const sent = new Map<string, Sent>();
  /** Documents of no folder that are closed: how many times it is still to be said that nothing is in them any more. */
  const forgotten = new Map<string, number>();
  let count = 0;

  function reportOf(key: string, known: ReadonlyMap<string, string>): WorkspaceDocumentDiagnosticReport {
    const uri = nameOf(key);
    const snapshot = current();
    let last = sent.get(key);
    if (last?.revision !== snapshot.revision) {
      const written = JSON.stringify(diagnose(key));
      const resultId = last?.written === written ? last.resultId : String(++count);
      last = { resultId, written, revision: snapshot.revision };
      sent.set(key, last);
    }
    if (known.get(uri) === last.resultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, uri, version: null, resultId: last.resultId };
    }
    const items = JSON.parse(last.written) as Diagnostic[];
    return { kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId: last.resultId, items };
  }

  /**
   * Takes what the client has, and how to send a part of the answer where it wants parts. Gives the rest, and an empty report
   * for each file that there is no more.
   *
   * @throws ResponseError when the client takes its question back.
   */
  async function answer(
    previous: readonly { uri: string; value: string }[],
    token: CancellationToken,
    partial?: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult>,
  ): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(previous.map(({ uri, value }) => [uri, value]));
    const isOurs = (key: string) => isReported(key) && statusOf(current(), key).kind !== 'foreign';
    const keys = urisOf(current()).filter(isOurs);
    let items: WorkspaceDocumentDiagnosticReport[] = [];
    let end = performance.now() + SLICE_MILLISECONDS;
    for (const key of keys) {
      if (performance.now() > end) {
        if (partial && items.length > 0) {
          partial.report({ items });
          items = [];
        }
        await new Promise((resolve) => setImmediate(resolve));
        if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
        end = performance.now() + SLICE_MILLISECONDS;
      }
      if (isOurs(key)) items.push(reportOf(key, known));
    }
    const there = new Set(keys.filter(isOurs).map(nameOf));
    const gone = [...new Set([...known.keys(), ...closed()])].filter((uri) => !there.has(uri)).map(nothingIn);
    const rest = [...items, ...gone];
    if (!partial) return { items: rest };
    if (rest.length > 0) partial.report({ items: rest });
    return { items: [] };
  }

  function* closed(): Iterable<string> {
    for (const [uri, times] of forgotten) {
      yield uri;
      if (times > 1) forgotten.set(uri, times - 1);
      else forgotten.delete(uri);
    }
  }

  return {
    answer,
    /** Takes the URI of a document that was closed and is in no folder of the workspace. What was reported in it vanishes. */
    forget(uri: string): void {
      forgotten.set(uri, TIMES_TOLD);
    },
  };
}

function nothingIn(uri: string): WorkspaceDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] };
}
