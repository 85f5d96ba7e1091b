/** The command behind "Waive this finding…": asks who accepts the risk, why and until when, and writes it into the playbook. */
import * as vscode from 'vscode';
import { WAIVE_REQUEST, type WaiveParams, type WaiveResult, type WaiverQuestion } from '../../server/lsp/messages.js';
import { parseDate } from '../../server/model/date.js';
import { applyEdits } from '../apply-edits.js';
import type { Server } from '../server.js';

const STEPS = 3;

export async function waiveFinding(server: Server, uri: string, question: WaiverQuestion): Promise<void> {
  const { rule, at } = question;
  const title = `Waive ${rule}${at === null ? '' : ` at ${at}`}`;
  const owner = await askOwner(title, question);
  if (owner === undefined) return;
  const reason = await vscode.window.showInputBox({
    title: `${title} (2 of ${STEPS})`,
    prompt: 'Why is the risk accepted? A person who was not there must be able to follow it.',
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' ? 'A waiver without a reason does not hold.' : undefined),
  });
  if (reason === undefined) return;
  const expires = await vscode.window.showInputBox({
    title: `${title} (3 of ${STEPS})`,
    prompt: `Until when? The last day on which it holds, ${question.lastEnd} at the latest.`,
    value: question.suggestedEnd,
    ignoreFocusOut: true,
    validateInput: (text) => faultOfEnd(text.trim(), question),
  });
  if (expires === undefined) return;
  const waiver = { rule, at, owner, reason: reason.trim(), expires: expires.trim() };
  const edits = await server.request<WaiveParams, WaiveResult>(WAIVE_REQUEST, { uri, waiver });
  if (!edits) {
    const why =
      edits === null ? 'Write the list "waivers" with a dash for each item.' : 'The language server is not running.';
    vscode.window.showErrorMessage(`The waiver was not written. ${why}`);
    return;
  }
  if (!(await applyEdits(vscode.Uri.parse(uri), edits))) {
    vscode.window.showErrorMessage('The waiver was not written, because the playbook cannot be changed.');
  }
}

async function askOwner(title: string, { roles, accountable }: WaiverQuestion): Promise<string | undefined> {
  const items = roles.map(({ id, detail }) => ({
    label: id,
    description: id === accountable ? `${detail} · answers for this playbook` : detail,
  }));
  items.sort((a, b) => Number(b.label === accountable) - Number(a.label === accountable));
  const options = { title: `${title} (1 of ${STEPS})`, ignoreFocusOut: true };
  if (items.length === 0) {
    return vscode.window.showInputBox({ ...options, prompt: 'Which role accepts the risk?' });
  }
  const placeHolder = 'Which role accepts the risk?';
  return (await vscode.window.showQuickPick(items, { ...options, placeHolder, matchOnDescription: true }))?.label;
}

function faultOfEnd(text: string, { today, lastEnd }: WaiverQuestion): string | undefined {
  if (parseDate(text) === undefined) return 'Write a day of the calendar as YYYY-MM-DD.';
  // Dates in this form are in the order of their letters.
  if (text < today) return 'This day has passed.';
  return text > lastEnd ? `A waiver may not hold beyond ${lastEnd}.` : undefined;
}
