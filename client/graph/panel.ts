/** A panel with a decision graph: follows the playbook in the editor, or stays with one, and leads back to its lines. */
import * as vscode from 'vscode';
import { DRAWING_REQUEST, type DrawingParams, type DrawingResult } from '../../server/lsp/messages.js';
import type { Direction, Drawing, Grouping } from '../../server/render/drawing.js';
import { LANGUAGE, type Server } from '../server.js';
import { loadPage } from '../webview-page.js';
import { deltaOf } from './drawing-delta.js';
import { type FromPage, messageFromPage, type ToPage } from './messages.js';

type Range = DrawingResult['ranges'][number]['range'];
type Position = Range['start'];

const FOCUS_MILLISECONDS = 150;
const POINTED_AT_MILLISECONDS = 2000;
/** What the pointer is on in the graph. */
const POINTED_AT = vscode.window.createTextEditorDecorationType({
  backgroundColor: new vscode.ThemeColor('editor.rangeHighlightBackground'),
  isWholeLine: true,
});

/** A panel with the graph of one playbook at a time. Takes the URI of the first, and whether it stays with it. */
export class GraphPanel implements vscode.Disposable {
  private readonly subscriptions: vscode.Disposable[];
  private answer: DrawingResult | undefined;
  /** The drawing that the page shows, and its number. */
  private drawing: Drawing | undefined;
  private sent: number | null = null;
  private written = '';
  private direction: Direction = 'down';
  private grouping: Grouping = 'none';
  /** The boxes that were selected in the text. */
  private atCursor: string | undefined;
  private ready = false;
  /** A picture that the page is to draw as PNG, and who waits for it. */
  private pictureToDraw: string | undefined;
  private rasterizing: ((png: Uint8Array | undefined) => void) | undefined;
  private pointing: NodeJS.Timeout | undefined;
  private asking = false;
  private askAgain = false;

  constructor(
    readonly panel: vscode.WebviewPanel,
    extension: vscode.Uri,
    private readonly server: Server,
    private uri: vscode.Uri,
    private locked: boolean,
    private readonly openOther: (uri: vscode.Uri) => void,
  ) {
    this.subscriptions = [
      panel.webview.onDidReceiveMessage((message) => this.receive(messageFromPage(message))),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.ifFollowed(document.uri, () => this.update())),
      vscode.window.onDidChangeActiveTextEditor((editor) => {
        if (editor && !this.locked && isPlaybook(editor.document)) this.follow(editor.document.uri);
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) =>
        this.ifFollowed(textEditor.document.uri, () => this.selectAtCursor(textEditor)),
      ),
      // A change in another file, such as the organisation, changes names and findings here.
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        if (uris.length > 0) this.update();
      }),
      server.onState((state) => {
        if (state !== 'ready') return;
        // A new server counts its drawings from the beginning.
        this.sent = null;
        this.update();
      }),
    ];
    loadPage(panel.webview, extension, 'graph-page', 'Decision Graph');
  }

  get isLocked(): boolean {
    return this.locked;
  }

  /** Stays with its playbook from now on, or follows the editor again. */
  lock(locked: boolean): void {
    this.locked = locked;
    this.showTitle();
  }

  follow(uri: vscode.Uri): void {
    if (uri.toString() === this.uri.toString()) return;
    this.uri = uri;
    this.answer = undefined;
    this.sent = null;
    this.atCursor = undefined;
    this.update();
  }

  dispose(): void {
    this.rasterizing?.(undefined);
    for (const subscription of this.subscriptions) subscription.dispose();
  }

  private ifFollowed(uri: vscode.Uri, act: () => void): void {
    if (uri.toString() === this.uri.toString()) act();
  }

  private update(): void {
    if (!this.ready) return;
    if (this.asking) {
      this.askAgain = true;
      return;
    }
    this.asking = true;
    void this.ask().finally(() => {
      this.asking = false;
      if (!this.askAgain) return;
      this.askAgain = false;
      this.update();
    });
  }

  private async ask(): Promise<void> {
    const { uri } = this;
    const answer = await this.server.request<DrawingParams, DrawingResult | null>(DRAWING_REQUEST, {
      uri: uri.toString(),
      known: this.sent,
      direction: this.direction,
      grouping: this.grouping,
    });
    if (!answer || uri !== this.uri) return;
    this.answer = answer;
    this.sent = answer.id ?? null;
    this.showTitle();
    const { title, reason, stale, badges, ways } = answer;
    const calls = answer.calls.map(({ key }) => key);
    const settings = vscode.workspace.getConfiguration('incidentPlaybooks', uri);
    const revealOnHover = settings.get<boolean>('preview.revealOnHover') === true;
    const findings = answer.findings.map(({ range, ...finding }) => ({ ...finding, line: range.start.line + 1 }));
    const view = { uri: uri.toString(), title, reason, stale, badges, findings, ways, calls, revealOnHover };
    const written = JSON.stringify(view);
    // Most letters change nothing that the page shows.
    if (answer.drawing || written !== this.written) {
      const drawing = answer.drawing && deltaOf(this.drawing, answer.drawing);
      this.drawing = answer.drawing ?? this.drawing;
      this.send({ type: 'show', view, drawing });
    }
    this.written = written;
    const editor = vscode.window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
    // Somebody may have walked on in the graph: only what is new at the cursor is told.
    if (editor && this.keysAtCursor(editor).join(' ') !== this.atCursor) this.selectAtCursor(editor);
  }

  private showTitle(): void {
    const title = this.answer?.title ? `Graph: ${this.answer.title}` : 'Decision Graph';
    this.panel.title = this.locked ? `[${title}]` : title;
  }

  /** The steps that are selected in the text, the one at the cursor first. */
  private keysAtCursor({ selections }: vscode.TextEditor): string[] {
    const touched = (selection: vscode.Selection) =>
      this.answer?.ranges
        .filter(({ range }) => range.start.line <= selection.end.line && selection.start.line <= range.end.line)
        .map(({ key }) => key) ?? [];
    const [first, ...others] = selections;
    const keys = first ? touched(first) : [];
    const atCursor = first?.isReversed ? keys : keys.reverse();
    return [...new Set([...atCursor, ...others.flatMap(touched)])];
  }

  private selectAtCursor(editor: vscode.TextEditor): void {
    const keys = this.keysAtCursor(editor);
    this.atCursor = keys.join(' ');
    this.send({ type: 'select', keys });
  }

  private receive(message: FromPage | undefined): void {
    if (message?.type === 'ready' || message?.type === 'turn') {
      this.ready = true;
      if (this.pictureToDraw !== undefined) this.send({ type: 'rasterize', svg: this.pictureToDraw });
      this.direction = message.direction;
      this.grouping = message.grouping;
      if (message.type === 'ready') this.drawing = undefined;
      this.sent = null;
      this.written = '';
      this.atCursor = undefined;
      this.update();
    } else if (message?.type === 'reveal') {
      void this.reveal(message.keys.flatMap((key) => this.rangeOf(key)?.start ?? []));
    } else if (message?.type === 'hover') {
      this.show(message.key);
    } else if (message?.type === 'open') {
      const called = this.answer?.calls.find(({ key }) => key === message.key)?.uri;
      if (called !== undefined) this.openOther(vscode.Uri.parse(called));
    } else if (message?.type === 'finding') {
      const start = this.answer?.findings[message.index]?.range.start;
      if (start) void this.revealFinding(start, message.fix);
    } else if (message?.type === 'leave') {
      this.focusText();
    } else if (message?.type === 'export') {
      void vscode.commands.executeCommand('incidentPlaybooks.export', this.uri);
    } else if (message?.type === 'rasterized') {
      this.pictureToDraw = undefined;
      this.rasterizing?.(message.png === '' ? undefined : Buffer.from(message.png, 'base64'));
    }
  }

  /** Takes a picture as SVG. Gives it as PNG; undefined where the page could not draw it. */
  async rasterize(svg: string): Promise<Uint8Array | undefined> {
    this.panel.reveal(undefined, true);
    // Whoever waits for an earlier picture would wait for ever.
    this.rasterizing?.(undefined);
    return new Promise((resolve) => {
      this.rasterizing = resolve;
      this.pictureToDraw = svg;
      if (this.ready) this.send({ type: 'rasterize', svg });
    });
  }

  private rangeOf(key: string): Range | undefined {
    return this.answer?.ranges.find((one) => one.key === key)?.range;
  }

  /** Shows a step in the text, without taking the cursor there. */
  private show(key: string): void {
    const editor = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === this.uri.toString(),
    );
    const range = this.rangeOf(key);
    if (!editor || !range) return;
    const lines = new vscode.Range(range.start.line, 0, range.end.line, 0);
    editor.revealRange(lines, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
    editor.setDecorations(POINTED_AT, [lines]);
    clearTimeout(this.pointing);
    this.pointing = setTimeout(() => editor.setDecorations(POINTED_AT, []), POINTED_AT_MILLISECONDS);
  }

  private async revealFinding(start: Position, fix: boolean): Promise<void> {
    await this.reveal([start]);
    if (!fix) return;
    // The click that asked for it still gives the page the focus, which would close the menu.
    await new Promise((resolve) => setTimeout(resolve, FOCUS_MILLISECONDS));
    await this.reveal([start]);
    await vscode.commands.executeCommand('editor.action.quickFix');
  }

  private focusText(): void {
    const shown = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === this.uri.toString(),
    );
    if (shown)
      void vscode.window.showTextDocument(shown.document, { viewColumn: shown.viewColumn ?? vscode.ViewColumn.One });
  }

  /** Goes to places in the text; with several of them the cursor is at each. */
  private async reveal(places: readonly Position[]): Promise<void> {
    const selections = places.map(({ line, character }) => new vscode.Selection(line, character, line, character));
    const [first] = selections;
    if (!first) return;
    const visible = vscode.window.visibleTextEditors.find(
      ({ document }) => document.uri.toString() === this.uri.toString(),
    );
    const document = visible?.document ?? (await vscode.workspace.openTextDocument(this.uri));
    const viewColumn = visible?.viewColumn ?? vscode.ViewColumn.One;
    const editor = await vscode.window.showTextDocument(document, { viewColumn, selection: first });
    if (selections.length > 1) editor.selections = selections;
  }

  private send(message: ToPage): void {
    void this.panel.webview.postMessage(message);
  }
}

/** Takes a document. Gives whether a graph can be drawn of it. */
export function isPlaybook(document: vscode.TextDocument): boolean {
  const ours = document.languageId === LANGUAGE || document.languageId === 'yaml';
  return ours && /^format:[ \t]*["']?playbook\//m.test(document.getText());
}
