/**
 * Formats a file by small edits to blanks, and to nothing else: what is written is never written anew, so comments, anchors,
 * quotes, block styles and meaning stay. The indentation is left to whoever wrote it.
 */
import { lineIndex } from '../text/line-index.js';
import type { Node } from '../text/node.js';
import type { Span } from '../text/place.js';
import { yamlContextAt } from '../text/yaml-context.js';
import type { Reader } from '../workspace/fact.js';
import { statusOf, treeOf } from '../workspace/files.js';
import { textOf } from '../workspace/snapshot.js';

export interface FormatEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * Takes the URI of a file. Gives the edits that format it: no blanks at the end of a line, one empty line at most, blanks
 * inside braces and behind commas as they are usual, one line break at the end. None where the file has syntax errors.
 */
export function formatEdits(reader: Reader, uri: string): FormatEdit[] {
  const text = textOf(reader, uri);
  const tree = treeOf(reader, uri);
  if (text === undefined || !tree?.root || tree.problems.length > 0 || statusOf(reader, uri).kind === 'foreign')
    return [];
  const nodes = [...nodesIn(tree.root)].map((node) => ({ node, span: tree.spanOf(node.place) }));
  const lines = lineIndex(text);
  const kept = new Set<number>();
  for (const { node, span } of nodes) {
    if (node.kind !== 'scalar') continue;
    const first = lines.positionAt(span.start).line;
    // A block scalar ends where the next line begins, which is not its own.
    const last = lines.positionAt(Math.max(span.start, span.end - 1)).line;
    if (last > first) for (let line = first; line <= last; line++) kept.add(line);
  }
  const edits = [...inLines(text, lines, kept, uri), ...nodes.flatMap(({ node, span }) => inFlow(text, node, span))];
  return withoutOverlap(edits.filter(({ span, text: next }) => text.slice(span.start, span.end) !== next));
}

/** Takes a file and the offset behind a blank that was just typed. A new item in the steps starts with its id. */
export function editsOnType(reader: Reader, uri: string, offset: number): FormatEdit[] {
  const text = textOf(reader, uri);
  if (text === undefined || statusOf(reader, uri).kind !== 'playbook') return [];
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const lineEnd = text.indexOf('\n', offset);
  const rest = text.slice(offset, lineEnd === -1 ? text.length : lineEnd);
  if (!/^ *- $/.test(text.slice(lineStart, offset)) || rest.trim() !== '') return [];
  const context = yamlContextAt(text, offset);
  const isStep = context?.path.join('.') === 'steps.[]' && !context.siblings.has('id');
  return isStep ? [{ span: { uri, start: offset, end: offset }, text: 'id: ' }] : [];
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

function* inLines(
  text: string,
  lines: ReturnType<typeof lineIndex>,
  kept: ReadonlySet<number>,
  uri: string,
): Iterable<FormatEdit> {
  const startOf = (line: number) => lines.offsetAt({ line, character: 0 });
  const isBlank = (line: number) => !kept.has(line) && lines.lineText(line).trim() === '';
  let last = lines.lineCount - 1;
  while (last > 0 && isBlank(last)) last--;
  for (let line = 0; line <= last; line++) {
    if (kept.has(line)) continue;
    const content = lines.lineText(line);
    const trimmed = content.trimEnd();
    if (isBlank(line) && line > 0 && isBlank(line - 1)) {
      yield { span: { uri, start: startOf(line), end: startOf(line + 1) }, text: '' };
    } else if (trimmed.length < content.length) {
      yield { span: { uri, start: startOf(line) + trimmed.length, end: startOf(line) + content.length }, text: '' };
    }
  }
  if (kept.has(last)) return;
  const end = startOf(last) + lines.lineText(last).trimEnd().length;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  if (end > 0) yield { span: { uri, start: end, end: text.length }, text: newline };
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
