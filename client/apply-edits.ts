/** Applies edits that the language server has made to a file, so that they can be undone. */
import * as vscode from 'vscode';
import type { WaiveResult } from '../server/lsp/messages.js';

/** Takes a file and edits. Gives whether they were made. */
export async function applyEdits(uri: vscode.Uri, edits: NonNullable<WaiveResult>): Promise<boolean> {
  const change = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits) {
    const { start, end } = range;
    change.replace(uri, new vscode.Range(start.line, start.character, end.line, end.character), newText);
  }
  return vscode.workspace.applyEdit(change);
}
