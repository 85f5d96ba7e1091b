/** The papers that a binder is printed on, and the room that they have for a graph. */
import type { Binder } from '../model/generated/types.js';
import type { Room } from './graph-parts.js';

export type Paper = NonNullable<Binder['paper']>;

/** In points. */
export const PAPER_SIZES: Readonly<Record<Paper, Room>> = {
  a4: { width: 595.28, height: 841.89 },
  letter: { width: 612, height: 792 },
};

export const PAPERS = Object.keys(PAPER_SIZES) as readonly Paper[];

/** The margins at both sides; and those above and below with the running heads, the title of the graph and its legend. */
const MARGINS = { sides: 100, ends: 200 };

/** Takes the paper. Gives the room for a graph, in points. */
export function roomFor(paper: Paper): Room {
  const { width, height } = PAPER_SIZES[paper];
  return { width: width - MARGINS.sides, height: height - MARGINS.ends };
}
