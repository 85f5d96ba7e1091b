/** The command Export Playbook…: writes the playbook in the editor as an HTML page, or its graph as SVG or Mermaid text. */
import * as vscode from 'vscode';
import { EXPORT_REQUEST, type ExportParams, type ExportResult } from '../../server/lsp/messages.js';
import type { Server } from '../server.js';

const FORMATS = [
  {
    label: 'HTML page',
    description: 'summary, graph, roster, decisions, step cards; prints well',
    format: 'html',
    ending: 'html',
  },
  { label: 'SVG picture', description: 'the decision graph', format: 'svg', ending: 'svg' },
  {
    label: 'Mermaid text',
    description: 'the decision graph, for wikis and Markdown',
    format: 'mermaid',
    ending: 'mmd',
  },
] as const;

export async function exportPlaybook(server: Server): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) {
    vscode.window.showInformationMessage('Open a playbook first: the one in the editor is exported.');
    return;
  }
  const picked = await vscode.window.showQuickPick(FORMATS, {
    title: 'Export Playbook',
    placeHolder: 'What do you need?',
  });
  if (!picked) return;
  const { format, ending } = picked;
  const suggested = document.uri.with({
    path: `${document.uri.path.replace(/(?:\.incident-playbook)?\.ya?ml$/, '')}.${ending}`,
  });
  const target = await vscode.window.showSaveDialog({ defaultUri: suggested, filters: { [picked.label]: [ending] } });
  if (!target) return;
  const answer = await server.request<ExportParams, ExportResult>(EXPORT_REQUEST, {
    uri: document.uri.toString(),
    format,
  });
  if (answer?.text === undefined) {
    const why = answer?.fault ?? 'The language server is not running.';
    vscode.window.showErrorMessage(`Nothing was exported. ${why}`);
    return;
  }
  try {
    await vscode.workspace.fs.writeFile(target, new TextEncoder().encode(answer.text));
  } catch (error) {
    vscode.window.showErrorMessage(
      `The export could not be written: ${error instanceof Error ? error.message : error}`,
    );
    return;
  }
  const open = await vscode.window.showInformationMessage(
    `Exported to ${vscode.workspace.asRelativePath(target)}.`,
    'Open',
  );
  if (open) await vscode.env.openExternal(target);
}
