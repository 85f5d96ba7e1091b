/** Edits of a text that change what they are meant to change and nothing else: style, comments and line ends stay. */
import type { MapNode } from './node.js';
import type { Piece, Place } from './place.js';

/** Puts a text in the place of another; where the place is empty, the text is inserted. */
export interface Edit {
  readonly place: Place;
  readonly text: string;
}

/** A way to mend a problem. */
export interface Fix {
  /** What it does, as a command: `Change to "network-lead"`. */
  readonly title: string;
  readonly edits: readonly Edit[];
  /** Whether it may be applied without asking: it repairs what is written and invents no fact. */
  readonly isSafe: boolean;
}

/** Takes the place of a single-line text and what it should say. Gives the edit, which keeps the quotes. */
export function replaceText(place: Place, text: string): Edit {
  const first = place.piece.text[place.start];
  const quote = first === '"' || first === "'" ? first : '';
  return { place, text: `${quote}${text}${quote}` };
}

/** Takes what a fix would do, and its edit where there can be one. Gives the fix, which a person must ask for. */
export function onRequest(title: string, edit: Edit | undefined): Fix[] {
  return edit ? [{ title, edits: [edit], isSafe: false }] : [];
}

/**
 * Takes a map, a key and the text of its value. Gives the edit that adds the pair on a line of its own, or inside the
 * braces, behind the last of some keys that the map has, else at its end.
 */
export function insertPair(map: MapNode, key: string, value: string, behind: readonly string[] = []): Edit | undefined {
  if (map.pairs.has(key)) return undefined;
  const { piece } = map.place;
  const pairs = [...map.pairs.values()];
  const before = pairs.findLast((pair) => behind.includes(String(pair.key.value))) ?? pairs.at(-1);
  const first = pairs[0];
  if (!before || !first || before.key.place.piece !== piece) return undefined;
  if (piece.text[map.place.start] === '{') {
    return { place: at(piece, before.value.place.end), text: `, ${key}: ${value}` };
  }
  const column = first.key.place.start - lineStart(piece.text, first.key.place.start);
  const line = `${' '.repeat(column)}${key}: ${value}`;
  const newline = piece.text.includes('\r\n') ? '\r\n' : '\n';
  const end = Math.max(before.value.place.end, before.key.place.end);
  if (end > 0 && piece.text[end - 1] === '\n') return { place: at(piece, end), text: `${line}${newline}` };
  const lineEnd = piece.text.indexOf('\n', end);
  if (lineEnd === -1) return { place: at(piece, piece.text.length), text: `${newline}${line}` };
  return { place: at(piece, lineEnd + 1), text: `${line}${newline}` };
}

function at(piece: Piece, offset: number): Place {
  return { piece, start: offset, end: offset };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}
