/** The command Open Decision Graph: shows the graph of the playbook in the editor beside it. */
import * as vscode from 'vscode';
import type { GraphPanels } from '../graph/panels.js';

export function openGraph(panels: GraphPanels): void {
  const document = vscode.window.activeTextEditor?.document;
  if (document) panels.open(document.uri);
  else vscode.window.showInformationMessage('Open a playbook first: the graph is drawn from the one in the editor.');
}
