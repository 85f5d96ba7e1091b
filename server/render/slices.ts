/** Cuts a drawing into slices that are read on paper one below the other, between its boxes where there is a gap. */
import type { Drawing } from './drawing.js';

export interface Slice {
  readonly y: number;
  readonly height: number;
}

/** Takes a drawing and the height that a slice should not exceed. Gives its slices from top to bottom. */
export function slices({ height, boxes }: Drawing, limit: number): Slice[] {
  const result: Slice[] = [];
  let top = 0;
  while (height - top > limit) {
    // Even slices: a last page with one box on it helps nobody.
    const wanted = Math.ceil((height - top) / Math.ceil((height - top) / limit));
    const room = Math.min(wanted + limit / 8, limit);
    const cut = lastGap(boxes, top, top + room) ?? top + room;
    result.push({ y: top, height: cut - top });
    top = cut;
  }
  return [...result, { y: top, height: height - top }];
}

/** The lowest line between `from` and `to` that crosses no box, at least half a slice down. */
function lastGap(boxes: Drawing['boxes'], from: number, to: number): number | undefined {
  const covering = boxes.filter((box) => box.y < to && box.y + box.height > from).sort((a, b) => b.y - a.y);
  let cut = to;
  for (let moved = true; moved; ) {
    const crossed = covering.find((box) => box.y - 8 < cut && cut < box.y + box.height + 8);
    moved = crossed !== undefined;
    if (crossed) cut = crossed.y - 8;
  }
  return cut > from + (to - from) / 2 ? cut : undefined;
}
