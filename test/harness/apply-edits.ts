/** Applies edits as an editor does. */
import type { TextEdit } from '../../server/text/top-level-items.js';

/** Takes a text and edits of it, which may not overlap. Gives the text after them. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const last = [...edits].sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);
  return last.reduce((soFar, { span, text: next }, index) => {
    const behind = last[index - 1];
    if (behind && behind.span.start < span.end) throw new Error(`Edits overlap at ${span.start}.`);
    return soFar.slice(0, span.start) + next + soFar.slice(span.end);
  }, text);
}
