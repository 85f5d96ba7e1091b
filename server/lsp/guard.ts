/** One wrapper around every request: a bug costs one answer, not the server. */
import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from 'vscode-languageserver';
import { StaleSnapshot } from '../workspace/snapshot.js';

export type Phase = 'starting' | 'running' | 'stopping';

/**
 * Takes the connection, how to tell the phase, and what to wait for before anything can be answered. Gives how to wrap a
 * handler with what it answers when it fails.
 */
export function guardFor(connection: Connection, phase: () => Phase, pending: () => Promise<void> | undefined) {
  return function guard<Params, Answer>(
    name: string,
    fallback: Answer,
    handle: (params: Params) => Answer | Promise<Answer>,
  ) {
    return async (params: Params, token?: CancellationToken): Promise<Answer> => {
      if (phase() === 'starting')
        throw new ResponseError(ErrorCodes.ServerNotInitialized, 'The server is not initialized yet.');
      if (phase() === 'stopping') throw new ResponseError(ErrorCodes.InvalidRequest, 'The server is shutting down.');
      for (let wait = pending(); wait; wait = pending()) await wait;
      if (token?.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      try {
        return await handle(params);
      } catch (error) {
        if (error instanceof ResponseError) throw error;
        if (error instanceof StaleSnapshot) throw new ResponseError(LSPErrorCodes.ContentModified, error.message);
        connection.console.error(
          `${name} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
        return fallback;
      }
    };
  };
}
