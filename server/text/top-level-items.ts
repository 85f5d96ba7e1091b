/** The items of a top-level list or map as text, with the comments that belong to them: to add one, to move, to take out. */
import type { Node } from './node.js';
import type { Span } from './place.js';
import type { Tree } from './tree.js';

/** Puts a text in the place of another part of a file; where the span is empty, the text is inserted. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * Takes items of one top-level list or map of a tree: the items of a list, or the keys of a map. Gives where each stands
 * as whole lines: with the comments right above it, without blank lines behind it. Undefined where an item has no lines of
 * its own, as in braces.
 */
export function itemSpans(tree: Tree, items: readonly Node[]): Span[] | undefined {
  const kinds = new Map(tree.parts.map(({ kind, parsed }) => [parsed.piece, kind]));
  const spans = items.map(({ place: { piece } }) => {
    if (kinds.get(piece) !== 'item') return undefined;
    const { start, end } = tree.spanOf({ piece, start: 0, end: piece.text.length });
    return { uri: tree.uri, start: startWithComments(tree.text, start), end: contentEnd(tree.text, start, end) };
  });
  const found = spans.filter((span) => span !== undefined);
  const isWhole = found.length === items.length && new Set(found.map(({ start }) => start)).size === found.length;
  return isWhole ? found : undefined;
}

/** Comments right above an item, at its own indentation: deeper ones may be text of the item before. */
function startWithComments(text: string, start: number): number {
  const indent = indentAt(text, start);
  let first = start;
  while (first > 0) {
    const above = text.lastIndexOf('\n', first - 2) + 1;
    if (!text.startsWith('#', above + indentAt(text, above)) || indentAt(text, above) > indent) break;
    first = above;
  }
  return first;
}

/** The end of the last line that says something: blank lines and the comments of the next item are not part of an item. */
function contentEnd(text: string, start: number, end: number): number {
  const indent = indentAt(text, start);
  let last = end;
  while (last > start) {
    const line = text.lastIndexOf('\n', last - 2) + 1;
    const isComment = text[line + indentAt(text, line)] === '#' && indentAt(text, line) <= indent;
    if (line <= start || !(isComment || text.slice(line, last).trim() === '')) break;
    last = line;
  }
  return last;
}

/** Where the document ends: a line of dots may follow, behind which nothing is read. */
function documentEnd({ parts, starts, text }: Tree): number {
  const last = parts.at(-1);
  return last ? (starts.at(-1) ?? 0) + last.parsed.piece.text.length : text.length;
}

function indentAt(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === ' ') at++;
  return at - lineStart;
}

/**
 * Takes a tree, a top-level key and the lines of an item, the first without indentation. Gives the edit that adds the item
 * behind the last one, under a key of its own where the file has none. Undefined where the value stands in braces.
 */
export function appendItem(tree: Tree, key: string, lines: readonly string[]): TextEdit | undefined {
  const { uri, text } = tree;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const written = (indent: string) => lines.map((line) => indent + line + newline).join('');
  const insert = (at: number, added: string): TextEdit => {
    const gap = at > 0 && text[at - 1] !== '\n' ? newline : '';
    return { span: { uri, start: at, end: at }, text: gap + added };
  };
  const pair = tree.root?.pairs.get(key);
  if (!pair) return insert(documentEnd(tree), `${text.trim() === '' ? '' : newline}${key}:${newline}${written('  ')}`);
  const { value } = pair;
  if (value.kind === 'scalar') {
    if (value.value !== null || value.source !== '') return undefined;
    const lineEnd = text.indexOf('\n', tree.spanOf(pair.key.place).end);
    return insert(lineEnd === -1 ? text.length : lineEnd + 1, written('  '));
  }
  const items = value.kind === 'map' ? [...value.pairs.values()].map((item) => item.key) : value.items;
  const spans = itemSpans(tree, items);
  const [last, before] = [spans?.at(-1), spans?.at(-2)];
  if (!last) return undefined;
  const isSpaced = before !== undefined && /^[ \t\r]*\n/.test(text.slice(before.end, last.start));
  const first = items.at(-1)?.place.piece.text ?? '';
  return insert(last.end, `${isSpaced ? newline : ''}${written(' '.repeat(indentAt(first, 0)))}`);
}
