/** A language server as an editor drives it: any server, with the least that they all understand. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Position } from 'vscode-languageserver-protocol';

export class ServerUnderTest {
  readonly connection: MessageConnection;
  private readonly process: ChildProcess;
  private readonly pulls: boolean;
  private published: (() => void) | undefined;
  private version = 1;

  /** Takes the command, what it answers with when the server asks for settings, and whether the server is asked for diagnostics. */
  constructor([program = '', ...args]: readonly string[], settings: Readonly<Record<string, unknown>>, pulls: boolean) {
    this.pulls = pulls;
    this.process = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    const { stdout, stdin } = this.process;
    if (!stdout || !stdin) throw new Error('No pipes.');
    this.connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', () => {
      this.published?.();
      this.published = undefined;
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) =>
      items.map(({ section }) => settings[section ?? ''] ?? null),
    );
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.onRequest('workspace/diagnostic/refresh', () => null);
    this.connection.listen();
  }

  async start(folder: string): Promise<void> {
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: folder,
      workspaceFolders: [{ uri: folder, name: 'bench' }],
      capabilities: {
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
        textDocument: {
          hover: { contentFormat: ['markdown'] },
          completion: { completionItem: { snippetSupport: true } },
          publishDiagnostics: {},
          ...(this.pulls ? { diagnostic: {} } : {}),
        },
      },
    });
    await this.connection.sendNotification('initialized', {});
  }

  /** Opens a file. Waits for its diagnostics. */
  async open(uri: string, text: string): Promise<void> {
    const shown = this.nextDiagnostics(uri);
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: this.version, text },
    });
    await shown();
  }

  /** Types a letter. */
  async type(uri: string, position: Position, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++this.version },
      contentChanges: [{ range: { start: position, end: position }, text }],
    });
  }

  /** Gives what waits for the diagnostics that come after now. */
  nextDiagnostics(uri: string): () => Promise<void> {
    if (this.pulls) {
      return () =>
        this.connection.sendRequest('textDocument/diagnostic', { textDocument: { uri } }).then(() => undefined);
    }
    const published = new Promise<void>((resolve) => {
      this.published = resolve;
    });
    return () => published;
  }

  /** Gives the memory that the process has, and the most that it had, in MiB. */
  memory(): { now: number; peak: number } {
    const status = readFileSync(`/proc/${this.process.pid}/status`, 'utf8');
    const mebibytes = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1024;
    return { now: mebibytes('VmRSS'), peak: mebibytes('VmHWM') };
  }

  stop(): Promise<void> {
    const ended = new Promise<void>((resolve) => this.process.once('exit', () => resolve()));
    this.connection.dispose();
    this.process.kill('SIGKILL');
    return ended;
  }
}
