/** How wide text is in our font, without the font at hand: layouts must not depend on the machine they run on. */
import { advanceOf } from './font.js';

/** For characters that our font lacks, and some other font will show: from which on they are how wide. */
const OTHERS = [
  { name: 'emoji', first: 0x1f000, width: 1400 },
  { name: 'Hangul and ideographs', first: 0x1100, width: 1000 },
  { name: 'alphabets', first: 0, width: 600 },
];
/** Programs that do not load the font of an exported picture show it in one that is a little wider. */
const ALLOWANCE = 1.04;

/** Takes a text, a font size in pixels and the weight. Gives its width in pixels, rather too much than too little. */
export function textWidth(text: string, size: number, bold = false): number {
  let width = 0;
  for (const character of text) {
    width += advanceOf(character, bold) ?? otherWidth(character.codePointAt(0) ?? 0);
  }
  return (width / 1000) * size * ALLOWANCE;
}

function otherWidth(point: number): number {
  return OTHERS.find(({ first }) => point >= first)?.width ?? 0;
}

/**
 * Takes a text, the width in pixels that it may take, the font, and how many lines it may have. Gives its lines; what
 * does not fit ends in an ellipsis. Words that are longer than a line are cut.
 */
export function wrapText(text: string, width: number, size: number, bold: boolean, maxLines: number): string[] {
  const lines: string[] = [];
  let line = '';
  const words = text
    .trim()
    .split(/\s+/)
    .flatMap((word) => pieces(word, width, size, bold));
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (textWidth(longer, size, bold) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === maxLines - 1) {
      lines.push(shorten(`${line} ${words.slice(index).join(' ')}`, width, size, bold));
      return lines;
    }
    lines.push(line);
    line = word;
  }
  if (line !== '') lines.push(line);
  return lines;
}

/** Takes a text and the room for it. Gives it as it is, or its beginning with an ellipsis. */
export function shorten(text: string, width: number, size: number, bold: boolean): string {
  if (textWidth(text, size, bold) <= width) return text;
  const characters = [...text.slice(0, 400)];
  while (characters.length > 1 && textWidth(`${characters.join('')}…`, size, bold) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

function pieces(word: string, width: number, size: number, bold: boolean): string[] {
  if (textWidth(word, size, bold) <= width) return [word];
  const result: string[] = [];
  let piece = '';
  for (const character of word.slice(0, 400)) {
    if (textWidth(piece + character, size, bold) > width) {
      result.push(piece);
      piece = character;
    } else {
      piece += character;
    }
  }
  if (piece !== '') result.push(piece);
  return result;
}
