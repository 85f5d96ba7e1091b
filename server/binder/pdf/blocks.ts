/** Draws the blocks of a binder on its pages, and breaks what does not fit. */
import type { Block, Cell } from '../document.js';
import { drawGraph, drawLegend } from './graph.js';
import { drawLine, leading, linesOf, type TextLine } from './lines.js';
import { ALARM, FAINT, INK, type Look, type Pages, RULE } from './pages.js';

const BODY: Look = { size: 10 };
const SMALL: Look = { size: 9 };
const CELL_INSET = 4;
const GAP = 6;
const TICK = 9;
const INDENT = 16;

interface Area {
  readonly x: number;
  readonly width: number;
}

/** Draws blocks one below the other, in a column. */
export function drawBlocks(pages: Pages, blocks: readonly Block[], area: Area): void {
  for (const [index, block] of blocks.entries()) {
    drawBlock(pages, block, area, blocks.slice(index + 1, index + 3));
  }
}

type Draw<Kind extends Block['kind']> = (
  pages: Pages,
  block: Extract<Block, { kind: Kind }>,
  area: Area,
  /** What follows. */
  next: readonly Block[],
) => void;

const DRAW: { readonly [Kind in Block['kind']]: Draw<Kind> } = {
  heading,
  paragraph: (pages, { inlines, tone }, area) =>
    prose(pages, inlines, tone ? PROSE[tone] : BODY, area, tone === 'alarm'),
  list,
  ticks: (pages, { items }, area) => ticks(pages, items, area),
  code: (pages, { text }, area) => code(pages, text, area),
  table: (pages, { head, rows, widths }, area) => table(pages, head, rows, widths, area),
  facts: (pages, { rows }, area) => facts(pages, rows, area),
  card,
  graph,
  legend: (pages, _block, { x }) => {
    pages.ensure(20);
    pages.tagged('P', () => pages.drawing((doc) => drawLegend(doc, x, pages.y)));
    pages.y += 20;
  },
  rows: emptyRows,
  blanks: (pages, { names }, area) => blanks(pages, names, area),
};

const PROSE: Readonly<Record<'lead' | 'faint' | 'alarm', Look>> = {
  lead: { size: 11.5 },
  faint: { ...SMALL, colour: FAINT },
  alarm: { ...BODY, bold: true, colour: ALARM },
};

function drawBlock(pages: Pages, block: Block, area: Area, next: readonly Block[]): void {
  (DRAW[block.kind] as Draw<Block['kind']>)(pages, block, area, next);
}

function heading(
  pages: Pages,
  { level, text }: Extract<Block, { kind: 'heading' }>,
  area: Area,
  next: readonly Block[],
): void {
  const look: Look = level === 2 ? { size: 13, bold: true } : { size: 9, bold: true, colour: FAINT };
  const lines = linesOf(pages, [{ text }], look, area.width);
  const height = lines.length * leading(look);
  // A heading never stands alone at the foot of a page.
  pages.ensure(height + 14 + Math.min(leastOf(pages, next, area), pages.whole - height - 14));
  pages.y += level === 2 ? 8 : 4;
  pages.tagged(level === 2 ? 'H2' : 'H3', () => column(pages, lines, look, area.x));
  pages.y += 2;
}

/** What must stand behind a heading on the same page. */
function leastOf(pages: Pages, [next, ...further]: readonly Block[], area: Area): number {
  switch (next?.kind) {
    case undefined:
      return 0;
    case 'legend':
      return 20 + leastOf(pages, further, area);
    case 'graph':
      return graphSize(pages, next, area).height + 10;
    case 'card': {
      const height = heightOfCard(pages, next, area);
      return height <= pages.whole - 40 ? height : LEAST_OF_CARD;
    }
    case 'table':
      return 60;
    default:
      return 36;
  }
}

/** So much of a card that fits on no page must stand on the first one. */
const LEAST_OF_CARD = 140;

function prose(pages: Pages, inlines: Cell, look: Look, area: Area, isMarked = false): void {
  const inset = isMarked ? 10 : 0;
  const lines = linesOf(pages, inlines, look, area.width - inset);
  pages.tagged('P', () => {
    for (const line of lines) {
      pages.ensure(leading(look));
      const { y } = pages;
      // Alarms can be told in black and white too.
      if (isMarked) pages.ornament((doc) => doc.rect(area.x, y - 1, 3, leading(look)).fill(ALARM));
      drawLine(pages, line, area.x + inset, y);
      pages.y += leading(look);
    }
  });
  pages.y += GAP;
}

function column(pages: Pages, lines: readonly TextLine[], look: Look, x: number): void {
  for (const line of lines) {
    pages.ensure(leading(look));
    drawLine(pages, line, x, pages.y);
    pages.y += leading(look);
  }
}

function list(pages: Pages, { start, items }: Extract<Block, { kind: 'list' }>, area: Area): void {
  const inner = { x: area.x + INDENT, width: area.width - INDENT };
  pages.tagged('L', () => {
    for (const [index, blocks] of items.entries()) {
      pages.tagged('LI', () => {
        pages.ensure(leading(BODY));
        pages.tagged('Lbl', () =>
          pages.text(start === undefined ? '•' : `${start + index}.`, area.x + 2, pages.y, BODY),
        );
        pages.tagged('LBody', () => drawBlocks(pages, blocks, inner));
      });
      if (blocks.every(({ kind }) => kind === 'paragraph')) pages.y -= GAP - 2;
    }
  });
  pages.y += GAP - 2;
}

function ticks(pages: Pages, items: readonly string[], area: Area): void {
  pages.tagged('L', () => {
    for (const item of items) {
      const lines = linesOf(pages, [{ text: item }], BODY, area.width - INDENT);
      pages.ensure(leading(BODY));
      const { y } = pages;
      pages.ornament((doc) =>
        doc
          .rect(area.x + 1, y + 1, TICK, TICK)
          .lineWidth(0.9)
          .strokeColor(INK)
          .stroke(),
      );
      pages.tagged('LI', () => pages.tagged('LBody', () => column(pages, lines, BODY, area.x + INDENT)));
      pages.y += 2;
    }
  });
  pages.y += GAP - 2;
}

function code(pages: Pages, text: string, area: Area): void {
  const lines = text
    .split('\n')
    .flatMap((line) => linesOf(pages, [{ text: line === '' ? ' ' : line }], SMALL, area.width - 12));
  pages.tagged('Code', () => {
    for (const line of lines) {
      pages.ensure(leading(SMALL));
      const { y } = pages;
      pages.ornament((doc) => doc.rect(area.x, y - 1.5, area.width, leading(SMALL)).fill('#eceff2'));
      drawLine(pages, line, area.x + 6, y);
      pages.y += leading(SMALL);
    }
  });
  pages.y += GAP;
}

function facts(pages: Pages, rows: readonly (readonly [string, Cell])[], area: Area): void {
  const names = Math.min(110, Math.max(...rows.map(([name]) => pages.widthOf(name, SMALL)), 0) + 12);
  const look = BODY;
  for (const [name, cell] of rows) {
    const lines = linesOf(pages, cell, look, area.width - names);
    pages.ensure(leading(look));
    pages.tagged('P', () => {
      pages.text(name, area.x, pages.y + 1, { ...SMALL, colour: FAINT });
      column(pages, lines, look, area.x + names);
    });
    pages.y += 1.5;
  }
  pages.y += GAP;
}

interface Row {
  readonly cells: readonly (readonly TextLine[])[];
  readonly height: number;
}

function table(
  pages: Pages,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  shares: readonly number[],
  area: Area,
): void {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const widths = shares.map((share) => (area.width * share) / whole);
  const bold: Look = { ...SMALL, bold: true };
  const laidOut = (cells: readonly Cell[], look: Look): Row => {
    const lines = cells.map((cell, index) => linesOf(pages, cell, look, (widths[index] ?? 0) - 2 * CELL_INSET));
    return { cells: lines, height: Math.max(1, ...lines.map((cell) => cell.length)) * leading(look) + 2 * CELL_INSET };
  };
  const heads = laidOut(
    head.map((text) => [{ text }]),
    bold,
  );
  const drawHead = () => {
    const { y } = pages;
    pages.ornament((doc) => doc.rect(area.x, y, area.width, heads.height).fill('#eceff2'));
    pages.tagged('TR', () => drawCells(pages, heads, widths, area.x, 'TH', 0, Number.POSITIVE_INFINITY));
    pages.y += heads.height;
    pages.rule(area.x, pages.y, area.width, 1, INK);
  };
  pages.tagged('Table', () => {
    const first = rows[0] ? laidOut(rows[0], SMALL).height : 0;
    pages.ensure(heads.height + Math.min(first, 80));
    drawHead();
    for (const cells of rows) drawRow(pages, laidOut(cells, SMALL), widths, area, drawHead);
  });
  pages.y += GAP + 2;
}

/** A row goes to the next page as a whole; only one that fits on no page is broken. */
function drawRow(pages: Pages, row: Row, widths: readonly number[], area: Area, drawHead: () => void): void {
  const step = leading(SMALL);
  const most = Math.max(...row.cells.map((cell) => cell.length), 1);
  const isTooLong = row.height > pages.whole - 60;
  if (!isTooLong && row.height > pages.room) {
    pages.ensure(row.height);
    drawHead();
  }
  let from = 0;
  pages.tagged('TR', () => {
    while (from < most) {
      const fitting = Math.max(1, Math.floor((pages.room - 2 * CELL_INSET) / step));
      const count = isTooLong ? Math.min(most - from, fitting) : most;
      drawCells(pages, row, widths, area.x, 'TD', from, count);
      pages.y += count * step + 2 * CELL_INSET;
      pages.rule(area.x, pages.y, area.width);
      from += count;
      if (from < most) {
        pages.ensure(pages.room + 1);
      }
    }
  });
}

function drawCells(
  pages: Pages,
  { cells }: Row,
  widths: readonly number[],
  x: number,
  tag: 'TH' | 'TD',
  from: number,
  count: number,
): void {
  const { y } = pages;
  let at = x;
  for (const [index, lines] of cells.entries()) {
    const left = at;
    pages.tagged(
      tag,
      () => {
        for (const [number, line] of lines.slice(from, from + count).entries()) {
          drawLine(pages, line, left + CELL_INSET, y + CELL_INSET + number * leading(SMALL));
        }
      },
      tag === 'TH' ? { scope: 'Column' } : {},
    );
    at += widths[index] ?? 0;
  }
}

type Card = Extract<Block, { kind: 'card' }>;

const CARD_INSET = 12;

/** Draws on paper that nobody keeps, to see how high something is. */
function heightOfCard(pages: Pages, one: Card, area: Area): number {
  return pages.measured(() => drawCard(pages, one, area));
}

function card(pages: Pages, one: Card, area: Area): void {
  const height = heightOfCard(pages, one, area);
  // A card stands on one page where it fits on one.
  if (height <= pages.whole) pages.ensure(height);
  else pages.ensure(LEAST_OF_CARD);
  const start = pages.number;
  const top = pages.y;
  pages.anchor(one.id);
  pages.tagged('Sect', () => drawCard(pages, one, area), { title: one.title });
  if (pages.number === start) border(pages, one, area, top, pages.y - 6);
  pages.y += 4;
}

function border(pages: Pages, { isDecision }: Card, { x, width }: Area, top: number, bottom: number): void {
  pages.ornament((doc) => {
    doc
      .rect(x, top, width, bottom - top)
      .lineWidth(isDecision ? 1.4 : 0.7)
      .strokeColor(isDecision ? INK : RULE)
      .stroke();
    doc.rect(x, top, isDecision ? 6 : 3, bottom - top).fill(isDecision ? INK : RULE);
  });
}

function drawCard(pages: Pages, { title, meta, blocks }: Card, { x, width }: Area): void {
  const inner = { x: x + CARD_INSET, width: width - 2 * CARD_INSET };
  const look: Look = { size: 11.5, bold: true };
  pages.y += 8;
  const lines = linesOf(pages, [{ text: title }], look, inner.width - INDENT - 4);
  const { y } = pages;
  pages.ornament((doc) =>
    doc
      .rect(inner.x, y + 1, 11, 11)
      .lineWidth(1.1)
      .strokeColor(INK)
      .stroke(),
  );
  pages.tagged('H3', () => column(pages, lines, look, inner.x + INDENT + 2));
  pages.tagged('P', () => pages.text(meta, inner.x + INDENT + 2, pages.y, { ...SMALL, colour: FAINT }));
  pages.y += leading(SMALL) + 5;
  drawBlocks(pages, blocks, inner);
  pages.y += 8;
}

type Graph = Extract<Block, { kind: 'graph' }>;

function graphSize(pages: Pages, { drawing }: Graph, area: Area): { scale: number; height: number } {
  const scale = Math.min(1, area.width / drawing.width, (pages.whole - CAPTION - 40) / drawing.height);
  return { scale, height: drawing.height * scale + CAPTION };
}

const CAPTION = 22;

function graph(pages: Pages, block: Graph, area: Area): void {
  const { scale, height } = graphSize(pages, block, area);
  pages.ensure(height);
  if (block.caption !== '') {
    pages.tagged('P', () => pages.text(block.caption, area.x, pages.y, { ...SMALL, bold: true }));
    pages.y += 16;
  }
  const x = area.x + (area.width - block.drawing.width * scale) / 2;
  pages.tagged('Figure', () => pages.drawing((doc) => drawGraph(doc, block.drawing, x, pages.y, scale)), {
    alt: block.alt,
  });
  pages.y += block.drawing.height * scale + 10;
}

const ROW_HEIGHT = 23;

function emptyRows(pages: Pages, { head, widths: shares, count }: Extract<Block, { kind: 'rows' }>, area: Area): void {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  const rows = Math.min(count, Math.floor((pages.whole - ROW_HEIGHT) / ROW_HEIGHT));
  pages.ensure((rows + 1) * ROW_HEIGHT);
  const top = pages.y;
  let at = area.x;
  const edges = [at];
  pages.tagged('P', () => {
    for (const [index, name] of head.entries()) {
      pages.text(name, at + CELL_INSET, top + 6, { ...SMALL, bold: true });
      at += (area.width * (shares[index] ?? 0)) / whole;
      edges.push(at);
    }
  });
  pages.ornament((doc) => {
    const bottom = top + (rows + 1) * ROW_HEIGHT;
    for (let row = 0; row <= rows + 1; row++)
      doc.moveTo(area.x, top + row * ROW_HEIGHT).lineTo(area.x + area.width, top + row * ROW_HEIGHT);
    for (const edge of edges) doc.moveTo(edge, top).lineTo(edge, bottom);
    doc.lineWidth(0.6).strokeColor(RULE).stroke();
  });
  pages.y += (rows + 1) * ROW_HEIGHT + GAP;
}

function blanks(pages: Pages, names: readonly string[], { x, width }: Area): void {
  pages.ensure(26);
  pages.y += 10;
  const share = width / names.length;
  const { y } = pages;
  pages.tagged('P', () => {
    for (const [index, name] of names.entries()) {
      const at = x + index * share;
      pages.text(name, at, y, { ...SMALL, colour: FAINT });
      const used = pages.widthOf(name, SMALL) + 4;
      pages.rule(at + used, y + 10, share - used - 10, 0.7, INK);
    }
  });
  pages.y += 16;
}
