/** Finds places for the words on lines that have been laid out without them. */
import { labelSize } from './box-size.js';
import type { Drawing, PlacedLine, Point, Rectangle } from './drawing.js';

/** Between the words and their line. */
const GAP = 3;
/** So far the words are moved along their line to find a free place. */
const STEP = 12;

type Extent = Pick<Rectangle, 'width' | 'height'>;

/** Takes a drawing. Gives it with its words in places where they lie on nothing; undefined where some find none. */
export function placeLabels(drawing: Drawing): Drawing | undefined {
  const labels: Rectangle[] = [];
  const lines: PlacedLine[] = [];
  const stretches = drawing.lines.map(({ points }) => stretchesOf(points));
  const all = stretches.flat();
  const isFree = (place: Rectangle) =>
    place.x >= 0 && ![...drawing.boxes, ...labels, ...all].some((other) => meet(other, place));
  for (const [index, line] of drawing.lines.entries()) {
    const size = labelSize(line.line.label);
    const place = size && placesAlong(stretches[index] ?? [], size).find(isFree);
    if (size && !place) return undefined;
    if (place) labels.push(place);
    lines.push({ ...line, label: size && place && { ...place, texts: size.texts } });
  }
  const right = Math.max(drawing.width, ...labels.map(({ x, width }) => x + width + STEP));
  return { ...drawing, width: right, lines };
}

/** Places along a line, those near its beginning first: above what leads across, beside what leads along. */
function placesAlong(stretches: readonly Rectangle[], { width, height }: Extent): Rectangle[] {
  return stretches.flatMap(({ x, y, width: length, height: drop }) => {
    if (length > drop) {
      const inside = steps(0, length - width);
      // Where the stretch is too short, the words reach beyond it.
      const moves = [...inside, ...steps(-width + STEP, 0), ...steps(Math.max(0, length - width), length)];
      return moves.map((move) => ({ x: x + move, y: y - height - GAP, width, height }));
    }
    const moves = steps(0, Math.max(drop - height, 0));
    return moves.flatMap((move) => [x + GAP, x - width - GAP].map((at) => ({ x: at, y: y + move, width, height })));
  });
}

function steps(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, Math.floor((to - from) / STEP) + 1) }, (_, index) => from + index * STEP);
}

function stretchesOf(points: readonly Point[]): Rectangle[] {
  return points.slice(1).map((to, index) => {
    const from = points[index] ?? to;
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    return { x, y, width: Math.abs(to.x - from.x) || 1, height: Math.abs(to.y - from.y) || 1 };
  });
}

function meet(a: Rectangle, b: Rectangle): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
