/**
 * Patterns of `.gitignore`, as git understands them.
 *
 * Written here and not taken from a library for the same reason as the patterns of the configuration: they come from
 * whoever wrote the repository, and no regular expression is made of them.
 */

export interface IgnorePatterns {
  /**
   * What the last pattern that fits says of a path, relative to the folder of the file and with slashes: true is ignored,
   * false is expressly not, undefined is that no pattern fits.
   */
  readonly say: (path: string, isFolder: boolean) => boolean | undefined;
}

interface Pattern {
  readonly ignores: boolean;
  readonly onlyFolders: boolean;
  /** The pattern by folders where it stands for a path; a single name stands for that name in any folder. */
  readonly segments: readonly string[];
  readonly isPath: boolean;
}

/**
 * How many characters of patterns with wildcards are heeded. Those beyond ignore nothing: what is checked too much is seen,
 * what is passed over is not.
 */
const MAX_CHARACTERS = 32_768;

/** The patterns that the text of such a file holds. */
export function ignorePatterns(text: string): IgnorePatterns {
  const patterns: Pattern[] = [];
  /** Most patterns are mere names, of which only the last one of a name counts. */
  const anything = new Map<string, number>();
  const folders = new Map<string, number>();
  const others: number[] = [];
  let characters = 0;
  for (const line of text.replace(/^\ufeff/, '').split('\n')) {
    const pattern = patternIn(line);
    if (!pattern) continue;
    const place = patterns.push(pattern) - 1;
    const [first = ''] = pattern.segments;
    if (!pattern.isPath && !/[*?[\\]/.test(first)) {
      (pattern.onlyFolders ? folders : anything).set(first, place);
      continue;
    }
    characters += line.length;
    if (characters <= MAX_CHARACTERS) others.push(place);
  }
  return {
    say(path, isFolder) {
      const segments = bytesOf(path).split('/');
      const name = segments.at(-1) ?? '';
      const fits = (place: number) => {
        const pattern = patterns[place];
        return pattern !== undefined && (isFolder || !pattern.onlyFolders) && matches(pattern, segments, name);
      };
      const named = Math.max(anything.get(name) ?? -1, (isFolder ? folders.get(name) : undefined) ?? -1);
      const other = others.findLast((place) => place > named && fits(place)) ?? -1;
      return patterns[Math.max(named, other)]?.ignores;
    },
  };
}

function patternIn(line: string): Pattern | undefined {
  let text = withoutEnd(bytesOf(line.replace(/\r$/, '')));
  if (text === '' || text.startsWith('#')) return undefined;
  const ignores = !text.startsWith('!');
  if (!ignores) text = text.slice(1);
  const onlyFolders = text.endsWith('/');
  if (onlyFolders) text = text.slice(0, -1);
  const isPath = text.includes('/');
  if (text.startsWith('/')) text = text.slice(1);
  if (text === '') return undefined;
  const plain = text.replace(/\\(.)/g, (escaped, character: string) => (character === '/' ? character : escaped));
  return { ignores, onlyFolders, isPath, segments: isPath ? plain.split('/') : [plain] };
}

/** Blanks at the end are none of the pattern, unless a backslash stands before them. */
function withoutEnd(text: string): string {
  let end = text.length;
  while (text[end - 1] === ' ') end--;
  let backslashes = 0;
  while (text[end - 1 - backslashes] === '\\') backslashes++;
  return text.slice(0, backslashes % 2 === 1 ? Math.min(end + 1, text.length) : end);
}

/** Git compares bytes: a `?` is one of the two of an "é". Here each byte is a character. */
function bytesOf(text: string): string {
  return /^[\0-\x7f]*$/.test(text)
    ? text
    : Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

function matches({ isPath, segments }: Pattern, path: readonly string[], name: string): boolean {
  if (!isPath) return nameMatches(segments[0] ?? '', name);
  return pathMatches(segments, path);
}

/** Walks the path once, and keeps at which places of the pattern it may be. */
function pathMatches(pattern: readonly string[], path: readonly string[]): boolean {
  const last = pattern.length - 1;
  let places = skipFolders(pattern, new Set([0]));
  for (const segment of path) {
    const next = new Set<number>();
    for (const place of places) {
      const wanted = pattern[place];
      if (wanted === undefined) continue;
      if (wanted === '**') next.add(place === last ? place + 1 : place).add(place);
      else if (nameMatches(wanted, segment)) next.add(place + 1);
    }
    places = skipFolders(pattern, next);
  }
  return places.has(pattern.length);
}

/** `**` in front or in the middle may stand for no folder at all; at the end it stands for something. */
function skipFolders(pattern: readonly string[], places: Set<number>): Set<number> {
  for (const place of places) if (pattern[place] === '**' && place < pattern.length - 1) places.add(place + 1);
  return places;
}

/** The two-pointer match: on a mismatch the last `*` takes one character more. */
function nameMatches(pattern: string, name: string): boolean {
  let p = 0;
  let afterStar = -1;
  let resume = 0;
  for (let n = 0; n < name.length; ) {
    if (pattern[p] === '*') {
      afterStar = ++p;
      resume = n;
      continue;
    }
    const end = characterMatches(pattern, p, name.charCodeAt(n));
    if (end > 0) {
      p = end;
      n++;
    } else if (end < 0 || afterStar < 0) {
      return false;
    } else {
      p = afterStar;
      n = ++resume;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}

const NO = 0;
/** The pattern is malformed, so it fits nothing at all. */
const NEVER = -1;

/** Gives the place behind what stands at a place of the pattern where that fits a character; else NO or NEVER. */
function characterMatches(pattern: string, at: number, code: number): number {
  const first = pattern[at];
  if (first === undefined) return NO;
  if (first === '?') return at + 1;
  if (first === '[') return classMatches(pattern, at + 1, code);
  if (first !== '\\') return pattern.charCodeAt(at) === code ? at + 1 : NO;
  if (at + 1 === pattern.length) return NEVER;
  return pattern.charCodeAt(at + 1) === code ? at + 2 : NO;
}

/** `[a-z]`, `[!a]`, `[[:digit:]]`; a `]` that stands first is meant itself. */
function classMatches(pattern: string, start: number, code: number): number {
  let at = start;
  const isNegated = pattern[at] === '!' || pattern[at] === '^';
  if (isNegated) at++;
  const first = at;
  let isIn = false;
  while (pattern[at] !== ']' || at === first) {
    const named = /^\[:([a-z]*):\]/.exec(pattern.slice(at, at + 12));
    if (named) {
      const test = CLASSES.get(named[1] ?? '');
      if (!test) return NEVER;
      isIn ||= test(code);
      at += named[0].length;
      continue;
    }
    if (pattern[at] === '\\') at++;
    if (at >= pattern.length) return NEVER;
    const low = pattern.charCodeAt(at++);
    let high = low;
    if (pattern[at] === '-' && at + 1 < pattern.length && pattern[at + 1] !== ']') {
      at++;
      if (pattern[at] === '\\') at++;
      if (at >= pattern.length) return NEVER;
      high = pattern.charCodeAt(at++);
    }
    isIn ||= low <= code && code <= high;
  }
  return isIn === isNegated ? NO : at + 1;
}

const within = (...ranges: readonly string[]) => {
  return (code: number) =>
    ranges.some((range) => range.charCodeAt(0) <= code && code <= range.charCodeAt(range.length - 1));
};
const CLASSES: ReadonlyMap<string, (code: number) => boolean> = new Map([
  ['alnum', within('09', 'AZ', 'az')],
  ['alpha', within('AZ', 'az')],
  ['blank', within(' ', '\t')],
  ['cntrl', within('\0\x1f', '\x7f')],
  ['digit', within('09')],
  ['graph', within('!~')],
  ['lower', within('az')],
  ['print', within(' ~')],
  ['punct', within('!/', ':@', '[`', '{~')],
  ['space', within(' ', '\t\r')],
  ['upper', within('AZ')],
  ['xdigit', within('09', 'AF', 'af')],
]);
