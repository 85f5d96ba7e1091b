/** A laid-out diagram in plain numbers (pixels, from the top left). The preview, the exports and the binder draw the same one. */
import type { Box, Line } from './diagram.js';

/** Where the way from the start to the end leads: top to bottom, or left to right. */
export type Direction = 'down' | 'right';

/** What boxes are brought together by: bands of phases across the way, or lanes of owners along it. */
export type Grouping = 'none' | 'phase' | 'owner';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rectangle extends Point {
  readonly width: number;
  readonly height: number;
}

export type TextStyle = 'head' | 'title' | 'fact' | 'impact' | 'disruptive' | 'label' | 'group';

/** A line of text; `x` and `y` are where its baseline starts, from the corner of what it belongs to. */
export interface TextLine extends Point {
  readonly text: string;
  readonly style: TextStyle;
}

export interface PlacedBox extends Rectangle {
  readonly box: Box;
  readonly texts: readonly TextLine[];
}

export interface PlacedLine {
  readonly line: Line;
  readonly points: readonly Point[];
  readonly label: (Rectangle & { readonly texts: readonly TextLine[] }) | undefined;
}

/** A band or a lane, with its name. */
export interface PlacedGroup extends Rectangle {
  readonly title: string;
  readonly texts: readonly TextLine[];
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly groups: readonly PlacedGroup[];
  readonly boxes: readonly PlacedBox[];
  readonly lines: readonly PlacedLine[];
}

export const NO_DRAWING: Drawing = { width: 0, height: 0, groups: [], boxes: [], lines: [] };

/** A way through the picture that can be shown in it. */
export interface ToldWay {
  /** `To containment: 55m at worst`. */
  readonly title: string;
  /** The arithmetic: what each step on the way adds, in the order in which they are come to. */
  readonly steps: readonly { readonly key: string; readonly adds: string }[];
}
