/**
 * Cuts a YAML text into pieces that can be read on their own: each top-level key, and each item of a top-level block
 * list or block map. A fault in one piece (a quote that is not closed yet) then hides nothing of the others, and a
 * keystroke changes one piece.
 *
 * In YAML only a line at the indentation of an item can start the next one: the content of block scalars, quoted
 * scalars and flow collections stands deeper. So lines and their indentation are enough.
 */

export interface Cut {
  readonly start: number;
  readonly end: number;
  /**
   * `pair` holds a top-level key and its value; `header` a top-level key whose value follows as `item`s; `whole` is a
   * text that cannot be cut; `marker` is a line between documents; `surplus` is what follows the first document.
   */
  readonly kind: 'pair' | 'header' | 'item' | 'whole' | 'marker' | 'surplus';
}

interface Section {
  /** Of the items; undefined until the first item is seen. */
  indent: number | undefined;
  list: boolean;
}

const HEADER = /^[\w-]+[ \t]*:[ \t\r]*(?:#.*)?$/;
const DIRECTIVE_OR_MARKER = /^(?:---|\.\.\.|%)/;
const LIST_ITEM = /^-(?=[ \t\r]|$)/;
const BLOCK_MAP_KEY = /^[\w][^#]*?:(?=[ \t\r]|$)/;
/** What can stand at an item's indentation and still belong to the item before: closing brackets, an explicit value. */
const CONTINUATION = /^(?:[\]}]|:(?=[ \t\r]|$))/;

/** Takes a text. Gives its pieces in order; together they cover the text from the first line with content on. */
export function cut(text: string): Cut[] {
  const cuts: { start: number; end: number; kind: Cut['kind'] }[] = [];
  let section: Section | undefined;
  let documentStarted = false;

  const open = (start: number, kind: Cut['kind']) => {
    const last = cuts.at(-1);
    if (last) last.end = start;
    cuts.push({ start, end: text.length, kind });
  };

  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    let indent = start;
    while (indent < end && (text.charCodeAt(indent) === 0x20 || text.charCodeAt(indent) === 0x09)) indent++;
    const line = text.slice(indent, end);
    const depth = indent - start;
    const lineStart = start;
    start = end + 1;
    if (/^[ \t\r]*(?:#|$)/.test(line)) continue;

    if (depth === 0 && DIRECTIVE_OR_MARKER.test(line)) {
      if (documentStarted && !line.startsWith('%')) {
        open(lineStart, 'surplus');
        return cuts;
      }
      open(lineStart, 'marker');
      section = undefined;
      if (/^---[ \t]+[^#\s]/.test(line)) {
        open(lineStart + 3, 'whole');
        return cuts;
      }
      continue;
    }

    if (!documentStarted && (depth > 0 || /^[[{]/.test(line))) {
      open(lineStart, 'whole');
      return cuts;
    }
    documentStarted = true;

    if (section?.indent === undefined && section && (depth > 0 || LIST_ITEM.test(line))) {
      section.indent = depth;
      section.list = LIST_ITEM.test(line);
      if (section.list || BLOCK_MAP_KEY.test(line)) {
        open(lineStart, 'item');
      } else {
        const header = cuts.at(-1);
        if (header) header.kind = 'pair';
        section = undefined;
      }
      continue;
    }

    if (section && depth === section.indent && LIST_ITEM.test(line) === section.list && !CONTINUATION.test(line)) {
      open(lineStart, 'item');
    } else if (depth === 0 && !CONTINUATION.test(line) && !LIST_ITEM.test(line)) {
      const header = HEADER.test(line);
      open(lineStart, header ? 'header' : 'pair');
      section = header ? { indent: undefined, list: false } : undefined;
    } else if (cuts.length === 0) {
      open(lineStart, 'whole');
      return cuts;
    }
  }
  return cuts;
}
