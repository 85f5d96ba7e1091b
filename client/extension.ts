/** The extension's entry in desktop and remote VS Code: starts the language server and registers the commands. */
import * as vscode from 'vscode';
import type { WaiverQuestion } from '../server/lsp/messages.js';
import { exportBinder } from './commands/export-binder.js';
import { exportPlaybook } from './commands/export-playbook.js';
import { openGraph } from './commands/open-graph.js';
import { rehearse } from './commands/rehearse.js';
import { waiveFinding } from './commands/waive-finding.js';
import { Journals } from './exercise/journals.js';
import { EXERCISE_TYPE, ExercisePanels } from './exercise/panels.js';
import { EDITOR_TYPE, GraphPanels, VIEW_TYPE } from './graph/panels.js';
import { indentOpenFiles } from './indentation.js';
import { Server } from './server.js';
import { showServerState } from './status.js';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Incident Playbooks', { log: true });
  const started = new Server(context.asAbsolutePath('dist/server.js'), output);
  server = started;
  const panels = new GraphPanels(context.extensionUri, started);
  const journals = new Journals(
    vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'exercises'),
    output,
  );
  const exercises = new ExercisePanels(context.extensionUri, started, journals);
  const command = <Arguments extends unknown[]>(name: string, run: (...given: Arguments) => unknown) =>
    vscode.commands.registerCommand(`incidentPlaybooks.${name}`, run);
  context.subscriptions.push(
    output,
    panels,
    exercises,
    showServerState(started),
    command('openGraph', () => openGraph(panels)),
    command('rehearse', () => rehearse(exercises)),
    command('lockGraph', () => panels.toggleLock()),
    command('export', (uri?: unknown) => exportPlaybook(started, panels, uri instanceof vscode.Uri ? uri : undefined)),
    command('exportBinder', () => exportBinder(started)),
    command('showProblems', () => vscode.commands.executeCommand('workbench.actions.view.problems')),
    command('waiveFinding', (uri: string, question: WaiverQuestion) => waiveFinding(started, uri, question)),
    command('restartServer', () => started.restart()),
    command('showOutput', () => output.show()),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, panels),
    vscode.window.registerWebviewPanelSerializer(EXERCISE_TYPE, exercises),
    vscode.window.registerCustomEditorProvider(EDITOR_TYPE, panels),
  );
  indentOpenFiles();
  await started.start();
  panels.openAutomatically();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
