/** The extension's entry in desktop and remote VS Code: starts the language server and registers the commands. */
import * as vscode from 'vscode';
import { exportPlaybook } from './commands/export-playbook.js';
import { openGraph } from './commands/open-graph.js';
import { GraphPanels, VIEW_TYPE } from './preview/panel.js';
import { Server } from './server.js';
import { showServerState } from './status.js';

let server: Server | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel('Incident Playbooks', { log: true });
  const started = new Server(context.asAbsolutePath('dist/server.js'), output);
  server = started;
  const panels = new GraphPanels(context.extensionUri, started);
  const command = (name: string, run: () => unknown) =>
    vscode.commands.registerCommand(`incidentPlaybooks.${name}`, run);
  context.subscriptions.push(
    output,
    panels,
    showServerState(started),
    command('openGraph', () => openGraph(panels)),
    command('export', () => exportPlaybook(started)),
    command('restartServer', () => started.restart()),
    command('showOutput', () => output.show()),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, panels),
  );
  await started.start();
  panels.openAutomatically();
}

export async function deactivate(): Promise<void> {
  await server?.stop();
}
