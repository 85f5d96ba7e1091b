/** The words for what is wrong with a YAML text: what is wrong, and what to do about it. */

const MESSAGES: Readonly<Record<string, (source: string) => string>> = {
  TAB_AS_INDENT: () => 'YAML does not allow tabs for indentation. Use spaces.',
  BAD_INDENT: () => 'This line is indented like nothing above it. Indent it like what it belongs to.',
  BLOCK_AS_IMPLICIT_KEY: (source) =>
    /^[“”„«»‘’‚]/.test(source)
      ? 'A value cannot hold ": " without quotes, and curly ones are none for YAML. Put straight ones (") around the text.'
      : 'A value cannot hold ": " without quotes. Put the text in quotes.',
  MULTILINE_IMPLICIT_KEY: (source) => `${half(source)} is not complete: a key needs a colon and a value.`,
  BAD_SCALAR_START: (source) => `A value cannot start with "${source}" without quotes. Put the text in quotes.`,
  BAD_DQ_ESCAPE: (source) =>
    `"${source}" is not an escape that YAML knows. Write \\\\ for a backslash, or use single quotes.`,
  NON_STRING_KEY: () => 'A key must be plain text, not a list or a map.',
  MULTIPLE_ANCHORS: () => 'A value can carry one anchor (&name) only.',
  MULTIPLE_TAGS: () => 'Tags (!name) are not part of the format. Take them out.',
  BAD_PROP_ORDER: () => 'The anchor (&name) must stand before its value.',
  BAD_ALIAS: (source) =>
    source.startsWith('&')
      ? 'An anchor (&name) needs a name. A text that starts with & needs quotes.'
      : 'An alias (*name) needs a name. A text that starts with * needs quotes.',
  ALIAS_PROPS: () => 'An alias (*name) can carry no anchor and no tag.',
  KEY_OVER_1024_CHARS: () => 'A key must not be longer than 1,024 characters.',
  BLOCK_IN_FLOW: () => 'Inside brackets, lists and maps are written with brackets as well.',
  RESOURCE_EXHAUSTION: () => 'This is nested too deeply to be read.',
};

/**
 * Takes an error code of `yaml`, its message, and the text that it points at. Gives a sentence for somebody who writes
 * a playbook and has never read the YAML specification.
 */
export function syntaxMessage(code: string, message: string, source: string): string {
  if (code === 'MISSING_CHAR') {
    if (/quote/.test(message))
      return `This text starts with a quote that is never closed. Close it with ${quoteOf(message)}.`;
    if (/map values/.test(message)) return `${half(source)} is not complete: a key needs a colon and a value.`;
    return 'A comma or a closing bracket is missing here.';
  }
  if (code === 'UNEXPECTED_TOKEN') {
    if (source.startsWith('\t')) return MESSAGES.TAB_AS_INDENT?.(source) ?? message;
    if (/^[\]}]/.test(source)) return `This "${source[0]}" closes nothing. Take it out, or put the text in quotes.`;
    return `${half(source)} cannot stand here. Check the indentation, and the colon or dash before it.`;
  }
  return MESSAGES[code]?.(source) ?? `${message.split('\n')[0]?.replace(/[.:]?$/, '')}.`;
}

/** The words for a tag: most are texts that begin with an exclamation mark. */
export function tagMessage(tag: string): string {
  if (!tag.startsWith('!')) return `Tags (${tag}) are not part of the format. Take it out.`;
  return `YAML takes "${tag}" for a tag, and tags are not part of the format. A text that starts with "!" needs quotes.`;
}

function half(source: string): string {
  const line = source.split('\n')[0]?.trim() ?? '';
  return line === '' ? 'This line' : `"${line.length > 40 ? `${line.slice(0, 39)}…` : line}"`;
}

function quoteOf(message: string): string {
  return message.includes("'") ? "'" : '"';
}

/** A dash or a colon that lacks the blank behind it, so that YAML reads no list item and no key. */
export interface MissingBlank {
  readonly behind: 'hyphen' | 'colon';
  /** Where the blank belongs. */
  readonly at: number;
  /** The word with the dash, or the key with the beginning of its value. */
  readonly start: number;
  readonly end: number;
  readonly source: string;
}

/** The error codes of `yaml` that a missing blank can lead to. */
export const MISSING_BLANK_CODES: ReadonlySet<string> = new Set([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'MULTILINE_IMPLICIT_KEY',
  'MISSING_CHAR',
  'UNEXPECTED_TOKEN',
]);

const BEFORE_WORD = /^[ ]*(?:- +)*/;
const ITEM_WITHOUT_BLANK = /^-(?=[A-Za-z"'{[])[^\s:]*/;
const PAIR_WITHOUT_BLANK = /^([a-z_]+):(?=[^\s:/])[^\s:]*$/;

/** The dash or colon without a blank at which a line begins; undefined where it begins with none. */
export function missingBlankIn(text: string, at: number): MissingBlank | undefined {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1;
  const lineEnd = text.indexOf('\n', lineStart);
  const line = text.slice(lineStart, lineEnd === -1 ? text.length : lineEnd).trimEnd();
  const column = BEFORE_WORD.exec(line)?.[0].length ?? 0;
  const start = lineStart + column;
  const word = line.slice(column);
  const item = ITEM_WITHOUT_BLANK.exec(word)?.[0];
  if (item !== undefined) return { behind: 'hyphen', at: start + 1, start, end: start + item.length, source: item };
  const [pair, key = ''] = PAIR_WITHOUT_BLANK.exec(word) ?? [];
  if (pair === undefined) return undefined;
  return { behind: 'colon', at: start + key.length + 1, start, end: start + pair.length, source: pair };
}

/** What is wrong where a blank is missing, and what to do about it. */
export function missingBlankMessage({ behind, at, start, source }: MissingBlank): string {
  const mended = `${source.slice(0, at - start)} ${source.slice(at - start)}`;
  const what = behind === 'hyphen' ? 'begins no list item' : 'is no key with a value';
  return `${half(source)} ${what}. Put a space after the ${behind}: ${half(mended)}.`;
}
