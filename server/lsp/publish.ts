/** Pushes diagnostics to clients that do not ask for them. */
import type { Connection, Diagnostic } from 'vscode-languageserver';

/** Typing at ten keys a second is one check, and the answer still feels immediate. */
const DELAY_MILLISECONDS = 80;

/** Takes a connection, how to compute the diagnostics of a file, and how the client names it. */
export function publisher(
  connection: Connection,
  diagnosticsOf: (key: string) => Diagnostic[],
  nameOf: (key: string) => string,
) {
  const waiting = new Set<string>();
  const sent = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;

  function publish(): void {
    timer = undefined;
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
      if (timer === undefined) timer = setTimeout(publish, DELAY_MILLISECONDS);
    },
    /** Takes a file that was closed. Its diagnostics vanish. */
    clear(key: string): void {
      waiting.delete(key);
      if (sent.delete(key)) send(key, []);
    },
  };
}
