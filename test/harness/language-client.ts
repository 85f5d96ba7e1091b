/** A client of the Language Server Protocol that talks to the built server over standard input and output. */
import { type ChildProcess, spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Diagnostic, PublishDiagnosticsParams } from 'vscode-languageserver-protocol';
import { server } from './paths.js';

const TIMEOUT = 10_000;

/** What every editor of today says that it knows. */
const KNOWN: Readonly<Record<string, object>> = {
  codeAction: {
    codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } },
    isPreferredSupport: true,
  },
  documentLink: { tooltipSupport: true },
  documentSymbol: { hierarchicalDocumentSymbolSupport: true, symbolKind: { valueSet: [] } },
  hover: { contentFormat: ['markdown', 'plaintext'] },
  publishDiagnostics: { codeDescriptionSupport: true, relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
  rename: { prepareSupport: true },
};

interface ClientOptions {
  readonly pull?: boolean;
  readonly textDocument?: Readonly<Record<string, object>>;
  readonly workspace?: object;
  readonly window?: object;
  readonly initializationOptions?: object;
}

function knowing(more: Readonly<Record<string, object>>): Record<string, object> {
  const merged = Object.entries(more).map(([name, value]): [string, object] => [name, { ...KNOWN[name], ...value }]);
  return { ...KNOWN, ...Object.fromEntries(merged) };
}

export class LanguageClient {
  private readonly process: ChildProcess;
  readonly connection: MessageConnection;
  private readonly published = new Map<string, Diagnostic[]>();
  private waiting: (() => void)[] = [];
  refreshes = 0;
  private version = 1;

  private constructor() {
    this.process = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    const { stdout, stdin } = this.process;
    if (!stdout || !stdin) throw new Error('No pipes.');
    this.connection = createMessageConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: PublishDiagnosticsParams) => {
        this.published.set(uri, diagnostics);
        this.wake();
      },
    );
    this.connection.onRequest('workspace/diagnostic/refresh', () => {
      this.refreshes++;
      this.wake();
      return null;
    });
    this.connection.onRequest('client/registerCapability', () => null);
    this.connection.listen();
  }

  /**
   * Takes the folders of the workspace, whether the client asks for diagnostics itself, and what else it can do. Gives a
   * client of an initialized server.
   */
  static async start(
    folder: string | readonly string[] | undefined,
    { pull = false, textDocument = {}, workspace = {}, window = {}, initializationOptions = {} }: ClientOptions = {},
  ): Promise<LanguageClient> {
    const client = new LanguageClient();
    const folders = folder === undefined ? [] : [folder].flat();
    const uris = folders.map((path) => pathToFileURL(path).href);
    const [uri] = uris;
    await client.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri ?? null,
      workspaceFolders: uri ? uris.map((each) => ({ uri: each, name: 'test' })) : null,
      initializationOptions,
      capabilities: {
        workspace: {
          didChangeWatchedFiles: { dynamicRegistration: true },
          ...(pull ? { diagnostics: { refreshSupport: true } } : {}),
          ...workspace,
        },
        textDocument: { ...knowing(textDocument), ...(pull ? { diagnostic: {} } : {}) },
        window,
      },
    });
    await client.connection.sendNotification('initialized', {});
    return client;
  }

  /** A server that nobody has initialized. */
  static raw(): LanguageClient {
    return new LanguageClient();
  }

  async open(uri: string, text: string, languageId = 'incident-playbook'): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId, version: this.version, text },
    });
  }

  async change(uri: string, text: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: ++this.version },
      contentChanges: [{ text }],
    });
  }

  async close(uri: string): Promise<void> {
    await this.connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
  }

  async pull(uri: string): Promise<Diagnostic[]> {
    const report = await this.connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    return report.items;
  }

  /** Waits until the pushed diagnostics of a file are as wanted. Gives them. */
  async pushed(uri: string, wanted: (diagnostics: readonly Diagnostic[]) => boolean): Promise<Diagnostic[]> {
    await this.until(
      () => {
        const found = this.published.get(uri);
        return found !== undefined && wanted(found);
      },
      () => `Diagnostics of ${uri}: ${JSON.stringify(this.published.get(uri)?.map(({ message }) => message))}`,
    );
    return this.published.get(uri) ?? [];
  }

  hasPublished(uri: string): boolean {
    return this.published.has(uri);
  }

  async until(condition: () => boolean, describe: () => string): Promise<void> {
    const end = Date.now() + TIMEOUT;
    while (!condition()) {
      if (Date.now() > end) throw new Error(`Waited too long. ${describe()}`);
      await new Promise<void>((resolve) => {
        this.waiting.push(resolve);
        setTimeout(resolve, 50);
      });
    }
  }

  /** Ends the server as the protocol says. Gives its exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await ended;
    this.connection.dispose();
    return code;
  }

  private wake(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}
