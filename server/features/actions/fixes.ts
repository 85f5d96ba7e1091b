/** The fixes that rules offer: one by one, all of a kind, all that are safe. */
import type { Finding } from '../../check/finding.js';
import type { TextEdit } from '../../text/top-level-items.js';
import type { CodeAction } from './action.js';

/** Takes a finding and all of its file. Gives its own fixes, and one for all findings of the same rule. */
export function fixesFor(finding: Finding, all: readonly Finding[]): CodeAction[] {
  const own = finding.fixes.map(
    ({ title, isSafe, edits }): CodeAction => ({ title, kind: 'quickfix', finding, isPreferred: isSafe, edits }),
  );
  const same = all.filter(({ rule, fixes }) => rule === finding.rule && fixes.some(({ isSafe }) => isSafe));
  if (same.length < 2) return own;
  const title = `Fix all ${same.length} findings of ${finding.rule}`;
  return [...own, { title, kind: 'quickfix', finding, edits: safeEdits(same) }];
}

/** Takes the findings of a file. Gives the action that applies all safe fixes. */
export function fixAll(findings: readonly Finding[]): CodeAction[] {
  const edits = safeEdits(findings);
  return edits.length === 0 ? [] : [{ title: 'Apply all safe fixes', kind: 'source.fixAll', edits }];
}

/** The edits of all safe fixes; of those that touch the same place, the first. */
function safeEdits(findings: readonly Finding[]): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const { fixes, waived } of findings) {
    const safe = waived ? undefined : fixes.find(({ isSafe }) => isSafe);
    const clashes = safe?.edits.some(({ span }) =>
      edits.some((other) => span.start <= other.span.end && other.span.start <= span.end),
    );
    if (safe && !clashes) edits.push(...safe.edits);
  }
  return edits;
}
