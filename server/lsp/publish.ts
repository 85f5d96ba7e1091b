/** Pushes diagnostics to clients that do not ask for them. */
import type { Connection, Diagnostic } from 'vscode-languageserver';

/** What is typed within this time is one check. It grows with what the last check took, so that a slow one runs less often. */
const SHORTEST_DELAY_MILLISECONDS = 15;
const LONGEST_DELAY_MILLISECONDS = 300;
const DELAY_PER_MILLISECOND_OF_WORK = 3;

/** Takes a connection and how to compute the diagnostics of a document. Documents are told apart by the URIs of the client. */
export function publisher(connection: Connection, diagnosticsOf: (uri: string) => Diagnostic[]) {
  const waiting = new Set<string>();
  const sent = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let lastTook = 0;

  function publish(): void {
    timer = undefined;
    const begun = performance.now();
    publishWaiting();
    lastTook = performance.now() - begun;
  }

  function publishWaiting(): void {
    for (const uri of [...waiting]) {
      waiting.delete(uri);
      try {
        const diagnostics = diagnosticsOf(uri);
        const written = JSON.stringify(diagnostics);
        if (sent.get(uri) === written) continue;
        sent.set(uri, written);
        send(uri, diagnostics);
      } catch (error) {
        connection.console.error(
          `Diagnostics failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
    }
  }

  function send(uri: string, diagnostics: Diagnostic[]): void {
    connection.sendDiagnostics({ uri, diagnostics }).catch(() => {
      // The client has gone; the connection ends by itself.
    });
  }

  return {
    /** Takes the documents that may have other diagnostics now. */
    schedule(uris: readonly string[]): void {
      for (const uri of uris) waiting.add(uri);
      if (timer !== undefined) return;
      const delay = Math.max(SHORTEST_DELAY_MILLISECONDS, lastTook * DELAY_PER_MILLISECOND_OF_WORK);
      timer = setTimeout(publish, Math.min(delay, LONGEST_DELAY_MILLISECONDS));
    },
    /** Takes a document that was closed. Its diagnostics vanish. */
    clear(uri: string): void {
      waiting.delete(uri);
      if (sent.delete(uri)) send(uri, []);
    },
  };
}
