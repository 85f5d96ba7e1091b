/** How wide text is in a sans-serif font, without a font at hand: layouts must not depend on the machine they run on. */

/** Advance widths of Helvetica (and Arial and Liberation Sans, which share them) in thousandths of the font size. */
const WIDTHS: Readonly<Record<string, number>> = {
  ' ': 278,
  '!': 278,
  '"': 355,
  '#': 556,
  $: 556,
  '%': 889,
  '&': 667,
  "'": 191,
  '(': 333,
  ')': 333,
  '*': 389,
  '+': 584,
  ',': 278,
  '-': 333,
  '.': 278,
  '/': 278,
  ':': 278,
  ';': 278,
  '<': 584,
  '=': 584,
  '>': 584,
  '?': 556,
  '@': 1015,
  A: 667,
  B: 667,
  C: 722,
  D: 722,
  E: 667,
  F: 611,
  G: 778,
  H: 722,
  I: 278,
  J: 500,
  K: 667,
  L: 556,
  M: 833,
  N: 722,
  O: 778,
  P: 667,
  Q: 778,
  R: 722,
  S: 667,
  T: 611,
  U: 722,
  V: 667,
  W: 944,
  X: 667,
  Y: 667,
  Z: 611,
  a: 556,
  b: 556,
  c: 500,
  d: 556,
  e: 556,
  f: 278,
  g: 556,
  h: 556,
  i: 222,
  j: 222,
  k: 500,
  l: 222,
  m: 833,
  n: 556,
  o: 556,
  p: 556,
  q: 556,
  r: 333,
  s: 500,
  t: 278,
  u: 556,
  v: 500,
  w: 722,
  x: 500,
  y: 500,
  z: 500,
  '…': 1000,
  '–': 556,
  '—': 1000,
  '·': 278,
};
const OTHER_NARROW = 600;
const OTHER_WIDE = 1000;
/** Bold letters are wider, and fonts that stand in for Helvetica a little wider still. */
const BOLD = 1.08;
const ALLOWANCE = 1.04;

/** Takes a text, a font size in pixels and the weight. Gives its width in pixels, rather too much than too little. */
export function textWidth(text: string, size: number, bold = false): number {
  let width = 0;
  for (const character of text)
    width += WIDTHS[character] ?? ((character.codePointAt(0) ?? 0) < 0x1100 ? OTHER_NARROW : OTHER_WIDE);
  return (width / 1000) * size * (bold ? BOLD : 1) * ALLOWANCE;
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
