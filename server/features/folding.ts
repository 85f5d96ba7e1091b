/** What can be folded: steps, options, definitions, lists, and runs of comments. */
import { lineIndex } from '../text/line-index.js';
import type { Node } from '../text/node.js';
import type { Reader } from '../workspace/fact.js';
import { treeOf } from '../workspace/files.js';
import { textOf } from '../workspace/snapshot.js';

export interface Folding {
  /** Lines, from 0. */
  readonly start: number;
  readonly end: number;
  readonly isComment: boolean;
}

/** Takes the URI of a file. Gives what can be folded, the outer before the inner. */
export function foldingsOf(reader: Reader, uri: string): Folding[] {
  const text = textOf(reader, uri);
  const tree = treeOf(reader, uri);
  if (text === undefined || !tree) return [];
  const lines = lineIndex(text);
  const found = new Map<number, Folding>();
  const add = (start: number, end: number) => {
    // Empty lines behind something do not belong to it.
    let last = end;
    while (last > start && lines.lineText(last).trim() === '') last--;
    if (last > start && (found.get(start)?.end ?? -1) < last) found.set(start, { start, end: last, isComment: false });
  };
  const lineOf = (offset: number) => lines.positionAt(offset).line;
  const endOf = (node: Node): number => {
    const own = tree.spanOf(node.place).end;
    if (node.kind === 'scalar') return own;
    const inside = node.kind === 'map' ? [...node.pairs.values()].map(({ value }) => value) : node.items;
    const last = inside.at(-1);
    return last ? Math.max(own, endOf(last)) : own;
  };
  const visit = (node: Node) => {
    if (node.kind === 'sequence') {
      for (const item of node.items) {
        add(lineOf(tree.spanOf(item.place).start), lineOf(Math.max(endOf(item) - 1, 0)));
        visit(item);
      }
    } else if (node.kind === 'map') {
      for (const { key, value } of node.pairs.values()) {
        add(lineOf(tree.spanOf(key.place).start), lineOf(Math.max(endOf(value) - 1, 0)));
        visit(value);
      }
    }
  };
  if (tree.root) visit(tree.root);
  return [...found.values(), ...comments(lines.lineCount, (line) => lines.lineText(line))].sort(
    (a, b) => a.start - b.start,
  );
}

function comments(count: number, lineText: (line: number) => string): Folding[] {
  const found: Folding[] = [];
  for (let line = 0; line < count; line++) {
    if (!/^\s*#/.test(lineText(line))) continue;
    const start = line;
    while (line + 1 < count && /^\s*#/.test(lineText(line + 1))) line++;
    if (line > start) found.push({ start, end: line, isComment: true });
  }
  return found;
}
