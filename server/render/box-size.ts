/** How large a box is, and where its words stand in it. */

import { isBesideSteps } from './box-kind.js';
import type { Box } from './diagram.js';
import type { Rectangle, TextLine, TextStyle } from './drawing.js';
import { shorten, textWidth, wrapText } from './text-metrics.js';

export const FONTS: Readonly<
  Record<TextStyle, { readonly size: number; readonly bold: boolean; readonly lineHeight: number }>
> = {
  head: { size: 11, bold: false, lineHeight: 16 },
  title: { size: 13, bold: true, lineHeight: 17 },
  fact: { size: 11, bold: false, lineHeight: 15 },
  impact: { size: 11, bold: false, lineHeight: 17 },
  disruptive: { size: 11, bold: true, lineHeight: 17 },
  label: { size: 11, bold: false, lineHeight: 14 },
  group: { size: 13, bold: true, lineHeight: 17 },
};

const STEP_WIDTH = 240;
const PADDING = 14;
/** Room for the badge with the number of findings. */
const BADGE = 34;
/** The points of a decision's hexagon reach this far. */
export const POINT = 18;
const MAX_IMPACTS = 4;
const MAX_LABEL_WIDTH = 150;

type Size = Pick<Rectangle, 'width' | 'height'> & { readonly texts: readonly TextLine[] };

/** Takes a box. Gives its size and its lines of text. */
export function sizeOf(box: Box): Size {
  if (isBesideSteps(box.kind)) return pill(box);
  const inset = box.kind === 'decision' ? PADDING + POINT - 4 : PADDING;
  const width = box.kind === 'decision' ? STEP_WIDTH + 2 * POINT : STEP_WIDTH;
  const room = width - 2 * inset;
  const texts: TextLine[] = [];
  let y = 8;
  const add = (text: string, style: TextStyle) => {
    const { lineHeight, size } = FONTS[style];
    texts.push({ x: inset, y: round(y + (lineHeight + size) / 2 - 2), text, style });
    y += lineHeight;
  };
  add(shorten(box.head, room - BADGE, FONTS.head.size, false), 'head');
  for (const line of wrapText(box.title, room, FONTS.title.size, true, 4)) add(line, 'title');
  y += 3;
  for (const fact of box.facts) add(shorten(fact, room, FONTS.fact.size, false), 'fact');
  if (box.impacts.length > 0) y += 3;
  for (const { text, disruptive } of box.impacts.slice(0, MAX_IMPACTS)) {
    const style = disruptive ? 'disruptive' : 'impact';
    add(shorten(text, room - 14, FONTS[style].size, disruptive), style);
  }
  const rest = box.impacts.length - MAX_IMPACTS;
  if (rest > 0) add(`and ${rest} more`, 'fact');
  return { width, height: y + 9, texts };
}

function pill({ title }: Box): Size {
  return textBlock(wrapText(title, 170, FONTS.fact.size, false, 2), 'fact', 14, 6, 24);
}

/** Takes the words on a line. Gives their size, or undefined where there are none. */
export function labelSize(label: string): Size | undefined {
  const lines = wrapText(label, MAX_LABEL_WIDTH, FONTS.label.size, false, 3);
  return lines.length === 0 ? undefined : textBlock(lines, 'label', 4, 2, 0);
}

/** Lines of one style with the same room around them, left and right, above and below. */
function textBlock(lines: readonly string[], style: TextStyle, side: number, above: number, narrowest: number): Size {
  const { lineHeight, size } = FONTS[style];
  const width = Math.max(...lines.map((line) => textWidth(line, size)), narrowest);
  const texts = lines.map(
    (text, index): TextLine => ({
      x: side,
      y: round(above + lineHeight * index + (lineHeight + size) / 2 - 2),
      text,
      style,
    }),
  );
  return { width: round(width + 2 * side), height: lines.length * lineHeight + 2 * above, texts };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
