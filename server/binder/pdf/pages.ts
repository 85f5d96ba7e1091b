/**
 * The pages of a binder: where the next line goes, running heads, page numbers, tags. Everything is gone through twice: the first
 * time only to learn on which page things stand, the second time to draw, so that references and "page n of m" are right and
 * no page has to be kept.
 */
import type PDFDocument from 'pdfkit';
import type { Binder } from '../document.js';
import { PAPER_SIZES, type Paper } from '../paper.js';

type Document = InstanceType<typeof PDFDocument>;
type Tag = ReturnType<Document['struct']>;

const SIDE = 50;
const TOP = 68;
const BOTTOM = 58;
const HEAD_SIZE = 8.5;
export const INK = '#1b1f24';
export const FAINT = '#57606a';
export const RULE = '#8c959f';
/** Dark enough to be told from ink in black and white by its weight, which is bold. */
export const ALARM = '#a40e26';

export interface Look {
  readonly size: number;
  readonly bold?: boolean;
  readonly colour?: string;
}

/** What the first way through the binder has found out. */
export interface Known {
  /** The page of each section and card, from 1. */
  readonly pages: ReadonlyMap<string, number>;
  readonly count: number;
}

export class Pages {
  readonly left = SIDE;
  readonly width: number;
  y = TOP;
  /** From 1. */
  number = 0;
  readonly found = new Map<string, number>();
  private head = '';
  private isMeasuring = false;
  private tag: { readonly element: Tag; readonly type: string } | undefined;
  private readonly widths = new Map<string, number>();
  private readonly height: number;

  /** Takes what was known after the first way through; without it, nothing is drawn. */
  constructor(
    private readonly doc: Document,
    private readonly binder: Binder,
    paper: Paper,
    readonly known: Known | undefined,
  ) {
    this.width = PAPER_SIZES[paper].width - 2 * SIDE;
    this.height = PAPER_SIZES[paper].height;
  }

  private get isDrawn(): boolean {
    return this.known !== undefined && !this.isMeasuring;
  }

  private get bottom(): number {
    return this.height - BOTTOM;
  }

  /** What fits between the top and the bottom of a page. */
  get whole(): number {
    return this.bottom - TOP;
  }

  get room(): number {
    return this.isMeasuring ? Number.POSITIVE_INFINITY : this.bottom - this.y;
  }

  /** Takes what the running head says. Begins a page. */
  begin(head: string, { isCover = false } = {}): void {
    this.head = head;
    this.number++;
    this.y = TOP;
    if (!this.known) return;
    this.doc.addPage();
    if (!isCover) this.runningHead();
  }

  /** Goes on to the next page where there is no such room left. */
  ensure(height: number): void {
    if (!this.isMeasuring && height > this.room && this.y !== TOP) this.begin(this.head);
  }

  /** Takes how to draw something. Gives how high it would be on a page without end; draws nothing. */
  measured(draw: () => void): number {
    const { y, number, isMeasuring } = this;
    this.isMeasuring = true;
    this.y = 0;
    draw();
    const height = this.y;
    this.y = y;
    this.number = number;
    this.isMeasuring = isMeasuring;
    return height;
  }

  /** Remembers where something stands, so that it can be referred to. */
  anchor(id: string): void {
    if (this.isMeasuring) return;
    this.found.set(id, this.number);
    if (this.known) this.doc.addNamedDestination(id, 'XYZ', 0, this.y - 4, null as unknown as number);
  }

  /** Takes an id. Gives its page in words, as wide as it will be when it is known. */
  pageOf(id: string): string {
    return this.known ? String(this.known.pages.get(id) ?? '–') : '000';
  }

  widthOf(text: string, { size, bold }: Look): number {
    const key = `${bold ? 'b' : 'r'}${text}`;
    let width = this.widths.get(key);
    if (width === undefined) {
      width = this.doc.font(fontOf(bold)).fontSize(100).widthOfString(text) / 100;
      this.widths.set(key, width);
    }
    return width * size;
  }

  /** Puts everything that follows under a tag of its own until it is closed. */
  tagged<Result>(
    type: string,
    draw: () => Result,
    options: { alt?: string; title?: string; scope?: string } = {},
  ): Result {
    if (!this.isDrawn) return draw();
    const around = this.tag;
    const element = this.doc.struct(type as 'P', options);
    if (around) around.element.add(element);
    else this.doc.addStructure(element);
    this.tag = { element, type };
    const result = draw();
    element.end();
    this.tag = around;
    return result;
  }

  /** Draws a line of text whose baseline box begins at `y`. */
  text(words: string, x: number, y: number, look: Look, options: { goTo?: string; link?: string } = {}): void {
    if (!this.isDrawn || words === '') return;
    this.content(() => {
      this.doc
        .font(fontOf(look.bold))
        .fontSize(look.size)
        .fillColor(look.colour ?? INK)
        .text(words.replaceAll('\u00a0', ' '), x, y, { lineBreak: false });
    });
    const area = [x, y, this.widthOf(words, look), look.size * 1.2] as const;
    if (options.goTo !== undefined) this.doc.goTo(...area, options.goTo);
    else if (options.link !== undefined) this.doc.link(...area, options.link);
  }

  /** Draws what has a meaning of its own, as a picture has. */
  drawing(draw: (doc: Document) => void): void {
    if (this.isDrawn) this.content(() => draw(this.doc));
  }

  /** Draws what means nothing by itself: rules, grounds, running heads. */
  ornament(draw: (doc: Document) => void): void {
    if (!this.isDrawn) return;
    this.doc.markContent('Artifact', { type: 'Layout' });
    draw(this.doc);
    this.doc.endMarkedContent();
  }

  rule(x: number, y: number, width: number, weight = 0.6, colour = RULE): void {
    this.ornament((doc) =>
      doc
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(weight)
        .strokeColor(colour)
        .stroke(),
    );
  }

  private content(draw: () => void): void {
    const content = this.doc.markStructureContent((this.tag?.type ?? 'P') as 'P');
    draw();
    this.doc.endMarkedContent();
    this.tag?.element.add(content);
  }

  private runningHead(): void {
    const { binder, known } = this;
    this.ornament((doc) => {
      const look = { size: HEAD_SIZE };
      const put = (words: string, x: number, y: number, bold = false) =>
        doc.font(fontOf(bold)).fontSize(HEAD_SIZE).fillColor(FAINT).text(words, x, y, { lineBreak: false });
      const right = (words: string, y: number, bold = false) =>
        put(words, SIDE + this.width - this.widthOf(words, { ...look, bold }), y, bold);
      const above = 36;
      const below = this.height - 38;
      put(
        this.shortened(this.head === binder.title ? binder.title : `${binder.title} · ${this.head}`, this.width - 120),
        SIDE,
        above,
      );
      right(binder.marking, above, true);
      put(
        this.shortened(
          [binder.organization, binder.revision && `revision ${binder.revision}`, binder.printed]
            .filter(Boolean)
            .join(' · '),
          this.width - 120,
        ),
        SIDE,
        below,
      );
      right(`page ${this.number} of ${known?.count}`, below);
    });
    this.rule(SIDE, 52, this.width);
    this.rule(SIDE, this.height - 46, this.width);
  }

  private shortened(words: string, room: number): string {
    let text = words;
    while (text.length > 1 && this.widthOf(text, { size: HEAD_SIZE }) > room) text = `${text.slice(0, -2)}…`;
    return text;
  }
}

/** Takes whether a text is bold. Gives the name of its font: pdfkit opens a font anew each time it is asked for by another one. */
export function fontOf(bold: boolean | undefined): string {
  return bold ? 'IncidentPlaybooksSans-Bold' : 'IncidentPlaybooksSans-Regular';
}
