/** All panels with graphs: one that follows the editor, others that are locked to a playbook, and editors opened with one. */
import * as vscode from 'vscode';
import type { Server } from '../server.js';
import { GraphPanel, isPlaybook } from './panel.js';

export const VIEW_TYPE = 'incidentPlaybooks.graph';
/** The view type of "Open With…": a read-only editor that is a graph. */
export const EDITOR_TYPE = 'incidentPlaybooks.graphEditor';

export class GraphPanels implements vscode.Disposable, vscode.WebviewPanelSerializer, vscode.CustomTextEditorProvider {
  private readonly panels = new Set<GraphPanel>();

  constructor(
    private readonly extension: vscode.Uri,
    private readonly server: Server,
  ) {}

  /** Takes the URI of a playbook. Shows its graph beside the editor. */
  open(uri: vscode.Uri): void {
    const { follower } = this;
    if (follower) {
      follower.follow(uri);
      follower.panel.reveal(undefined, true);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true };
    this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Decision Graph', place), uri, false);
  }

  /** Takes the URI of a playbook that another one calls. Shows its graph in a panel of its own. */
  private openOther(uri: vscode.Uri): void {
    const place = { viewColumn: vscode.ViewColumn.Active };
    this.adopt(vscode.window.createWebviewPanel(VIEW_TYPE, 'Decision Graph', place), uri, true);
  }

  /** Takes a playbook and its graph as SVG. Gives it as PNG, drawn by the page of a graph; undefined where it could not be drawn. */
  async rasterize(uri: vscode.Uri, svg: string): Promise<Uint8Array | undefined> {
    const visible = () => [...this.panels].find(({ panel }) => panel.visible);
    if (!visible()) this.open(uri);
    return (visible() ?? this.follower)?.rasterize(svg);
  }

  /** Locks the panel that has the focus to its playbook, or lets it follow the editor again: then it is the only one that does. */
  toggleLock(): void {
    const active = [...this.panels].find(({ panel }) => panel.active && panel.viewType === VIEW_TYPE);
    if (!active) {
      vscode.window.showInformationMessage('Click into a decision graph first: that one is locked or unlocked.');
      return;
    }
    if (active.isLocked) this.follower?.panel.dispose();
    active.lock(!active.isLocked);
  }

  /** Opens the graph of the first playbook that is opened, where the user has asked for that. */
  openAutomatically(): void {
    const openFor = (editor: vscode.TextEditor | undefined) => {
      if (!editor || !isPlaybook(editor.document) || this.follower) return;
      const settings = vscode.workspace.getConfiguration('incidentPlaybooks', editor.document.uri);
      if (!settings.get<boolean>('preview.openAutomatically')) return;
      waiting.dispose();
      this.open(editor.document.uri);
    };
    const waiting = vscode.window.onDidChangeActiveTextEditor(openFor);
    openFor(vscode.window.activeTextEditor);
  }

  async deserializeWebviewPanel(panel: vscode.WebviewPanel, state: unknown): Promise<void> {
    const uri = (state as { uri?: unknown } | undefined)?.uri;
    const fallback = vscode.window.activeTextEditor?.document.uri;
    const restored = typeof uri === 'string' ? vscode.Uri.parse(uri) : fallback;
    // One panel follows the editor; if there were more, the others were locked.
    if (restored) this.adopt(panel, restored, this.follower !== undefined);
    else panel.dispose();
  }

  resolveCustomTextEditor(document: vscode.TextDocument, panel: vscode.WebviewPanel): void {
    this.adopt(panel, document.uri, true);
  }

  dispose(): void {
    for (const { panel } of this.panels) panel.dispose();
  }

  private get follower(): GraphPanel | undefined {
    return [...this.panels].find(({ isLocked }) => !isLocked);
  }

  private adopt(panel: vscode.WebviewPanel, uri: vscode.Uri, locked: boolean): void {
    const shown = new GraphPanel(panel, this.extension, this.server, uri, locked, (called) => this.openOther(called));
    this.panels.add(shown);
    panel.onDidDispose(() => {
      shown.dispose();
      this.panels.delete(shown);
    });
  }
}
