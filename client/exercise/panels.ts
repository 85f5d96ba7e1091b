/** The panels in which exercises are held, one for each playbook. */
import * as vscode from 'vscode';
import {
  DRAWING_REQUEST,
  type DrawingParams,
  type DrawingResult,
  SCRIPT_REQUEST,
  type ScriptParams,
  type ScriptResult,
} from '../../server/lsp/messages.js';
import type { Server } from '../server.js';
import { loadPage } from '../webview-page.js';
import type { Journals } from './journals.js';
import { type Journal, messageFromExercisePage, type ToExercisePage } from './messages.js';
import { recordExercise } from './record.js';

export const EXERCISE_TYPE = 'incidentPlaybooks.exercise';

const GO_ON = 'Go On';
const BEGIN_ANEW = 'Begin Anew';

export class ExercisePanels implements vscode.Disposable, vscode.WebviewPanelSerializer {
  private readonly panels = new Map<string, vscode.WebviewPanel>();

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: Server,
    private readonly journals: Journals,
  ) {}

  /** Takes the URI of a playbook. Begins an exercise of it, or goes on with the one that was begun. */
  async rehearse(uri: vscode.Uri): Promise<void> {
    const there = this.panels.get(uri.toString());
    if (there) {
      there.reveal();
      return;
    }
    const kept = await this.journals.read(uri.toString());
    const isOpen = kept !== undefined && kept.report === undefined && kept.events.length > 0;
    const journal = isOpen ? await this.goOnOrBegin(uri, kept) : await this.begin(uri);
    if (!journal) return;
    const place = { viewColumn: vscode.ViewColumn.Active };
    this.adopt(vscode.window.createWebviewPanel(EXERCISE_TYPE, 'Exercise', place), uri, journal, journal === kept);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const uri = (state as { uri?: unknown } | undefined)?.uri;
    const journal = typeof uri === 'string' ? await this.journals.read(uri) : undefined;
    if (typeof uri === 'string' && journal) this.adopt(panel, vscode.Uri.parse(uri), journal, true);
    else panel.dispose();
  }

  dispose(): void {
    for (const panel of this.panels.values()) panel.dispose();
  }

  private async goOnOrBegin(uri: vscode.Uri, kept: Journal): Promise<Journal | undefined> {
    const begun = new Date(kept.events[0]?.at ?? 0).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
    const chosen = await vscode.window.showInformationMessage(
      `An exercise of “${kept.script.title}” was begun on ${begun}, and nothing has been written down of it yet.`,
      { modal: true, detail: 'If you begin anew, what was recorded of it is gone.' },
      GO_ON,
      BEGIN_ANEW,
    );
    if (chosen === GO_ON) return kept;
    return chosen === BEGIN_ANEW ? this.begin(uri) : undefined;
  }

  private async begin(uri: vscode.Uri): Promise<Journal | undefined> {
    const answer = await this.server.request<ScriptParams, ScriptResult>(SCRIPT_REQUEST, { uri: uri.toString() });
    if (!answer?.script) {
      const why = answer?.fault ?? 'The language server is not running.';
      vscode.window.showErrorMessage(`The exercise was not begun. ${why}`);
      return undefined;
    }
    return { script: answer.script, events: [], review: undefined, seenAt: Date.now(), report: undefined };
  }

  private adopt(panel: vscode.WebviewPanel, uri: vscode.Uri, first: Journal, isTakenUp: boolean): void {
    const name = uri.toString();
    let journal = first;
    let awaySince = isTakenUp ? first.seenAt : undefined;
    const send = (message: ToExercisePage) => void panel.webview.postMessage(message);
    const failed = (why: string) => send({ type: 'failed', why });
    const keep = (next: Journal) => {
      journal = next;
      this.journals.keep(name, journal, failed);
    };
    panel.title = `Exercise: ${journal.script.title}`;
    this.panels.set(name, panel);
    panel.onDidDispose(() => this.panels.delete(name));
    panel.webview.onDidReceiveMessage(async (value) => {
      const message = messageFromExercisePage(value);
      if (message?.type === 'ready') {
        send({ type: 'show', journal, awaySince });
        awaySince = undefined;
      } else if (message?.type === 'save') {
        const { events, review, seenAt } = message;
        // Whoever takes back the end of an exercise will want to write it down again.
        keep({ ...journal, events, review, seenAt });
      } else if (message?.type === 'draw') {
        const drawing = await this.draw(journal.script.playbooks[message.playbook]?.uri);
        if (drawing) send({ type: 'drawing', playbook: message.playbook, drawing });
      } else if (message?.type === 'reveal') {
        await this.reveal(journal.script.playbooks[message.playbook]?.uri, message.key);
      } else if (message?.type === 'write') {
        try {
          const report = await recordExercise(this.server, uri, journal, message.review);
          keep({ ...journal, report });
          send({ type: 'written', report });
        } catch (error) {
          failed(error instanceof Error ? error.message : String(error));
        }
      }
    });
    loadPage(panel.webview, this.extension, 'exercise-page', 'Exercise');
  }

  private async ask(uri: string): Promise<DrawingResult | null | undefined> {
    const params: DrawingParams = { uri, known: null, direction: 'down', grouping: 'none' };
    return this.server.request<DrawingParams, DrawingResult | null>(DRAWING_REQUEST, params);
  }

  private async draw(uri: string | undefined): Promise<DrawingResult['drawing']> {
    return uri === undefined ? undefined : (await this.ask(uri))?.drawing;
  }

  private async reveal(uri: string | undefined, key: string): Promise<void> {
    const range = uri === undefined ? undefined : (await this.ask(uri))?.ranges.find((one) => one.key === key)?.range;
    if (uri === undefined || !range) return;
    const at = new vscode.Position(range.start.line, range.start.character);
    await vscode.window.showTextDocument(vscode.Uri.parse(uri), {
      viewColumn: vscode.ViewColumn.Beside,
      selection: new vscode.Range(at, at),
    });
  }
}
