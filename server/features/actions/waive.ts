/** Waives a finding: an item under `waivers`. Who accepts the risk, why and until when is for a person to say. */
import type { Finding } from '../../check/finding.js';
import { isRule } from '../../check/structure.js';
import { formatDate } from '../../model/date.js';
import { each } from '../../model/placed.js';
import { appendItem, type TextEdit } from '../../text/top-level-items.js';
import { writeScalar } from '../../text/write-scalar.js';
import { configurationFor } from '../../workspace/configuration.js';
import { idsFor } from '../../workspace/definitions.js';
import type { Reader } from '../../workspace/fact.js';
import { playbookOf, treeOf } from '../../workspace/files.js';
import { todayOf } from '../../workspace/snapshot.js';
import { toldRole } from '../told-role.js';
import type { CodeAction, WaiverQuestion } from './action.js';

const SECONDS_PER_DAY = 86_400;
const USUAL_DAYS = 180;

export interface Waiver {
  readonly rule: string;
  readonly at: string | null;
  readonly owner: string;
  readonly reason: string;
  /** YYYY-MM-DD */
  readonly expires: string;
}

/** Takes a finding. Gives the action that waives it; none for what cannot be waived. */
export function waive(reader: Reader, uri: string, finding: Finding): CodeAction[] {
  if (!isRule(finding.rule) || finding.rule.startsWith('waiver-')) return [];
  const question = waiverQuestion(reader, uri, finding);
  const edit = waiverEdit(reader, uri, {
    rule: finding.rule,
    at: finding.at,
    owner: question.accountable ?? 'role-that-accepts-the-risk',
    reason: '<why it is accepted>',
    expires: question.suggestedEnd,
  });
  if (!edit) return [];
  const title = `Waive this finding (${finding.rule})…`;
  return [{ title, kind: 'quickfix', finding, edits: [edit], waiver: question }];
}

function waiverQuestion(reader: Reader, uri: string, { rule, at }: Finding): WaiverQuestion {
  const today = todayOf(reader);
  const longest = Math.floor(configurationFor(reader, uri).limits.waiverLength / SECONDS_PER_DAY);
  return {
    rule,
    at,
    roles: idsFor(reader, uri, 'roles').map((id) => ({ id, detail: toldRole(reader, uri, id) })),
    accountable: each(playbookOf(reader, uri)?.value.accountable)[0]?.value ?? null,
    today: formatDate(today),
    suggestedEnd: formatDate(today + Math.min(USUAL_DAYS, longest)),
    lastEnd: formatDate(today + longest),
  };
}

/** Takes a playbook and a waiver. Gives the edit that writes it down; undefined where the list of waivers stands in braces. */
export function waiverEdit(
  reader: Reader,
  uri: string,
  { rule, at, owner, reason, expires }: Waiver,
): TextEdit | undefined {
  const tree = treeOf(reader, uri);
  if (!tree || !playbookOf(reader, uri)) return undefined;
  return appendItem(tree, 'waivers', [
    `- rule: ${writeScalar(rule)}`,
    ...(at === null ? [] : [`  at: ${writeScalar(at)}`]),
    `  owner: ${writeScalar(owner)}`,
    `  reason: ${writeScalar(reason)}`,
    `  expires: ${expires}`,
  ]);
}
