/** Diagnostics of all files of the workspace, those included that nobody has opened. */
import {
  DocumentDiagnosticReportKind,
  type WorkspaceDiagnosticReport,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import { statusOf } from '../workspace/files.js';
import type { Snapshot } from '../workspace/snapshot.js';
import { urisOf } from '../workspace/snapshot.js';
import { diagnosticsOf } from './diagnostics.js';

interface Sent {
  readonly resultId: string;
  readonly written: string;
}

/** Takes how files are named to the client. Gives what answers its questions: what has not changed is not sent again. */
export function workspaceDiagnostics(nameOf: (key: string) => string) {
  const sent = new Map<string, Sent>();
  let last: Snapshot | undefined;
  let count = 0;

  function reportOf(
    snapshot: Snapshot,
    key: string,
    known: ReadonlyMap<string, string>,
  ): WorkspaceDocumentDiagnosticReport {
    const uri = nameOf(key);
    let before = sent.get(key);
    if (snapshot !== last || !before) {
      const written = JSON.stringify(diagnosticsOf(snapshot, key, nameOf));
      if (before?.written !== written) before = { resultId: String(++count), written };
      sent.set(key, before);
    }
    if (known.get(uri) === before.resultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, uri, version: null, resultId: before.resultId };
    }
    const items = JSON.parse(before.written) as ReturnType<typeof diagnosticsOf>;
    return { kind: DocumentDiagnosticReportKind.Full, uri, version: null, resultId: before.resultId, items };
  }

  /** Takes what the client has. Gives the rest, and an empty report for each file that there is no more. */
  return function answer(
    snapshot: Snapshot,
    previous: readonly { uri: string; value: string }[],
  ): WorkspaceDiagnosticReport {
    const known = new Map(previous.map(({ uri, value }) => [uri, value]));
    const keys = urisOf(snapshot).filter((key) => statusOf(snapshot, key).kind !== 'foreign');
    const items = keys.map((key) => reportOf(snapshot, key, known));
    const there = new Set(items.map(({ uri }) => uri));
    const gone = [...known.keys()].filter((uri) => !there.has(uri));
    last = snapshot;
    return {
      items: [...items, ...gone.map((uri) => nothingIn(uri))],
    };
  };
}

function nothingIn(uri: string): WorkspaceDocumentDiagnosticReport {
  return { kind: DocumentDiagnosticReportKind.Full, uri, version: null, items: [] };
}
