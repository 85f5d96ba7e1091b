/**
 * What is wrong with a line of YAML for whoever wrote it. `yaml` says where it could not go on, which is often the line behind
 * the mistake, and in the words of its grammar; most mistakes are seen in the lines around that place.
 */

export interface Mistake {
  readonly start: number;
  readonly end: number;
  /** What is wrong and a way out that mends it. */
  readonly message: string;
}

interface Line {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** How many spaces it begins with. */
  readonly indent: number;
  readonly content: string;
}

const KEY = /^(?:"[^"]*"|'[^']*'|[\w.-]+):(?=[ \t]|$)/;
const ITEM = /^-(?=[ \t]|$)/;
const BLOCK_HEADER = /(?:^|[ \t])([|>])([+-]?\d?|\d[+-])(?:[ \t]+#.*)?$/;
const ODD_BLANK = /[^\S \t\r\n]/;

/**
 * The mistake behind a fault of `yaml`, undefined where none is seen.
 *
 * @param at where `yaml` has found the fault.
 * @param inValue whether the fault is a value that holds a key: it then began on the line of `at`, and the key may be further down.
 */
export function mistakeAt(text: string, at: number, inValue: boolean): Mistake | undefined {
  const lines = linesOf(text);
  const number = lines.findIndex(({ end }) => at <= end);
  const line = lines[number];
  if (!line) return undefined;
  const next = inValue ? keyBelow(lines, number) : undefined;
  const isAtEnd = !inValue && at >= line.start + line.text.trimEnd().length && !isIdle(line);
  const stray = isAtEnd ? lines.findIndex((one, index) => index > number && !isIdle(one)) : number;
  return (
    tabbed(line) ??
    oddBlank(line) ??
    (next && oddBlank(next)) ??
    badItem(line) ??
    (next && badItem(next)) ??
    inLine(line, at) ??
    (next && inValue && !holdsKey(line) ? tooDeep(line, next, lines) : undefined) ??
    (isAtEnd || at <= line.start + line.indent ? strayLine(lines, stray) : undefined) ??
    badColon(line)
  );
}

function linesOf(text: string): Line[] {
  let start = 0;
  return text.split('\n').map((written) => {
    const line = written.replace(/\r$/, '');
    const content = line.trimStart();
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    const made = { start, end: start + written.length, text: line, indent, content: content.trimEnd() };
    start += written.length + 1;
    return made;
  });
}

const isIdle = ({ content }: Line) => content === '' || content.startsWith('#');

/** The whole of a line without the blanks around it. */
function all({ start, indent, content }: Line, message: string): Mistake {
  return { start: start + indent, end: start + indent + Math.max(content.length, 1), message };
}

function tabbed({ start, text, content }: Line): Mistake | undefined {
  const tab = /^ *\t/.test(text) && content !== '' ? text.indexOf('\t') : -1;
  if (tab === -1) return undefined;
  return { start: start + tab, end: start + tab + 1, message: 'YAML does not allow tabs for indentation. Use spaces.' };
}

function oddBlank(line: Line): Mistake | undefined {
  const [before = '', blank] = /^([ \t]*(?:-[ \t]*)?)([^\S \t\r\n])/.exec(line.text)?.slice(1) ?? [];
  const behindColon = /^([ \t]*(?:- +)?[\w-]+:)([^\S \t\r\n])/.exec(line.text);
  const sign = blank ?? behindColon?.[2];
  if (sign === undefined) return undefined;
  const start = line.start + (blank === undefined ? (behindColon?.[1]?.length ?? 0) : before.length);
  const code = sign.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  return {
    start,
    end: start + 1,
    message: `This is a special space (U+${code}), which YAML does not read as one. Type a plain space.`,
  };
}

function badItem(line: Line): Mistake | undefined {
  const dash = /^[–—•·‣∙](?=\s)/.exec(line.content);
  if (dash) return all(line, `A list item begins with a hyphen and a space, "- ", not with "${dash[0]}".`);
  const glued = /^-([^\s-].*)$/.exec(line.content)?.[1];
  return glued === undefined
    ? undefined
    : all(line, `"-${clip(glued)}" begins no list item. Put a space after the hyphen: "- ${clip(glued)}".`);
}

/** What stands behind a value on the same line, or at its beginning. */
function inLine(line: Line, at: number): Mistake | undefined {
  const begin = /^[ \t]*(?:- +)*(?:[\w.-]+:[ \t]+)?/.exec(line.text)?.[0].length ?? 0;
  const value = line.text.slice(begin).trimEnd();
  const here = (message: string): Mistake => ({
    start: line.start + begin,
    end: line.start + begin + value.length,
    message,
  });
  if (line.start + begin > at) return undefined;
  const block = /^([|>])[+-]?\d?[ \t]*(?=[^\s#+\-\d])/.exec(value) ?? /^([|>])[+-]?\d?[ \t]+(?=[^\s#])/.exec(value);
  if (block)
    return here(
      `Nothing may follow "${block[1]}" on its line: the text begins on the next one. Move it there, or put the text in quotes.`,
    );
  const inline = /^([-?]) /.exec(value);
  if (inline && begin > line.indent)
    return here(
      `A value cannot start with "${inline[1]} " without quotes. Put the text in quotes, or begin a list on the next line.`,
    );
  if (/^[*&!]./.test(value) && !/^[&!]\S+$/.test(value))
    return here(`A text cannot start with "${value[0]}" without quotes. Put the text in quotes.`);
  if (value.startsWith('{{')) return here('A text cannot start with "{" without quotes. Put the text in quotes.');
  if (/^(?:\[[^[\]]*\]|\{[^{}]*\})[ \t]*[^\s#,:\]}]/.test(value)) {
    return here(
      `More follows after the closing bracket. A text that starts with "${value[0]}" needs quotes around all of it.`,
    );
  }
  const quoted = /^("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')(\s*)(\S.*)$/.exec(value);
  if (quoted && !/^[:,\]}]/.test(quoted[3] ?? '')) return here(behindQuote(value, quoted[2] ?? '', quoted[3] ?? ''));
  return undefined;
}

function behindQuote(value: string, gap: string, rest: string): string {
  if (rest.startsWith('#') && gap === '')
    return 'A comment needs a space before its "#". If it is part of the text, move it inside the quotes.';
  const other = value.startsWith('"') ? "'" : '"';
  const around = value.includes(other) && other === "'" ? undefined : `${other}${clip(value)}${other}`;
  return around === undefined
    ? 'The text ends at its closing quote, and more follows. Write it below a "|" instead, on a line of its own.'
    : `The text ends at its closing quote, and more follows. Put other quotes around all of it: ${around}.`;
}

/** The next line below a value that is a key or an item, before anything that is less deep. */
function keyBelow(lines: readonly Line[], number: number): Line | undefined {
  const { indent = 0 } = lines[number] ?? {};
  for (const line of lines.slice(number + 1)) {
    if (isIdle(line)) continue;
    if (line.indent <= indent && !ODD_BLANK.test(line.text[line.indent] ?? '')) return undefined;
    if (/^(?:- +)?[^\s#"'[{][^#]*?:(?=[ \t]|$)/.test(line.content) || ITEM.test(line.content)) return line;
  }
  return undefined;
}

/** Whether the value on a line holds what YAML takes for another key. */
function holdsKey({ content }: Line): boolean {
  return /:(?:[ \t]|$)/.test(content.replace(/^(?:- +)*(?:"[^"]*"|'[^']*'|[\w.-]+):/, ''));
}

function tooDeep(line: Line, below: Line, lines: readonly Line[]): Mistake {
  const column = columnOf(line);
  const [name, nameBelow] = [nameOf({ ...line, content: line.content.replace(/^(?:- +)+/, '') }), nameOf(below)];
  const others = lines.filter((one) => one.start > below.start && !isIdle(one));
  const shallower = others.findIndex((one) => one.indent < below.indent);
  const isAlone = others
    .slice(0, shallower === -1 ? others.length : shallower)
    .some((one) => one.indent === below.indent && KEY.test(one.content));
  if (isAlone)
    return all(
      line,
      `${name} is indented by ${spaces(column)}, and the lines below it by ${spaces(below.indent)}. Indent them alike.`,
    );
  return all(
    below,
    `${nameBelow} is indented by ${spaces(columnOf(below))}, and ${name} above it, which has its value already, by ${spaces(column)}. Indent them alike; or, if this is more of its text, put that in quotes.`,
  );
}

/** A line that stands where nothing of its kind can stand. */
function strayLine(lines: readonly Line[], number: number): Mistake | undefined {
  const line = lines[number];
  if (!line || isIdle(line)) return undefined;
  const { keys, items, last, block } = above(lines.slice(0, number));
  const first = lines.find((one) => !isIdle(one));
  if (!last || !first) return undefined;
  if (line.indent < first.indent && KEY.test(first.content)) {
    const below = `${nameOf(line)} below it by ${spaces(line.indent)}`;
    return all(first, `${nameOf(first)} is indented by ${spaces(first.indent)}, and ${below}. Indent them alike.`);
  }
  if (block && line.indent > block.column) {
    const { header, content } = block;
    const depth = Number(/\d/.exec(header)?.[0] ?? 0);
    if (depth > 0)
      return all(
        line,
        `"${header}" says that its text is indented by ${spaces(depth)} more than its key. Write "${header.replace(/\d/, '')}", or indent the text so far.`,
      );
    if (content !== undefined && line.indent < content)
      return all(
        line,
        `This line is indented by ${spaces(line.indent)}, and the text above it by ${spaces(content)}. Indent all lines of a text by at least as much as its first one.`,
      );
  }
  const isKey = KEY.test(line.content);
  const isItem = ITEM.test(line.content);
  if (block && block.content === undefined && !isKey && !isItem)
    return all(
      line,
      `The text below a "${block.header[0]}" must be indented deeper than its key: by ${spaces(block.column + 2)}.`,
    );
  if (!isKey && !isItem) return behindComment(lines, number);
  const open = last.content.endsWith(':') ? columnOf(last) : undefined;
  const fitting = [
    ...(isItem ? items : keys),
    ...(open === undefined ? [] : [isItem ? itemColumn(line, lines[number + 1], open) : open + 2]),
  ];
  if (fitting.includes(line.indent) || (open !== undefined && line.indent > open)) return undefined;
  if (fitting.length === 0) return undefined;
  const distance = (column: number) => Math.abs(column - line.indent);
  const deepest = Math.max(...fitting);
  const nearest = fitting.reduce((best, column) => (distance(column) < distance(best) ? column : best), deepest);
  const ways =
    nearest === deepest
      ? `by ${spaces(deepest)}`
      : `by ${spaces(deepest)} or by ${spaces(nearest)}, like what it belongs to`;
  return all(
    line,
    `${nameOf(line)} is indented by ${spaces(line.indent)}, which fits nothing above it. Indent it ${ways}.`,
  );
}

/** Where an item of a list belongs whose key stands in some column: so that the keys below it stand under its first one. */
function itemColumn(item: Line, next: Line | undefined, keyColumn: number): number {
  const dash = columnOf(item) - item.indent;
  const isOwn = next !== undefined && next.indent > item.indent && KEY.test(next.content);
  return isOwn ? Math.max(next.indent - dash, keyColumn) : keyColumn;
}

/** A text without quotes ends at a comment, and what follows belongs to nothing. */
function behindComment(lines: readonly Line[], number: number): Mistake | undefined {
  const line = lines[number];
  const before = lines.slice(0, number).findLast(({ content }) => content !== '');
  if (!line || !before?.content.includes('#')) return undefined;
  return all(
    line,
    'The comment above has ended the text before it, so this line belongs to nothing. Put the whole text in quotes, or below a "|".',
  );
}

interface Above {
  /** The columns at which keys stand that are not finished, and items. */
  readonly keys: readonly number[];
  readonly items: readonly number[];
  readonly last: Line | undefined;
  /** The text that the last line belongs to where that is a block scalar: the column of its key, and of its first line. */
  readonly block:
    | { readonly column: number; readonly header: string; readonly content: number | undefined }
    | undefined;
}

function above(lines: readonly Line[]): Above {
  let keys: number[] = [];
  let items: number[] = [];
  let last: Line | undefined;
  let block: { column: number; header: string; content: number | undefined } | undefined;
  for (const line of lines) {
    if (line.content === '') continue;
    if (block && line.indent > block.column) {
      if (block.content === undefined) block = { ...block, content: line.indent };
      if (line.indent >= (block.content ?? 0)) continue;
    }
    if (line.content.startsWith('#')) continue;
    block = undefined;
    keys = keys.filter((column) => column < line.indent);
    items = items.filter((column) => column < line.indent);
    last = line;
    let column = line.indent;
    for (let rest = line.content; ITEM.test(rest); rest = line.text.slice(column).trimEnd()) {
      items.push(column);
      column += /^-[ \t]*/.exec(rest)?.[0].length ?? 1;
      if (column >= line.text.length) break;
    }
    if (KEY.test(line.text.slice(column))) keys.push(column);
    const header = BLOCK_HEADER.exec(line.content);
    if (header)
      block = {
        column: KEY.test(line.text.slice(column)) ? column : line.indent,
        header: `${header[1]}${header[2]}`,
        content: undefined,
      };
  }
  return { keys, items, last, block };
}

/** A key whose colon is missing, or is glued to its value, or another sign. */
function badColon(line: Line): Mistake | undefined {
  const [, dashes = '', key, sign, value = ''] =
    /^((?:- +)*)([\w-]+)[ \t]*([:=;：])(?![ \t]*$)[ \t]*(\S.*)$/.exec(line.content) ?? [];
  if (key === undefined || sign === undefined || (sign === ':' && /^(?:- +)*[\w-]+: /.test(line.content)))
    return undefined;
  const wanted = `write "${dashes}${key}: ${clip(value)}"`;
  if (sign !== ':') return all(line, `A key is followed by a colon and a space, not by "${sign}": ${wanted}.`);
  return all(line, `A colon follows its key directly, with a space after it: ${wanted}.`);
}

function columnOf({ text, indent }: Line): number {
  return indent + (/^(?:-[ \t]+)*/.exec(text.slice(indent))?.[0].length ?? 0);
}

function nameOf({ content }: Line): string {
  const isItem = ITEM.test(content);
  const key = /^(?:- +)*([^:]*?):(?=[ \t]|$)/.exec(content)?.[1];
  return isItem || key === undefined ? (isItem ? 'This item' : 'This line') : `"${clip(key)}"`;
}

function spaces(count: number): string {
  return count === 0 ? 'no spaces' : count === 1 ? '1 space' : `${count} spaces`;
}

function clip(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

/** The mistake behind a fault inside brackets, undefined where none is seen. */
export function mistakeInBrackets(
  code: string,
  text: string,
  { bracket, start, end }: { readonly bracket: number; readonly start: number; readonly end: number },
): Mistake | undefined {
  const sign = text[bracket] ?? '';
  const lineEnd = text.indexOf('\n', bracket);
  const fault = text.slice(start, end);
  if (code === 'BAD_INDENT') {
    const comment = /[ \t](#[^\s#!][^\r\n]*[\]},][^\r\n]*)/.exec(text.slice(bracket, bracket + 2000));
    if (comment?.[1] !== undefined) {
      const at = bracket + comment.index + 1;
      const message = `YAML takes "${clip(comment[1])}" for a comment, so the "${sign}" before it is never closed. Put the text in quotes.`;
      return { start: at, end: at + comment[1].length, message };
    }
    const close = sign === '[' ? ']' : '}';
    const message = `This "${sign}" is never closed. Close it with "${close}"; a text that starts with "${sign}" needs quotes.`;
    return { start: bracket, end: lineEnd === -1 ? text.length : lineEnd, message };
  }
  if (code === 'NON_STRING_KEY' && sign === '{' && text[bracket + 1] === '{') {
    return {
      start: bracket,
      end: bracket + 2,
      message: 'A text cannot start with "{" without quotes. Put the text in quotes.',
    };
  }
  if (code === 'BLOCK_IN_FLOW' && !/^-[ \t\r\n]/.test(fault)) {
    const key = /([\w-]+)[ \t]*:[ \t]/.exec(text.slice(start))?.[1];
    const before = key === undefined ? 'here' : `before "${key}"`;
    return {
      start,
      end: Math.max(end, start + 1),
      message: `Inside brackets a comma stands between two entries: it is missing ${before}. A text with ": " in it needs quotes.`,
    };
  }
  return undefined;
}
