/** How the layout library is asked for what a grouped picture needs. Its own types stay in layout.ts. */
import type { Drawing, Point } from './drawing.js';

export type LayoutOptionsOfLibrary = Readonly<Record<string, string>>;

/** What else is wanted of a picture, for single boxes by key. */
export interface Wishes {
  /** Where they stand, or should. */
  readonly places?: ReadonlyMap<string, Point>;
  /** The number of the group that a box belongs to, from 0 in the direction of the way. */
  readonly partition?: (key: string) => number;
  /** Whether the library leaves out the words on lines, because they find their places later. */
  readonly withoutLabels?: boolean;
}

/** Lays a diagram out, under options for the whole and for each box. */
export type Arrange = (options: LayoutOptionsOfLibrary, wishes: Wishes) => Promise<Drawing>;

/** Boxes stay in the order in which they stand. */
export const KEEP_ORDER: LayoutOptionsOfLibrary = { 'elk.layered.crossingMinimization.semiInteractive': 'true' };
