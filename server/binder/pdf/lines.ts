/** Breaks stretches of text into lines, and draws them. */
import type { Inline } from '../document.js';
import { FAINT, type Look, type Pages } from './pages.js';

interface Run {
  readonly text: string;
  readonly look: Look;
  readonly code: boolean;
  readonly width: number;
  readonly href: string | undefined;
  readonly target: string | undefined;
}

export type TextLine = readonly Run[];

const LEADING = 1.35;

export function leading({ size }: Look): number {
  return size * LEADING;
}

/** Takes text and the room across. Gives its lines; a word that is too long is broken where it must be. */
export function linesOf(pages: Pages, inlines: readonly Inline[], look: Look, room: number): TextLine[] {
  const lines: Run[][] = [[]];
  let used = 0;
  const add = (run: Run) => {
    const last = lines.at(-1) as Run[];
    const before = last.at(-1);
    const isSame =
      before &&
      before.look === run.look &&
      before.href === run.href &&
      before.target === run.target &&
      before.code === run.code;
    if (before && isSame)
      last[last.length - 1] = { ...before, text: before.text + run.text, width: before.width + run.width };
    else last.push(run);
    used += run.width;
  };
  const end = () => {
    lines.push([]);
    used = 0;
  };
  for (const inline of inlines) {
    const own: Look = inline.bold ? { ...look, bold: true } : look;
    const common = { look: own, code: inline.code === true, href: inline.href, target: inline.target };
    const put = (text: string) => {
      const width = pages.widthOf(text, own);
      if (used > 0 && used + width > room) end();
      if (used === 0 && text.trim() === '') return;
      if (width <= room) {
        add({ text, width, ...common });
        return;
      }
      for (const character of text) {
        const one = pages.widthOf(character, own);
        if (used > 0 && used + one > room) end();
        add({ text: character, width: one, ...common });
      }
    };
    for (const [index, part] of inline.text.split('\n').entries()) {
      if (index > 0) end();
      for (const word of part.match(/ +|[^ ]+/g) ?? []) put(word);
    }
    if (inline.target !== undefined) {
      const reference = ` (p. ${pages.pageOf(inline.target)})`;
      // The number may be shorter than it was thought to be; lines must break at the same places both times.
      const width = pages.widthOf(' (p. 000)', look);
      if (used + width > room) end();
      const isFirst = used === 0;
      add({ text: isFirst ? reference.trimStart() : reference, width, ...common, look: { ...look, colour: FAINT } });
    }
  }
  return lines.at(-1)?.length === 0 && lines.length > 1 ? lines.slice(0, -1) : lines;
}

/** Draws a line of text. */
export function drawLine(pages: Pages, line: TextLine, x: number, y: number): void {
  let at = x;
  for (const { text, look, code, width, href, target } of line) {
    if (code && text.trim() !== '') {
      pages.ornament((doc) => doc.rect(at - 1, y - 1, width + 2, look.size * 1.25).fill('#eceff2'));
    }
    pages.text(text, at, y, look, { ...(href ? { link: href } : {}), ...(target ? { goTo: target } : {}) });
    at += width;
  }
}
