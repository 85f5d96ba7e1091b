/** The crisis binder as a value: what stands in it, in which order. PDF, HTML and Markdown are written from the same one. */
import type { Drawing } from '../render/drawing.js';

/** A stretch of text of one look. */
export interface Inline {
  readonly text: string;
  readonly bold?: boolean;
  readonly code?: boolean;
  readonly href?: string;
  /** The id of a section or card: on paper, the number of its page follows. */
  readonly target?: string;
}

export type Cell = readonly Inline[];

export type Block =
  | { readonly kind: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[]; readonly tone?: 'lead' | 'faint' | 'alarm' }
  /** `start` is the number of the first item; undefined where they are not counted. */
  | { readonly kind: 'list'; readonly start: number | undefined; readonly items: readonly (readonly Block[])[] }
  /** A box to tick before each. */
  | { readonly kind: 'ticks'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly text: string }
  /** `widths` are shares of the width of the page. */
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Cell[])[];
      readonly widths: readonly number[];
    }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, Cell])[] }
  | {
      readonly kind: 'card';
      readonly id: string;
      readonly isDecision: boolean;
      readonly title: string;
      readonly meta: string;
      readonly blocks: readonly Block[];
    }
  | { readonly kind: 'graph'; readonly drawing: Drawing; readonly caption: string; readonly alt: string }
  | { readonly kind: 'legend' }
  /** Empty rows to write into. */
  | {
      readonly kind: 'rows';
      readonly head: readonly string[];
      readonly widths: readonly number[];
      readonly count: number;
    }
  /** Names with a line behind each. */
  | { readonly kind: 'blanks'; readonly names: readonly string[] };

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

export interface Binder {
  readonly title: string;
  readonly organization: string;
  /** TLP, as the strictest of the playbooks has it. */
  readonly marking: string;
  /** The commit and whether anything differs from it. */
  readonly revision: string;
  /** YYYY-MM-DD */
  readonly printed: string;
  readonly accent: string;
  readonly logo: Uint8Array | undefined;
  /** What stands on the cover below the title. */
  readonly cover: readonly Block[];
  readonly sections: readonly Section[];
}

/** Takes words. Gives them as a stretch of plain text. */
export function plain(text: string): Cell {
  return [{ text }];
}

/** Takes words. Gives a paragraph. */
export function paragraph(text: string, tone?: 'lead' | 'faint' | 'alarm'): Block {
  return { kind: 'paragraph', inlines: plain(text), ...(tone ? { tone } : {}) };
}

/** Takes texts for cells. Gives a row of a table. */
export function row(...texts: readonly string[]): Cell[] {
  return texts.map(plain);
}

/** Takes what is read where there is nothing, heads, shares of the width of the page, and rows. Gives the table. */
export function tableOr(
  nothing: string,
  head: readonly string[],
  widths: readonly number[],
  rows: readonly (readonly Cell[])[],
): Block {
  return rows.length === 0 ? paragraph(nothing) : { kind: 'table', head, rows, widths };
}
