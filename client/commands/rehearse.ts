/** The command Rehearse…: holds an exercise of the playbook in the editor. */
import * as vscode from 'vscode';
import type { ExercisePanels } from '../exercise/panels.js';

export async function rehearse(exercises: ExercisePanels): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document) await exercises.rehearse(document.uri);
  else vscode.window.showInformationMessage('Open a playbook first: the one in the editor is rehearsed.');
}
