/**
 * Where in the structure of a YAML text an offset is, by lines and indentation alone, so that it is known in a line that is
 * half typed, where no reader can build a tree yet.
 */

export interface YamlContext {
  /** The keys and list items (`[]`) around the cursor, from the top of the file. */
  readonly path: readonly string[];
  /** Whether a key is being typed, or a value; an item of a list can become either. */
  readonly position: 'key' | 'value' | 'item';
  /** The keys that the same map has already. */
  readonly siblings: ReadonlySet<string>;
  /** What has been typed of it. */
  readonly prefix: string;
  /** The offset at which that begins. */
  readonly from: number;
  readonly isInFlow: boolean;
  /** The column of the keys of the map. */
  readonly column: number;
  /** Whether a colon already stands behind what is typed. */
  readonly hasColon: boolean;
  /** Whether what is typed stands right behind a colon or a dash, which mean nothing to YAML without a blank. */
  readonly lacksBlank: boolean;
}

interface Line {
  readonly start: number;
  /** The columns of the dashes before the content. */
  readonly dashes: readonly number[];
  /** The column of the content. */
  readonly column: number;
  readonly content: string;
  readonly key: string | undefined;
  /** What follows the key's colon. */
  readonly value: string;
}

const BLOCK_SCALAR = /^[|>][+-]?\d*[+-]?[ \t]*(?:#.*)?$/;
const KEY = /^(?:"([^"\\]*)"|'([^']*)'|([^\s#'"[\]{},&*!|>%@`][^:#]*?))[ \t]*:(?=[ \t]|$)/;

/** More lines than this above the cursor are not looked at. */
const MAX_LINES = 20_000;

/** A dash, or a key and its colon, up to the place where the blank behind it is missing. */
const BEFORE_MISSING_BLANK = /^ *(?:- +)*(?:-(?=[A-Za-z]|$)|[\w-]+:(?=[^\s:/]|$))/;

/** Takes a text and an offset in it. Gives where that is; undefined inside prose, a comment, or a quoted text. */
export function yamlContextAt(text: string, offset: number): YamlContext | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/(?:^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, ''))) return undefined;
  const blank = lineStart + (BEFORE_MISSING_BLANK.exec(before)?.[0].length ?? Number.NaN);
  if (blank <= offset) {
    const context = yamlContextAt(`${text.slice(0, blank)} ${text.slice(blank)}`, offset + 1);
    // Only what begins where the blank is missing can bring it.
    return context && context.from === blank + 1
      ? { ...context, from: blank, lacksBlank: true }
      : context && { ...context, from: context.from - 1 };
  }
  const current = lineAt(text, lineStart, offset);
  const lines = linesAbove(text, lineStart);

  const outer = enclosing(current, lines);
  if (!outer) return undefined;
  const restOfLine = text.slice(offset, endOfLine(text, offset));

  // A flow collection that was opened on a line above goes on here.
  const opened = outer.openFlow ?? (current.key !== undefined && /^[[{]/.test(current.value) ? current : undefined);
  if (opened) {
    const valueStart = opened.start + text.slice(opened.start).indexOf(opened.value, opened.column);
    return flowContext(text, valueStart, offset, [...outer.pathOf(opened), opened.key ?? ''], restOfLine);
  }
  if (/^[[{]/.test(current.content)) {
    const from = lineStart + current.column;
    return flowContext(text, from, offset, outer.path, restOfLine);
  }

  if (current.key !== undefined) {
    const prefix = current.value;
    if (BLOCK_SCALAR.test(prefix)) return undefined;
    return {
      path: [...outer.path, current.key],
      position: 'value',
      siblings: new Set(),
      prefix: prefix.replace(/^["']/, ''),
      from: offset - prefix.replace(/^["']/, '').length,
      isInFlow: false,
      column: current.column,
      hasColon: false,
      lacksBlank: false,
    };
  }
  if (/\s/.test(current.content.trim())) return undefined;
  return {
    path: outer.path,
    position: current.dashes.length > 0 ? 'item' : 'key',
    siblings: siblingsOf(text, lineStart, current.column, current.dashes.length > 0),
    prefix: current.content,
    from: offset - current.content.length,
    isInFlow: false,
    column: current.column,
    hasColon: /^[\w-]*[ \t]*:/.test(restOfLine),
    lacksBlank: false,
  };
}

function lineAt(text: string, start: number, end: number): Line {
  const line = text.slice(start, end);
  const indent = /^ */.exec(line)?.[0].length ?? 0;
  const dashes: number[] = [];
  let column = indent;
  for (let dash = /^-(?:[ ]+|$)/.exec(line.slice(column)); dash; dash = /^-(?:[ ]+|$)/.exec(line.slice(column))) {
    dashes.push(column);
    column += dash[0].length;
  }
  const content = line.slice(column).replace(/\r$/, '');
  const match = KEY.exec(content);
  const key = match ? (match[1] ?? match[2] ?? match[3]) : undefined;
  return { start, dashes, column, content, key, value: match ? content.slice(match[0].length).trimStart() : '' };
}

/** The lines above with something on them, the nearest first. */
function* linesAboveLazily(text: string, lineStart: number): Generator<Line> {
  let end = lineStart - 1;
  for (let count = 0; end >= 0 && count < MAX_LINES; count++) {
    const start = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(start, end);
    if (!/^\s*(?:#|$)/.test(line)) yield lineAt(text, start, end);
    end = start - 1;
  }
}

function linesAbove(text: string, lineStart: number): Iterable<Line> {
  return { [Symbol.iterator]: () => linesAboveLazily(text, lineStart) };
}

interface Enclosing {
  readonly path: readonly string[];
  /** The line that opened a flow collection in which the cursor is. */
  readonly openFlow: Line | undefined;
  readonly pathOf: (line: Line) => readonly string[];
}

/** Walks up to the lines that stand less deep. Undefined where one of them begins prose. */
function enclosing(current: Line, lines: Iterable<Line>): Enclosing | undefined {
  const path: string[] = [];
  let column = current.column;
  let openFlow: Line | undefined;
  const enterDashes = (line: Line): boolean => {
    for (const dash of [...line.dashes].reverse()) {
      path.unshift('[]');
      column = dash;
    }
    return line.dashes.length > 0;
  };
  let isItem = enterDashes(current);
  const own = path.length;

  for (const line of lines) {
    if (column === 0 && !isItem) break;
    const leftmost = line.dashes[0] ?? line.column;
    if (isItem ? leftmost > column : leftmost >= column && line.column !== column) continue;
    if (!isItem && line.column === column) {
      // A key of the same map; on a line with a dash it is the first one, and the dash makes the item.
      if (line.dashes.length > 0) isItem = enterDashes(line);
      continue;
    }
    if (isItem && line.dashes.includes(column)) {
      // Another item of the same list; what stands left of its dash are items around it.
      continue;
    }
    if (line.key === undefined || (isItem ? line.column > column : line.column >= column)) continue;
    if (BLOCK_SCALAR.test(line.value)) return undefined;
    if (path.length === own && /^[[{]/.test(line.value) && !isClosed(line.value)) openFlow ??= line;
    path.unshift(line.key);
    column = line.column;
    isItem = enterDashes(line);
  }
  const around = openFlow ? path.slice(0, path.length - own - 1) : path;
  return {
    path,
    openFlow,
    pathOf: (line) => (line === openFlow ? around : path),
  };
}

function isClosed(value: string): boolean {
  let depth = 0;
  for (const sign of value.replace(/"[^"]*"|'[^']*'/g, '')) {
    if (sign === '[' || sign === '{') depth++;
    if (sign === ']' || sign === '}') depth--;
  }
  return depth <= 0;
}

/** Reads a flow collection from its first bracket to the cursor. */
function flowContext(
  text: string,
  start: number,
  offset: number,
  path: readonly string[],
  restOfLine: string,
): YamlContext | undefined {
  interface Level {
    readonly isMap: boolean;
    key: string | undefined;
    readonly keys: Set<string>;
    from: number;
  }
  const levels: Level[] = [];
  let quote: string | undefined;
  for (let at = start; at < offset; at++) {
    const sign = text[at] ?? '';
    const level = levels.at(-1);
    if (quote) {
      if (sign === quote) quote = undefined;
    } else if (sign === '"' || sign === "'") {
      quote = sign;
    } else if (sign === '{' || sign === '[') {
      levels.push({ isMap: sign === '{', key: undefined, keys: new Set(), from: at + 1 });
    } else if (sign === '}' || sign === ']') {
      levels.pop();
      if (levels.length === 0) return undefined;
    } else if (level && sign === ',') {
      level.key = undefined;
      level.from = at + 1;
    } else if (level?.isMap && sign === ':' && /[\s,[\]{}]/.test(text[at + 1] ?? ' ') && level.key === undefined) {
      level.key = text
        .slice(level.from, at)
        .trim()
        .replace(/^["']|["']$/g, '');
      level.keys.add(level.key);
      level.from = at + 1;
    }
  }
  const inner = levels.at(-1);
  if (!inner || quote) return undefined;
  const inside = levels.flatMap((level, index) => [
    ...(level.isMap ? [] : ['[]']),
    ...(level.isMap && level.key !== undefined && (index < levels.length - 1 || level.key) ? [level.key] : []),
  ]);
  const prefix = text.slice(inner.from, offset).trimStart();
  const isKey = inner.isMap && inner.key === undefined;
  // The keys behind the cursor count as well.
  const later = /^[^{}[\]]*/.exec(restOfLine)?.[0] ?? '';
  for (const [, key] of later.matchAll(/(?:^|,)\s*([\w-]+)\s*:/g)) if (key) inner.keys.add(key);
  return {
    path: [...path, ...inside],
    position: isKey ? 'key' : inner.isMap ? 'value' : 'item',
    siblings: isKey ? inner.keys : new Set(),
    prefix,
    from: offset - prefix.length,
    isInFlow: true,
    column: 0,
    hasColon: /^[\w-]*[ \t]*:/.test(restOfLine),
    lacksBlank: prefix === '' && text[offset - 1] === ':',
  };
}

/** The keys of the same map above and below. */
function siblingsOf(text: string, lineStart: number, column: number, startsItem: boolean): Set<string> {
  const keys = new Set<string>();
  if (!startsItem) {
    for (const line of linesAbove(text, lineStart)) {
      if (line.column === column && line.key !== undefined) keys.add(line.key);
      if (line.column < column || (line.column === column && line.dashes.length > 0)) break;
    }
  }
  for (let start = endOfLine(text, lineStart) + 1; start < text.length; ) {
    const end = endOfLine(text, start);
    const line = lineAt(text, start, end);
    start = end + 1;
    if (/^\s*(?:#|$)/.test(line.content) && line.dashes.length === 0) continue;
    if (line.dashes.length > 0 ? (line.dashes[0] ?? 0) <= column : line.column < column) break;
    if (line.column === column && line.key !== undefined) keys.add(line.key);
  }
  return keys;
}

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
