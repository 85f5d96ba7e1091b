/** Draws a laid-out graph as vectors. It can be read in black and white: kinds of lines differ by their dashes, kinds of boxes by their shape. */
import type PDFDocument from 'pdfkit';
import { isBesideSteps } from '../../render/box-kind.js';
import { FONTS, POINT } from '../../render/box-size.js';
import type { Drawing, PlacedBox, PlacedLine, Point, TextLine } from '../../render/drawing.js';
import { ALARM, FAINT, fontOf, INK, RULE } from './pages.js';

type Document = InstanceType<typeof PDFDocument>;

const ARROW = 7;

interface LineLook {
  readonly colour: string;
  /** Stroke, gap, stroke, gap. The types of pdfkit know of one stroke only. */
  readonly dash: readonly number[];
  readonly weight: number;
}

const LINES: Readonly<Record<PlacedLine['line']['kind'], LineLook>> = {
  next: { colour: FAINT, dash: [], weight: 1.2 },
  branch: { colour: FAINT, dash: [], weight: 1.2 },
  option: { colour: INK, dash: [], weight: 1.4 },
  timeout: { colour: '#9a6700', dash: [7, 4], weight: 1.6 },
  failure: { colour: ALARM, dash: [10, 3, 2, 3], weight: 1.6 },
  escalation: { colour: '#8250df', dash: [2, 4], weight: 1.2 },
};

/** Takes a document, a drawing, where its corner stands, and how much smaller it is. Draws it. */
export function drawGraph(doc: Document, { lines, boxes }: Drawing, x: number, y: number, scale: number): void {
  doc.save().translate(x, y).scale(scale);
  for (const line of lines) drawPath(doc, line);
  for (const box of boxes) drawBox(doc, box);
  for (const { label, line } of lines) {
    if (!label) continue;
    doc.rect(label.x, label.y, label.width, label.height).fillOpacity(0.9).fill('#ffffff').fillOpacity(1);
    for (const one of label.texts) words(doc, one, label, LINES[line.kind].colour);
  }
  doc.restore();
}

/** Draws what each kind of line means, in a row. */
export function drawLegend(doc: Document, x: number, y: number): void {
  const names: readonly [PlacedLine['line']['kind'], string][] = [
    ['option', 'next or option'],
    ['timeout', 'nobody decides in time'],
    ['failure', 'it fails'],
    ['escalation', 'cannot be reached'],
  ];
  let at = x;
  for (const [kind, name] of names) {
    drawPath(doc, {
      line: { from: '', to: '', kind, label: '' },
      label: undefined,
      points: [
        { x: at, y: y + 5 },
        { x: at + 30, y: y + 5 },
      ],
    });
    doc
      .font(fontOf(false))
      .fontSize(8.5)
      .fillColor(INK)
      .text(name, at + 36, y, { lineBreak: false });
    at += 36 + doc.widthOfString(name) + 18;
  }
}

function drawPath(doc: Document, { line: { kind }, points }: PlacedLine): void {
  const [first, ...rest] = points;
  const last = rest.at(-1);
  if (!first || !last) return;
  const { colour, dash, weight } = LINES[kind];
  const before = points.at(-2) ?? first;
  const length = Math.hypot(last.x - before.x, last.y - before.y) || 1;
  const [dx, dy] = [(last.x - before.x) / length, (last.y - before.y) / length];
  doc.moveTo(first.x, first.y);
  for (const point of rest.slice(0, -1)) doc.lineTo(point.x, point.y);
  doc.lineTo(last.x - dx * ARROW, last.y - dy * ARROW);
  doc.lineWidth(weight).strokeColor(colour);
  if (dash.length > 0) doc.dash(dash as unknown as number, {});
  doc.stroke().undash();
  const [bx, by] = [last.x - dx * ARROW, last.y - dy * ARROW];
  doc
    .polygon(
      [last.x, last.y],
      [bx - (dy * ARROW) / 2, by + (dx * ARROW) / 2],
      [bx + (dy * ARROW) / 2, by - (dx * ARROW) / 2],
    )
    .fill(colour);
}

function drawBox(doc: Document, { box, x, y, width, height, texts }: PlacedBox): void {
  const isEnd = box.kind === 'end';
  doc.lineWidth(box.kind === 'decision' ? 2 : 1.2).strokeColor(box.kind === 'decision' ? INK : RULE);
  if (box.kind === 'connector') doc.lineWidth(1.6).strokeColor(INK);
  if (box.kind === 'decision') {
    const half = height / 2;
    doc.polygon(
      [x + POINT, y],
      [x + width - POINT, y],
      [x + width, y + half],
      [x + width - POINT, y + height],
      [x + POINT, y + height],
      [x, y + half],
    );
    doc.fillAndStroke('#fff4d6', INK);
  } else {
    if (box.kind === 'escalation' || box.kind === 'unfinished') doc.dash(3, { space: 3 });
    doc.roundedRect(x, y, width, height, isBesideSteps(box.kind) ? height / 2 : 6);
    if (isEnd) doc.fill(INK);
    else doc.fillAndStroke(isBesideSteps(box.kind) ? '#ffffff' : '#f6f8fa', box.kind === 'connector' ? INK : RULE);
    doc.undash();
  }
  if (box.kind === 'parallel')
    doc
      .moveTo(x, y + 4)
      .lineTo(x + width, y + 4)
      .moveTo(x, y + height - 4)
      .lineTo(x + width, y + height - 4)
      .stroke(RULE);
  if (box.kind === 'call')
    doc
      .moveTo(x + 6, y)
      .lineTo(x + 6, y + height)
      .moveTo(x + width - 6, y)
      .lineTo(x + width - 6, y + height)
      .stroke(RULE);
  for (const one of texts) {
    const isImpact = one.style === 'impact' || one.style === 'disruptive';
    if (isImpact) mark(doc, { x: x + one.x, y: y + one.y }, one.style === 'disruptive');
    words(
      doc,
      isImpact ? { ...one, x: one.x + 14 } : one,
      { x, y },
      isEnd ? '#ffffff' : one.style === 'disruptive' ? ALARM : one.style === 'head' ? FAINT : INK,
    );
  }
}

/** A filled triangle before an impact that disrupts, an empty one before another. */
function mark(doc: Document, { x, y }: Point, isFilled: boolean): void {
  doc.polygon([x, y - 8], [x + 8, y - 8], [x + 4, y]).lineWidth(1);
  if (isFilled) doc.fill(ALARM);
  else doc.stroke(INK);
}

function words(doc: Document, { text, x, y, style }: TextLine, at: Point, colour: string): void {
  const { size, bold } = FONTS[style];
  doc.font(fontOf(bold)).fontSize(size).fillColor(colour);
  doc.text(text, at.x + x, at.y + y, { lineBreak: false, baseline: 'alphabetic' });
}
