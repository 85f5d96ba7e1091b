/** What differs between two drawings: of a large one, a letter in a title changes one box, and only that goes to the page. */
import type { Drawing, PlacedBox, PlacedLine } from '../../server/render/drawing.js';

export interface DrawingDelta extends Omit<Drawing, 'boxes' | 'lines'> {
  /** A box, or the number of the same one in the drawing before. */
  readonly boxes: readonly (PlacedBox | number)[];
  readonly lines: readonly (PlacedLine | number)[];
}

/** Takes the drawing that the page has, where it has one, and the one that it is to have. Gives the difference. */
export function deltaOf(before: Drawing | undefined, now: Drawing): DrawingDelta {
  return { ...now, boxes: indexed(before?.boxes ?? [], now.boxes), lines: indexed(before?.lines ?? [], now.lines) };
}

/** Takes the drawing before and the difference. Gives the drawing; what is the same stays the same object. */
export function applyDelta(before: Drawing | undefined, delta: DrawingDelta): Drawing {
  const whole = <Item>(items: readonly (Item | number)[], known: readonly Item[] = []): Item[] =>
    items.flatMap((item) => (typeof item === 'number' ? (known[item] ?? []) : [item]));
  return { ...delta, boxes: whole(delta.boxes, before?.boxes), lines: whole(delta.lines, before?.lines) };
}

function indexed<Item>(before: readonly Item[], now: readonly Item[]): (Item | number)[] {
  const known = new Map(before.map((item, index) => [JSON.stringify(item), index]));
  return now.map((item) => known.get(JSON.stringify(item)) ?? item);
}
