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

/** What is never broken where it need not be: stretches of text without a blank between them, or a blank. */
interface Word {
  readonly runs: readonly Run[];
  readonly kind: 'word' | 'blank' | 'break';
}

/** Takes text and the room across. Gives its lines; a word that is too long is broken where it must be. */
export function linesOf(pages: Pages, inlines: readonly Inline[], look: Look, room: number): TextLine[] {
  const lines: Run[][] = [[]];
  let used = 0;
  const end = () => {
    lines.push([]);
    used = 0;
  };
  const add = (run: Run) => {
    const last = lines.at(-1) as Run[];
    const before = last.at(-1);
    if (before && isSameLook(before, run)) {
      last[last.length - 1] = { ...before, text: before.text + run.text, width: before.width + run.width };
    } else {
      last.push(run);
    }
    used += run.width;
  };
  for (const { runs, kind } of wordsOf(pages, inlines, look)) {
    const width = runs.reduce((sum, run) => sum + run.width, 0);
    if (kind === 'break' || (used > 0 && used + width > room)) end();
    if (kind === 'break' || (kind === 'blank' && used === 0)) continue;
    for (const run of width <= room ? runs : runs.flatMap((one) => charactersOf(pages, one))) {
      if (used > 0 && used + run.width > room) end();
      add(used === 0 ? { ...run, text: run.text.trimStart() } : run);
    }
  }
  return lines.at(-1)?.length === 0 && lines.length > 1 ? lines.slice(0, -1) : lines;
}

function isSameLook(a: Run, b: Run): boolean {
  return a.look === b.look && a.href === b.href && a.target === b.target && a.code === b.code;
}

function charactersOf(pages: Pages, run: Run): Run[] {
  return [...run.text].map((text) => ({ ...run, text, width: pages.widthOf(text, run.look) }));
}

function wordsOf(pages: Pages, inlines: readonly Inline[], look: Look): Word[] {
  const words: Word[] = [];
  const join = (runs: readonly Run[]) => {
    const last = words.at(-1);
    if (last?.kind === 'word') words[words.length - 1] = { kind: 'word', runs: [...last.runs, ...runs] };
    else words.push({ kind: 'word', runs });
  };
  for (const inline of inlines) {
    const own: Look = inline.bold ? { ...look, bold: true } : look;
    const common = { look: own, code: inline.code === true, href: inline.href, target: inline.target };
    for (const [index, part] of inline.text.split('\n').entries()) {
      if (index > 0) words.push({ kind: 'break', runs: [] });
      for (const text of part.match(/ +|[^ ]+/g) ?? []) {
        const run = { text, width: pages.widthOf(text, own), ...common };
        if (text.startsWith(' ')) words.push({ kind: 'blank', runs: [run] });
        else join([run]);
      }
    }
    if (inline.target !== undefined) {
      // The number may be shorter than it was thought to be; lines must break at the same places both times.
      const width = pages.widthOf(' (p. 000)', look);
      words.push({ kind: 'blank', runs: [] });
      join([{ text: ` (p. ${pages.pageOf(inline.target)})`, width, ...common, look: { ...look, colour: FAINT } }]);
    }
  }
  return words;
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
