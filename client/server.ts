/** The connection to the language server: starts it, restarts it when it fails, and tells its state. */
import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, State, TransportKind } from 'vscode-languageclient/node';
import { TRUST_GRANTED } from '../server/lsp/messages.js';

export type ServerState = 'starting' | 'ready' | 'stopped';

export const LANGUAGE = 'incident-playbook';

/** Files that say what they are in their format line are served under any YAML name, but only ours get our language. */
const SELECTOR = [{ language: LANGUAGE }, { language: 'yaml' }];

/** Commands that lenses, actions and suggestions of the server name. */
const COMMANDS_FOR_SERVER = [
  ...['openGraph', 'showProblems', 'waiveFinding'].map((name) => `incidentPlaybooks.${name}`),
  'editor.action.triggerSuggest',
];

const FIRST_DELAY_MILLISECONDS = 500;
const LONGEST_DELAY_MILLISECONDS = 30_000;
/** A server that ran this long had started well: the next failure counts as the first. */
const STABLE_MILLISECONDS = 180_000;

export class Server implements vscode.Disposable {
  private readonly stateChanged = new vscode.EventEmitter<ServerState>();
  readonly onState = this.stateChanged.event;
  state: ServerState = 'stopped';
  private client: LanguageClient | undefined;
  private trustGranted: vscode.Disposable | undefined;
  private failures = 0;
  private startedAt = 0;

  constructor(
    private readonly bundle: string,
    private readonly output: vscode.LogOutputChannel,
  ) {}

  async start(): Promise<void> {
    const client = new LanguageClient(
      'incidentPlaybooks',
      'Incident Playbooks',
      { module: this.bundle, transport: TransportKind.ipc },
      {
        documentSelector: SELECTOR,
        outputChannel: this.output,
        diagnosticCollectionName: LANGUAGE,
        initializationOptions: () => {
          const configuration = vscode.workspace.getConfiguration('incidentPlaybooks');
          return {
            codeLens: configuration.get('codeLens'),
            inlayHints: configuration.get('inlayHints'),
            commands: COMMANDS_FOR_SERVER,
            isTrusted: vscode.workspace.isTrusted,
          };
        },
        synchronize: { configurationSection: 'incidentPlaybooks' },
        diagnosticPullOptions: { onChange: true, onSave: false },
        errorHandler: {
          error: () => ({ action: ErrorAction.Continue, handled: true }),
          closed: async () => {
            await this.waitBeforeRestart();
            return { action: CloseAction.Restart, handled: true };
          },
        },
      },
    );
    this.client = client;
    client.onDidChangeState(({ newState }) => {
      if (newState === State.Running) this.startedAt = Date.now();
      this.setState(newState === State.Running ? 'ready' : newState === State.Starting ? 'starting' : 'stopped');
    });
    this.trustGranted ??= vscode.workspace.onDidGrantWorkspaceTrust(() => {
      this.client
        ?.sendNotification(TRUST_GRANTED)
        .catch((error) => this.output.warn(`The language server was not told that the workspace is trusted: ${error}`));
    });
    try {
      await client.start();
    } catch (error) {
      this.output.error(`The language server did not start: ${error}`);
      this.setState('stopped');
    }
  }

  async stop(): Promise<void> {
    const { client } = this;
    this.client = undefined;
    await client?.dispose().catch((error) => this.output.warn(`The language server did not stop by itself: ${error}`));
    this.setState('stopped');
  }

  async restart(): Promise<void> {
    this.failures = 0;
    await this.stop();
    await this.start();
  }

  /** Sends a request. Gives undefined where the server is not there to answer. */
  async request<Params, Answer>(
    method: string,
    params: Params,
    token?: vscode.CancellationToken,
  ): Promise<Answer | undefined> {
    if (this.state !== 'ready' || !this.client) return undefined;
    try {
      return await this.client.sendRequest<Answer>(method, params, ...(token ? [token] : []));
    } catch (error) {
      this.output.warn(`${method}: ${error}`);
      return undefined;
    }
  }

  /** Takes a notification of the server and what to do on it. Gives how to stop listening; undefined where no server runs. */
  onNotification<Params>(method: string, act: (params: Params) => void): vscode.Disposable | undefined {
    return this.client?.onNotification(method, act);
  }

  dispose(): void {
    this.trustGranted?.dispose();
    this.stateChanged.dispose();
  }

  /** A server that fails at once is started again at growing intervals: it must not eat a processor, nor be given up. */
  private async waitBeforeRestart(): Promise<void> {
    if (Date.now() - this.startedAt > STABLE_MILLISECONDS) this.failures = 0;
    const delay = Math.min(FIRST_DELAY_MILLISECONDS * 2 ** this.failures, LONGEST_DELAY_MILLISECONDS);
    this.failures++;
    this.output.warn(`The language server ended. It is started again in ${delay / 1000} s.`);
    await new Promise((resolve) => setTimeout(resolve, delay));
  }

  private setState(state: ServerState): void {
    if (state === this.state) return;
    this.state = state;
    this.stateChanged.fire(state);
  }
}
