/** Diagnostics of all files of the workspace, those included that nobody has opened. */
import {
  type CancellationToken,
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
import { diagnosticsOf } from './diagnostics.js';

interface Sent {
  readonly resultId: string;
  readonly written: string;
  /** Of the snapshot that it was found in. */
  readonly revision: number;
}

/** Somebody may be typing meanwhile: a keystroke waits no longer than this. */
const SLICE_MILLISECONDS = 20;

/**
 * Takes how to get the snapshot and how files are named to the client. Gives what answers its questions: what has not changed
 * is not sent again. It works a slice at a time and goes on with the snapshot that there is by then.
 */
export function workspaceDiagnostics(current: () => Snapshot, nameOf: (key: string) => string) {
  const sent = new Map<string, Sent>();
  let count = 0;

  function reportOf(key: string, known: ReadonlyMap<string, string>): WorkspaceDocumentDiagnosticReport {
    const uri = nameOf(key);
    const snapshot = current();
    let last = sent.get(key);
    if (last?.revision !== snapshot.revision) {
      const written = JSON.stringify(diagnosticsOf(snapshot, key, nameOf));
      const resultId = last?.written === written ? last.resultId : String(++count);
      last = { resultId, written, revision: snapshot.revision };
      sent.set(key, last);
    }
    if (known.get(uri) === last.resultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, uri, version: null, resultId: last.resultId };
    }
    const items = JSON.parse(last.written) as ReturnType<typeof diagnosticsOf>;
    return { kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId: last.resultId, items };
  }

  /**
   * Takes what the client has, and how to send a part of the answer where it wants parts. Gives the rest, and an empty report
   * for each file that there is no more.
   *
   * @throws ResponseError when the client takes its question back.
   */
  return async function answer(
    previous: readonly { uri: string; value: string }[],
    token: CancellationToken,
    partial?: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult>,
  ): Promise<WorkspaceDiagnosticReport> {
    const known = new Map(previous.map(({ uri, value }) => [uri, value]));
    const isOurs = (key: string) => statusOf(current(), key).kind !== 'foreign';
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
    const gone = [...known.keys()].filter((uri) => !there.has(uri)).map(nothingIn);
    const rest = [...items, ...gone];
    if (!partial) return { items: rest };
    if (rest.length > 0) partial.report({ items: rest });
    return { items: [] };
  };
}

function nothingIn(uri: string): WorkspaceDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] };
}
