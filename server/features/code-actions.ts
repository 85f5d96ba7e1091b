/** What can be done about a finding: its fixes, a waiver, all fixes of a kind. */
import { inspect } from '../check/check.js';
import type { Finding, FindingFix } from '../check/finding.js';
import { isRule } from '../check/structure.js';
import { formatDate } from '../model/date.js';
import { each } from '../model/placed.js';
import type { Span } from '../text/place.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { textOf, todayOf } from '../workspace/snapshot.js';

export interface CodeAction {
  readonly title: string;
  readonly kind: 'quickfix' | 'source.fixAll';
  /** The finding that it is for; undefined for all of a file. */
  readonly finding: Finding | undefined;
  readonly isPreferred: boolean;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** Takes a file and a range in it. Gives what can be done about the findings there, and about all of the file. */
export function codeActionsAt(reader: Reader, uri: string, start: number, end: number): CodeAction[] {
  const { findings } = inspect(reader, uri);
  const here = findings.filter(({ span, waived }) => !waived && span.start <= end && start <= span.end);
  return [
    ...here.flatMap((finding) => finding.fixes.map((fix) => actionOf(finding, fix))),
    ...here.flatMap((finding) => sameKind(findings, finding)),
    ...here.flatMap((finding) => waive(reader, uri, finding)),
    ...fixAll(findings),
  ];
}

function actionOf(finding: Finding, { title, isSafe, edits }: FindingFix): CodeAction {
  return { title, kind: 'quickfix', finding, isPreferred: isSafe, edits };
}

/** One action for all findings of the same rule that have a safe fix. */
function sameKind(findings: readonly Finding[], finding: Finding): CodeAction[] {
  const edits = safeEdits(findings.filter(({ rule }) => rule === finding.rule));
  const count = findings.filter(
    ({ rule, fixes }) => rule === finding.rule && fixes.some(({ isSafe }) => isSafe),
  ).length;
  if (count < 2) return [];
  return [
    { title: `Fix all ${count} findings of ${finding.rule}`, kind: 'quickfix', finding, isPreferred: false, edits },
  ];
}

function fixAll(findings: readonly Finding[]): CodeAction[] {
  const edits = safeEdits(findings);
  if (edits.length === 0) return [];
  return [{ title: 'Apply all safe fixes', kind: 'source.fixAll', finding: undefined, isPreferred: false, edits }];
}

/** The edits of all safe fixes; of those that touch the same place, the first. */
function safeEdits(findings: readonly Finding[]): CodeAction['edits'] {
  const edits: { span: Span; text: string }[] = [];
  for (const { fixes, waived } of findings) {
    const safe = waived ? undefined : fixes.find(({ isSafe }) => isSafe);
    const clashes = safe?.edits.some(({ span }) =>
      edits.some((other) => span.start <= other.span.end && other.span.start <= span.end),
    );
    if (safe && !clashes) edits.push(...safe.edits);
  }
  return edits;
}

/** A waiver at the end of the playbook. Who accepts the risk, why and until when is for a person to say. */
function waive(reader: Reader, uri: string, finding: Finding): CodeAction[] {
  const playbook = playbookOf(reader, uri)?.value;
  const tree = treeOf(reader, uri);
  const text = textOf(reader, uri);
  if (!playbook || !tree || text === undefined || !isRule(finding.rule) || finding.rule.startsWith('waiver-'))
    return [];
  const owner = each(playbook.accountable)[0]?.value ?? 'role-that-accepts-the-risk';
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const pair = tree.root?.pairs.get('waivers');
  const last = playbook.waivers?.items.at(-1)?.node;
  // A list in braces, or one that is empty, is left to whoever wrote it.
  if (pair && !last?.place.piece.text.trimStart().startsWith('-')) return [];
  const indent = last ? (/^ */.exec(last.place.piece.text)?.[0] ?? '') : '  ';
  const lines = [
    `- rule: ${finding.rule}`,
    ...(finding.at === null ? [] : [`  at: ${finding.at}`]),
    `  owner: ${owner}`,
    '  reason: <why it is accepted>',
    `  expires: ${formatDate(todayOf(reader) + 180)}`,
  ].map((line) => indent + line + newline);
  const end = last
    ? endOfPiece(tree.spanOf({ piece: last.place.piece, start: 0, end: last.place.piece.text.length }).end, text)
    : text.length;
  const gap = end > 0 && text[end - 1] !== '\n' ? newline : '';
  const head = last ? '' : `${newline}waivers:${newline}`;
  return [
    {
      title: `Waive this finding (${finding.rule})…`,
      kind: 'quickfix',
      finding,
      isPreferred: false,
      edits: [{ span: { uri, start: end, end }, text: `${gap}${head}${lines.join('')}` }],
    },
  ];
}

/** The end of the last line of a piece that has something on it. */
function endOfPiece(end: number, text: string): number {
  const trimmed = text.slice(0, end).trimEnd().length;
  const newline = text.indexOf('\n', trimmed);
  return newline === -1 ? text.length : newline + 1;
}
