/** The command Export Crisis Binder…: asks which playbooks, in which form and where to, and writes the binder. */
import * as vscode from 'vscode';
import {
  BINDER_PROGRESS,
  BINDER_REQUEST,
  type BinderParams,
  type BinderProgress,
  type BinderResult,
  PLAYBOOKS_REQUEST,
  type PlaybooksResult,
} from '../../server/lsp/messages.js';
import type { Server } from '../server.js';

const FORMATS = [
  { label: 'PDF', description: 'to be printed: page references, log pages, signatures', format: 'pdf', ending: 'pdf' },
  { label: 'One HTML file', description: 'opens anywhere without a network', format: 'html', ending: 'html' },
  { label: 'Markdown', description: 'a folder, with the graphs as pictures', format: 'markdown', ending: '' },
] as const;

const PEOPLE = [
  { label: 'With people', description: 'names, numbers and addresses: for the house', withPeople: true },
  { label: 'Without people', description: 'for copies that leave the house', withPeople: false },
] as const;

export async function exportBinder(server: Server): Promise<void> {
  const uris = await choosePlaybooks(server);
  if (uris === undefined) return;
  const title = 'Export Crisis Binder';
  const chosen = await vscode.window.showQuickPick(FORMATS, { title, placeHolder: 'In which form?' });
  if (!chosen) return;
  const people = await vscode.window.showQuickPick(PEOPLE, { title, placeHolder: 'Who will read it?' });
  if (!people) return;
  const target = await chooseTarget(vscode.Uri.parse(uris[0] ?? ''), chosen);
  if (!target) return;
  const params = { uris, format: chosen.format, withPeople: people.withPeople };
  const answer = await make(server, params);
  if (!answer?.files) {
    vscode.window.showErrorMessage(`No binder was written. ${answer?.fault ?? 'The language server is not running.'}`);
    return;
  }
  try {
    for (const { name, content } of answer.files) {
      const place = chosen.format === 'markdown' ? vscode.Uri.joinPath(target, name) : target;
      await vscode.workspace.fs.writeFile(place, Buffer.from(content, 'base64'));
    }
  } catch (error) {
    vscode.window.showErrorMessage(
      `The binder could not be written: ${error instanceof Error ? error.message : error}`,
    );
    return;
  }
  for (const note of answer.notes ?? []) vscode.window.showWarningMessage(note);
  const open = await vscode.window.showInformationMessage(
    `The binder was written to ${vscode.workspace.asRelativePath(target)}.`,
    'Open',
  );
  const first = chosen.format === 'markdown' ? vscode.Uri.joinPath(target, 'README.md') : target;
  if (open) await vscode.env.openExternal(first);
}

async function choosePlaybooks(server: Server): Promise<string[] | undefined> {
  const known = await server.request<Record<string, never>, PlaybooksResult>(PLAYBOOKS_REQUEST, {});
  if (!known || known.length === 0) {
    vscode.window.showInformationMessage(
      'There is no playbook in this workspace, or the language server is not running.',
    );
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    known.map(({ uri, id, title }) => ({ label: title, description: id, uri, picked: true })),
    { title: 'Export Crisis Binder', placeHolder: 'Which playbooks?', canPickMany: true, matchOnDescription: true },
  );
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ uri }) => uri);
}

async function chooseTarget(
  playbook: vscode.Uri,
  { format, label, ending }: (typeof FORMATS)[number],
): Promise<vscode.Uri | undefined> {
  const folder = vscode.workspace.getWorkspaceFolder(playbook)?.uri ?? vscode.Uri.joinPath(playbook, '..');
  if (format !== 'markdown') {
    const defaultUri = vscode.Uri.joinPath(folder, `crisis-binder.${ending}`);
    return vscode.window.showSaveDialog({ defaultUri, filters: { [label]: [ending] } });
  }
  const picked = await vscode.window.showOpenDialog({
    defaultUri: folder,
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: 'Write the Binder Here',
  });
  return picked?.[0] && vscode.Uri.joinPath(picked[0], 'crisis-binder');
}

async function make(server: Server, params: BinderParams): Promise<BinderResult | undefined> {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Crisis binder', cancellable: true };
  return vscode.window.withProgress(options, async (progress, token) => {
    const told = server.onNotification<BinderProgress>(BINDER_PROGRESS, ({ done, all }) =>
      progress.report({ message: `${done} of ${all} playbooks`, increment: 100 / all }),
    );
    try {
      return await server.request<BinderParams, BinderResult>(BINDER_REQUEST, params, token);
    } finally {
      told?.dispose();
    }
  });
}
