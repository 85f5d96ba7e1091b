/** Connects to an editor that listens on a port of this machine, or on a pipe. */
import { connect, type Socket } from 'node:net';

/** What a program that cannot be used as it was started ends with. */
const UNUSABLE = 2;

/** The connection that the arguments name by `--socket=PORT` or `--pipe=NAME`; undefined where they name none. It ends the process where nobody listens. */
export function socketFrom(args: readonly string[]): Socket | undefined {
  const given = (name: string) => args.find((arg) => arg.startsWith(name))?.slice(name.length);
  const [port, pipe] = [given('--socket='), given('--pipe=')];
  if (port === undefined && pipe === undefined) return undefined;
  const socket =
    port === undefined ? connect({ path: pipe ?? '' }) : connect({ port: Number(port), host: '127.0.0.1' });
  let isConnected = false;
  socket.once('connect', () => {
    isConnected = true;
  });
  // A connection that breaks off later closes, which ends the server.
  socket.on('error', ({ message }) => {
    if (isConnected) return;
    const where = port === undefined ? `the pipe ${pipe}` : `port ${port}`;
    process.stderr.write(`incident-playbooks lsp: nobody listens on ${where} (${message}).\n`);
    process.exit(UNUSABLE);
  });
  return socket;
}
