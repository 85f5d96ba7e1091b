/** How large a box is, and where its words stand in it. */

import type { Box } from './diagram.js';
import type { Rectangle, TextLine, TextStyle } from './drawing.js';
import { shorten, textWidth, wrapText } from './text-metrics.js';

export const FONTS: Readonly<
  Record<TextStyle, { readonly size: number; readonly bold: boolean; readonly lineHeight: number }>
> = {
  head: { size: 10.5, bold: false, lineHeight: 16 },
  title: { size: 13, bold: true, lineHeight: 17 },
  fact: { size: 11, bold: false, lineHeight: 15 },
  impact: { size: 11, bold: false, lineHeight: 17 },
  disruptive: { size: 11, bold: true, lineHeight: 17 },
  label: { size: 11, bold: false, lineHeight: 14 },
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
  if (box.kind === 'end' || box.kind === 'escalation') return pill(box);
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
  const lines = wrapText(title, 170, FONTS.fact.size, false, 2);
  const { lineHeight, size } = FONTS.fact;
  const width = round(Math.max(...lines.map((line) => textWidth(line, size)), 24) + 28);
  const texts = lines.map(
    (text, index): TextLine => ({
      x: 14,
      y: round(6 + lineHeight * index + (lineHeight + size) / 2 - 2),
      text,
      style: 'fact',
    }),
  );
  return { width, height: lines.length * lineHeight + 12, texts };
}

/** Takes the words on a line. Gives their size, or undefined where there are none. */
export function labelSize(label: string): Size | undefined {
  const lines = wrapText(label, MAX_LABEL_WIDTH, FONTS.label.size, false, 3);
  if (lines.length === 0) return undefined;
  const { lineHeight, size } = FONTS.label;
  const width = round(Math.max(...lines.map((line) => textWidth(line, size))) + 8);
  const texts = lines.map(
    (text, index): TextLine => ({
      x: 4,
      y: round(2 + lineHeight * index + (lineHeight + size) / 2 - 2),
      text,
      style: 'label',
    }),
  );
  return { width, height: lines.length * lineHeight + 4, texts };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
