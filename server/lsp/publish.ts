/** Pushes diagnostics to clients that do not ask for them. */
import type { Connection, Diagnostic } from 'vscode-languageserver';

/** What is typed within this time is one check. It grows with what the last check took, so that a slow one runs less often. */
const SHORTEST_DELAY_MILLISECONDS = 15;
const LONGEST_DELAY_MILLISECONDS = 300;
const DELAY_PER_MILLISECOND_OF_WORK = 3;

/** Takes a connection, how to compute the diagnostics of a file, and how the client names it. */
export function publisher(
  connection: Connection,
  diagnosticsOf: (key: string) => Diagnostic[],
  nameOf: (key: string) => string,
) {
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
    for (const key of [...waiting]) {
      waiting.delete(key);
      try {
        const diagnostics = diagnosticsOf(key);
        const written = JSON.stringify(diagnostics);
        if (sent.get(key) === written) continue;
        sent.set(key, written);
        send(key, diagnostics);
      } catch (error) {
        connection.console.error(
          `Diagnostics failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      }
    }
  }

  function send(key: string, diagnostics: Diagnostic[]): void {
    connection.sendDiagnostics({ uri: nameOf(key), diagnostics }).catch(() => {
      // The client has gone; the connection ends by itself.
    });
  }

  return {
    /** Takes the files that may have other diagnostics now. */
    schedule(keys: readonly string[]): void {
      for (const key of keys) waiting.add(key);
      if (timer !== undefined) return;
      const delay = Math.max(SHORTEST_DELAY_MILLISECONDS, lastTook * DELAY_PER_MILLISECOND_OF_WORK);
      timer = setTimeout(publish, Math.min(delay, LONGEST_DELAY_MILLISECONDS));
    },
    /** Takes a file that was closed. Its diagnostics vanish. */
    clear(key: string): void {
      waiting.delete(key);
      if (sent.delete(key)) send(key, []);
    },
  };
}
