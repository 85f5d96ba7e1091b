/** Writes down what came of an exercise: an item in the playbook, which can be undone, and a report beside it. */
import * as vscode from 'vscode';
import { afterActionReport } from '../../server/exercise/report.js';
import type { Review } from '../../server/exercise/review.js';
import { runOf } from '../../server/exercise/run.js';
import { EXERCISE_REQUEST, type ExerciseParams, type ExerciseResult } from '../../server/lsp/messages.js';
import { applyEdits } from '../apply-edits.js';
import type { Server } from '../server.js';
import type { Journal } from './messages.js';

/** Takes an exercise that has ended. Writes it down, and gives the name of the report. Throws with what a person can do about it. */
export async function recordExercise(
  server: Server,
  playbook: vscode.Uri,
  { script, events }: Journal,
  review: Review,
): Promise<string> {
  const { participants, ...exercise } = review;
  const document = await vscode.workspace.openTextDocument(playbook);
  const edits = await server.request<ExerciseParams, ExerciseResult>(EXERCISE_REQUEST, {
    uri: playbook.toString(),
    exercise,
  });
  if (edits === undefined) throw new Error('The language server is not running: try again in a moment.');
  if (edits === null) throw new Error('Write the list "exercises" with a dash for each item, then try again.');
  const report = await placeForReport(playbook, review.on);
  if (!report) throw new Error('No place was chosen for the report.');
  const timeOfDay = (at: number) => new Date(at).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' });
  const text = afterActionReport(script, runOf(script, events), review, timeOfDay);
  await vscode.workspace.fs.writeFile(report, new TextEncoder().encode(text));
  await edit(document, edits);
  return vscode.workspace.asRelativePath(report);
}

async function edit(document: vscode.TextDocument, edits: NonNullable<ExerciseResult>): Promise<void> {
  if (!(await applyEdits(document.uri, edits))) {
    throw new Error('The playbook cannot be changed. The report was written.');
  }
  const [first] = edits;
  const line = (first?.range.start.line ?? 0) + (/^\s*/.exec(first?.newText ?? '')?.[0].split('\n').length ?? 1) - 1;
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document === document);
  const at = new vscode.Position(line, 0);
  await vscode.window.showTextDocument(document, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.Beside,
    preserveFocus: true,
    selection: new vscode.Range(at, at),
  });
}

/** Beside the playbook, under a name that nothing has yet. */
async function placeForReport(playbook: vscode.Uri, on: string): Promise<vscode.Uri | undefined> {
  const name = playbook.path.replace(/(?:\.incident-playbook)?\.ya?ml$/, '');
  if (playbook.scheme === 'untitled') {
    return vscode.window.showSaveDialog({ title: 'Where does the report go?', filters: { Markdown: ['md'] } });
  }
  for (let count = 1; ; count++) {
    const place = playbook.with({ path: `${name}.exercise-${on}${count > 1 ? `-${count}` : ''}.md` });
    try {
      await vscode.workspace.fs.stat(place);
    } catch {
      return place;
    }
  }
}
