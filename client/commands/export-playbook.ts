/** The command Export Playbook…: writes a playbook as an HTML page, or its graph as SVG, PNG or Mermaid text. */
import * as vscode from 'vscode';
import { EXPORT_REQUEST, type ExportParams, type ExportResult } from '../../server/lsp/messages.js';
import { rasterNote, type Size } from '../../server/render/raster.js';
import type { GraphPanels } from '../graph/panels.js';
import type { Server } from '../server.js';

const FORMATS = [
  {
    label: 'HTML page',
    description: 'summary, graph, roster, decisions, step cards; prints well',
    format: 'html',
    ending: 'html',
  },
  { label: 'SVG picture', description: 'the decision graph, sharp at every size', format: 'svg', ending: 'svg' },
  { label: 'PNG picture', description: 'the decision graph, for chats and slides', format: 'png', ending: 'png' },
  {
    label: 'Mermaid text',
    description: 'the decision graph, for wikis and Markdown',
    format: 'mermaid',
    ending: 'mmd',
  },
] as const;

/** Takes the playbook; without one, the one in the editor is meant. Asks for the format and the place. */
export async function exportPlaybook(
  server: Server,
  panels: GraphPanels,
  chosen: vscode.Uri | undefined,
): Promise<void> {
  const playbook = chosen ?? vscode.window.activeTextEditor?.document.uri;
  if (!playbook) {
    vscode.window.showInformationMessage('Open a playbook first: the one in the editor is exported.');
    return;
  }
  const picked = await vscode.window.showQuickPick(FORMATS, {
    title: 'Export Playbook',
    placeHolder: 'What do you need?',
  });
  if (!picked) return;
  const { format, ending } = picked;
  const suggested = playbook.with({
    path: `${playbook.path.replace(/(?:\.incident-playbook)?\.ya?ml$/, '')}.${ending}`,
  });
  const target = await vscode.window.showSaveDialog({ defaultUri: suggested, filters: { [picked.label]: [ending] } });
  if (!target) return;
  const answer = await server.request<ExportParams, ExportResult>(EXPORT_REQUEST, {
    uri: playbook.toString(),
    format,
  });
  if (answer?.text === undefined) {
    const why = answer?.fault ?? 'The language server is not running.';
    vscode.window.showErrorMessage(`Nothing was exported. ${why}`);
    return;
  }
  const content =
    format === 'png' ? await panels.rasterize(playbook, answer.text) : new TextEncoder().encode(answer.text);
  if (!content) {
    vscode.window.showErrorMessage('The picture could not be drawn as PNG. SVG shows the same.');
    return;
  }
  try {
    await vscode.workspace.fs.writeFile(target, content);
  } catch (error) {
    vscode.window.showErrorMessage(
      `The export could not be written: ${error instanceof Error ? error.message : error}`,
    );
    return;
  }
  const note = format === 'png' ? rasterNote(sizeOf(answer.text)) : undefined;
  const told = `Exported to ${vscode.workspace.asRelativePath(target)}.`;
  const open = note
    ? await vscode.window.showWarningMessage(`${told} ${note}`, 'Open')
    : await vscode.window.showInformationMessage(told, 'Open');
  if (open) await vscode.env.openExternal(target);
}

function sizeOf(svg: string): Size {
  const [, width, height] = /<svg [^>]*?\bwidth="([\d.]+)" height="([\d.]+)"/.exec(svg) ?? [];
  return { width: Number(width ?? 1), height: Number(height ?? 1) };
}
