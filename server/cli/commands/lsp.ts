/** Starts the language server with the arguments that editors give it, and with those that their client libraries add by themselves. */
import { UsageError } from '../usage-error.js';

export interface ServerFlags {
  readonly stdio?: boolean;
  readonly nodeIpc?: boolean;
  readonly socket?: string;
  readonly pipe?: string;
  readonly clientProcessId?: string;
}

const TRANSPORT = /^--(?:stdio|node-ipc|socket|pipe|clientProcessId)(?:=|$)/;

/**
 * The arguments of the whole program, with `lsp` in front where an editor has put it behind its own arguments.
 *
 * @throws UsageError where there are arguments of the language server, and nothing starts it.
 */
export function withCommandFirst(given: readonly string[]): readonly string[] {
  if (!TRANSPORT.test(given[0] ?? '')) return given;
  const at = given.indexOf('lsp');
  if (at === -1) {
    throw new UsageError(
      `${given[0]} belongs to the language server. Write: incident-playbooks lsp ${given.join(' ')}`,
    );
  }
  return ['lsp', ...given.slice(0, at), ...given.slice(at + 1)];
}

/**
 * The arguments of the server's bundle. Standard input and output are the default.
 *
 * @throws UsageError where there is more than one way to talk to the server, or one that cannot be gone.
 */
export function serverArguments(flags: ServerFlags, isForked: boolean, warn: (words: string) => void): string[] {
  const { stdio, nodeIpc, socket, pipe, clientProcessId } = flags;
  const ways = [
    ...(nodeIpc ? ['--node-ipc'] : []),
    ...(socket === undefined ? [] : [`--socket=${socket}`]),
    ...(pipe === undefined ? [] : [`--pipe=${pipe}`]),
    ...(stdio ? ['--stdio'] : []),
  ];
  if (ways.length > 1) throw new UsageError(`${ways.join(' and ')} are ways to talk to one server. Give one of them.`);
  if (socket !== undefined && !(/^\d{1,5}$/.test(socket) && Number(socket) > 0 && Number(socket) < 65_536)) {
    throw new UsageError(`--socket "${socket}" is not a port. Write a number from 1 to 65535.`);
  }
  if (pipe === '') throw new UsageError('--pipe names no pipe. Write: --pipe=NAME');
  if (nodeIpc && !isForked) {
    throw new UsageError('--node-ipc is for programs that fork the server in Node. Give --stdio, or nothing.');
  }
  const watched = clientProcessId !== undefined && /^[1-9]\d*$/.test(clientProcessId);
  if (clientProcessId !== undefined && !watched) {
    warn(`--clientProcessId "${clientProcessId}" is not the number of a process, and is not watched.`);
  }
  return [ways[0] ?? '--stdio', ...(watched ? [`--clientProcessId=${clientProcessId}`] : [])];
}
