/**
 * Formats a file by small edits to blanks, and to nothing else: what is written is never written anew, so comments, anchors,
 * quotes, block styles and meaning stay. The indentation is left to whoever wrote it.
 */
import type { Node } from '../text/node.js';
import type { Span } from '../text/place.js';
import { type Stretch, scalarStretches } from '../text/scalar-stretches.js';
import type { Reader } from '../workspace/fact.js';
import { statusOf, treeOf } from '../workspace/files.js';
import { textOf } from '../workspace/snapshot.js';

export interface FormatEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * The edits that format a file: no blanks at the end of a line, one empty line at most, blanks inside braces and behind commas
 * as they are usual, one line break at the end. Blanks are those that YAML knows, spaces and tabs, and none that is part of
 * a value. None where the file has syntax errors.
 */
export function formatEdits(reader: Reader, uri: string): FormatEdit[] {
  const text = textOf(reader, uri);
  const tree = treeOf(reader, uri);
  if (text === undefined || !tree?.root || tree.problems.length > 0 || statusOf(reader, uri).kind === 'foreign')
    return [];
  const scalars = scalarStretches(text);
  const nodes = [...nodesIn(tree.root)].map((node) => ({ node, span: tree.spanOf(node.place) }));
  const edits = [...inLines(text, scalars, uri), ...nodes.flatMap(({ node, span }) => inFlow(text, node, span))];
  const isOutside = outsideOf(scalars);
  return withoutOverlap(
    edits.filter(({ span, text: next }) => text.slice(span.start, span.end) !== next && isOutside(span)),
  );
}

/** Tells of a span whether it touches none of some stretches, which are in the order of the text. */
function outsideOf(stretches: readonly Stretch[]): (span: Stretch) => boolean {
  return ({ start, end }) => {
    let low = 0;
    let high = stretches.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((stretches[middle]?.end ?? 0) <= start) low = middle + 1;
      else high = middle;
    }
    const next = stretches[low];
    return next === undefined || end <= next.start;
  };
}

function* nodesIn(node: Node): Iterable<Node> {
  yield node;
  if (node.kind === 'sequence') for (const item of node.items) yield* nodesIn(item);
  if (node.kind === 'map') {
    for (const { key, value } of node.pairs.values()) {
      yield key;
      yield* nodesIn(value);
    }
  }
}

function* inLines(text: string, scalars: readonly Stretch[], uri: string): Iterable<FormatEdit> {
  const edit = (start: number, end: number, next = ''): FormatEdit => ({ span: { uri, start, end }, text: next });
  const isOutside = outsideOf(scalars);
  const lastScalar = scalars.at(-1);
  const last = Math.max(endWithoutBlanks(text, text.length, ' \t\r\n'), lastScalar?.end ?? 0);
  let isBehindBlank = false;
  for (let start = 0; start < last; ) {
    const newline = text.indexOf('\n', start);
    const next = newline === -1 ? text.length : newline + 1;
    const end = endWithoutBlanks(text, next, '\r\n');
    const trimmed = Math.max(endWithoutBlanks(text, end, ' \t'), start);
    const isBlank = trimmed === start && newline !== -1 && isOutside({ start, end: next });
    if (isBlank && isBehindBlank) yield edit(start, next);
    else if (trimmed < Math.min(end, last)) yield edit(trimmed, end);
    isBehindBlank = isBlank;
    start = next;
  }
  // Without a line break at its very end a block scalar says something else to some readers than with one.
  const isBlockAtEnd = lastScalar?.end === text.length && /[|>]/.test(text[lastScalar.start] ?? '');
  if (last === 0 || isBlockAtEnd) return;
  yield edit(last, text.length, text[last - 1] === '\n' ? '' : text.includes('\r\n') ? '\r\n' : '\n');
}

/** Where a stretch of a text up to some offset ends without some signs. */
function endWithoutBlanks(text: string, end: number, blanks: string): number {
  let at = end;
  while (at > 0 && blanks.includes(text[at - 1] ?? '')) at--;
  return at;
}

/** Blanks inside `{ a: b, c: d }` and `[a, b]` on one line. */
function inFlow(text: string, node: Node, span: Span): FormatEdit[] {
  const source = text.slice(span.start, span.end);
  const isFlow = node.kind !== 'scalar' && /^[[{]/.test(source) && /[\]}]$/.test(source);
  if (!isFlow || /[\n#]/.test(source)) return [];
  const edits: FormatEdit[] = [];
  const { uri } = span;
  let quote: string | undefined;
  for (let at = 0; at < source.length; at++) {
    const sign = source[at] ?? '';
    if (quote) {
      if (sign === '\\' && quote === '"') at++;
      else if (sign === quote) quote = undefined;
    } else if ((sign === '"' || sign === "'") && /[\s,:[{]/.test(source[at - 1] ?? ' ')) {
      quote = sign;
    } else if (/[,{[\]}]/.test(sign)) {
      const before = /[ \t]*$/.exec(source.slice(0, at))?.[0].length ?? 0;
      const after = /^[ \t]*/.exec(source.slice(at + 1))?.[0].length ?? 0;
      const next = source[at + 1 + after];
      const previous = source[at - before - 1];
      const start = span.start + at;
      const isEmpty = (sign === '{' && next === '}') || (sign === '}' && previous === '{');
      if (sign === ',' || sign === ']' || sign === '}') {
        const gap = sign === '}' && !isEmpty && previous !== ',' ? ' ' : '';
        if (previous !== ',') edits.push({ span: { uri, start: start - before, end: start }, text: gap });
      }
      if (sign === ',' || sign === '{' || sign === '[') {
        const gap = sign === '[' || isEmpty || (sign === ',' && next === ']') ? '' : ' ';
        if (next !== undefined) edits.push({ span: { uri, start: start + 1, end: start + 1 + after }, text: gap });
      }
    }
  }
  return edits;
}

/** Inner and outer collections see the same blanks: each edit counts once, the first of those that touch. */
function withoutOverlap(edits: readonly FormatEdit[]): FormatEdit[] {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const kept: FormatEdit[] = [];
  for (const edit of sorted) {
    const before = kept.at(-1);
    const touches =
      before &&
      (edit.span.start < before.span.end ||
        (edit.span.start === before.span.start && edit.span.end === before.span.end));
    if (!touches) kept.push(edit);
  }
  return kept;
}
