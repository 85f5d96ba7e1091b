/** Pictures in which boxes are brought together: phases as bands across the way, owners as lanes along it. */

import type { Phase } from '../graph/graph.js';
import { isBesideSteps } from './box-kind.js';
import { FONTS } from './box-size.js';
import type { Direction, Drawing, PlacedBox, PlacedGroup, Point, Rectangle } from './drawing.js';
import { type Arrange, KEEP_ORDER } from './layout-options.js';
import { placeLabels } from './place-labels.js';
import { shorten, textWidth } from './text-metrics.js';

/** In the order of NIST SP 800-61, with what may happen in any of them behind. A phase that is new in the format must be put in. */
const NAMES: Readonly<Record<Phase, string>> = {
  detection: 'detection',
  analysis: 'analysis',
  containment: 'containment',
  eradication: 'eradication',
  recovery: 'recovery',
  communication: 'communication',
  post_incident: 'post incident',
};
/** Between the boxes of a group and its border. */
const INSET = 14;
/** Room for the names of lanes, or of bands from left to right, above. */
const ABOVE = 34;
const NAME_INSET = 10;
const UNNAMED = { phase: 'no phase', owner: 'nobody' } as const;
const PHASES: readonly string[] = [...Object.values(NAMES), UNNAMED.phase];

/** An axis of the picture: across it, groups lie side by side. */
interface Axis {
  readonly at: 'x' | 'y';
  readonly size: 'width' | 'height';
}

const ACROSS: Readonly<Record<Direction, Axis>> = {
  down: { at: 'x', size: 'width' },
  right: { at: 'y', size: 'height' },
};
const ALONG: Readonly<Record<Direction, Axis>> = {
  down: { at: 'y', size: 'height' },
  right: { at: 'x', size: 'width' },
};

/**
 * Takes a plain drawing and how to lay it out anew. Gives it with each phase as a band across the way, in the order of NIST
 * SP 800-61: a step that goes back to an earlier phase leads up.
 */
export async function inBands(plain: Drawing, direction: Direction, arrange: Arrange): Promise<Drawing> {
  const along = ALONG[direction];
  const phaseOf = phasesOf(plain);
  const phases = PHASES.filter((phase) => plain.boxes.some(({ box }) => phaseOf(box.key) === phase));
  if (phases.length < 2) return plain;
  const drawing = await arrange(
    { 'elk.partitioning.activate': 'true' },
    { partition: (key) => phases.indexOf(phaseOf(key)) },
  );
  return withGroups(drawing, phases, phaseOf, along) ?? plain;
}

/** A step without a phase belongs to the one that is written above it. */
function phasesOf({ boxes }: Drawing): (key: string) => string {
  const phases = new Map<string, string>();
  let last = boxes.find(({ box }) => box.phase !== '')?.box.phase ?? UNNAMED.phase;
  for (const { box } of boxes) {
    if (!isBesideSteps(box.kind)) last = box.phase || last;
    phases.set(box.key, isBesideSteps(box.kind) ? box.phase || last : last);
  }
  return (key) => phases.get(key) ?? last;
}

/** Lanes that lie on each other are moved apart so often at most. */
const MAX_PASSES = 4;
const GUTTER = 60;
const LANE_OPTIONS = {
  'elk.layered.nodePlacement.strategy': 'INTERACTIVE',
  'elk.separateConnectedComponents': 'false',
};
/** The library draws words far from their decision; they stand better above a stretch that leads across, which needs room. */
const ROOM_FOR_LABELS = {
  'elk.layered.spacing.edgeEdgeBetweenLayers': '48',
  'elk.layered.spacing.edgeNodeBetweenLayers': '48',
};
const BESIDE = 40;

/**
 * Takes a plain drawing and how to lay it out anew. Gives it with each owner's steps in a lane along the way; the plain
 * drawing where no order of the lanes was found in which none lies on another.
 */
export async function inLanes(plain: Drawing, direction: Direction, arrange: Arrange): Promise<Drawing> {
  const across = ACROSS[direction];
  const owners = new Map(plain.boxes.map(({ box }) => [box.key, box.owner || UNNAMED.owner]));
  const ownerOf = (key: string) => owners.get(key) ?? UNNAMED.owner;
  const asWritten = [...new Set(owners.values())];
  if (asWritten.length < 2) return plain;
  for (const withoutLabels of [true, false]) {
    for (const lanes of [asWritten, inOrder(plain, ownerOf, across)]) {
      for (const order of [KEEP_ORDER, { 'elk.layered.crossingMinimization.strategy': 'INTERACTIVE' }]) {
        const options = { ...LANE_OPTIONS, ...(withoutLabels ? ROOM_FOR_LABELS : {}), ...order };
        const drawn = await movedApart(plain, direction, lanes, ownerOf, async (places) =>
          arrange(options, { places, withoutLabels }),
        );
        const found = drawn && withoutLabels ? placeLabels(drawn) : drawn;
        if (found) return found;
      }
    }
  }
  return plain;
}

async function movedApart(
  plain: Drawing,
  direction: Direction,
  lanes: readonly string[],
  laneOf: (key: string) => string,
  arrange: (places: ReadonlyMap<string, Point>) => Promise<Drawing>,
): Promise<Drawing | undefined> {
  const across = ACROSS[direction];
  let sizes = lanes.map((lane) => widest(plain, direction, (key) => laneOf(key) === lane));
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const starts = sizes.map((_, index) => sizes.slice(0, index).reduce((sum, size) => sum + size + GUTTER, 0));
    const drawing = await arrange(placesIn(plain, direction, (key) => starts[lanes.indexOf(laneOf(key))] ?? 0, laneOf));
    const grouped = withGroups(drawing, lanes, laneOf, across);
    if (grouped) return grouped;
    sizes = sizes.map((size, index) => {
      const own = drawing.boxes.filter(({ box }) => laneOf(box.key) === lanes[index]);
      return Math.max(size, Math.max(...own.map((box) => box[across.at] + box[across.size])) - (starts[index] ?? 0));
    });
  }
  return undefined;
}

/** Boxes that stand in one row, by the middle of the row. */
function rowOf(box: PlacedBox, { at, size }: Axis): number {
  return Math.round(box[at] + box[size] / 2);
}

function widest({ boxes }: Drawing, direction: Direction, isIn: (key: string) => boolean): number {
  const rows = new Map<number, number>();
  for (const box of boxes) {
    if (!isIn(box.box.key)) continue;
    const row = rowOf(box, ALONG[direction]);
    rows.set(row, (rows.get(row) ?? 0) + box[ACROSS[direction].size] + BESIDE);
  }
  return Math.max(0, ...rows.values());
}

function placesIn(
  { boxes }: Drawing,
  direction: Direction,
  startOf: (key: string) => number,
  laneOf: (key: string) => string,
): Map<string, Point> {
  const [across, along] = [ACROSS[direction], ALONG[direction]];
  const filled = new Map<string, number>();
  return new Map(
    boxes.map((box) => {
      const { key } = box.box;
      const place = `${rowOf(box, along)} ${laneOf(key)}`;
      const beside = filled.get(place) ?? 0;
      filled.set(place, beside + box[across.size] + BESIDE);
      return [key, { x: box.x, y: box.y, [across.at]: startOf(key) + beside }];
    }),
  );
}

/** Groups in the order in which their boxes stand on average. */
function inOrder({ boxes }: Drawing, groupOf: (key: string) => string, { at, size }: Axis): string[] {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const box of boxes) {
    const group = groupOf(box.box.key);
    const { sum, count } = sums.get(group) ?? { sum: 0, count: 0 };
    sums.set(group, { sum: sum + box[at] + box[size] / 2, count: count + 1 });
  }
  return [...sums].sort(([, a], [, b]) => a.sum / a.count - b.sum / b.count).map(([group]) => group);
}

/** Gives a drawing with borders and names for its groups, along an axis; undefined where one lies on another. */
function withGroups(
  drawing: Drawing,
  groups: readonly string[],
  groupOf: (key: string) => string,
  axis: Axis,
): Drawing | undefined {
  const extents = groups.map((group) => {
    const own = drawing.boxes.filter(({ box }) => groupOf(box.key) === group);
    return {
      start: Math.min(...own.map((box) => box[axis.at])) - INSET,
      end: Math.max(...own.map((box) => box[axis.at] + box[axis.size])) + INSET,
    };
  });
  if (extents.some(({ start }, index) => start < (extents[index - 1]?.end ?? start) - 2 * INSET)) return undefined;
  // Neighbours share the room between them.
  const borders = extents.slice(1).map(({ start }, index) => Math.round((start + (extents[index]?.end ?? 0)) / 2));
  const isHorizontal = axis.at === 'y';
  const names = groups.map((group, index) => {
    const room = isHorizontal
      ? MAX_NAME
      : (borders[index] ?? drawing.width) - (borders[index - 1] ?? 0) - 2 * NAME_INSET;
    return shorten(group, room, FONTS.group.size, true);
  });
  const beside = isHorizontal
    ? Math.ceil(Math.max(...names.map((name) => textWidth(name, FONTS.group.size, true)))) + 2 * NAME_INSET
    : 0;
  const moved = shifted(drawing, { x: beside, y: isHorizontal ? 0 : ABOVE });
  const whole = isHorizontal ? moved.height : moved.width;
  return {
    ...moved,
    groups: names.map((name, index) => {
      const start = index === 0 ? 0 : (borders[index - 1] ?? 0);
      const end = index === names.length - 1 ? whole : (borders[index] ?? 0);
      const area: Rectangle = isHorizontal
        ? { x: 0, y: start, width: moved.width, height: end - start }
        : { x: start, y: 0, width: end - start, height: moved.height };
      const text = { x: NAME_INSET, y: 22, text: name, style: 'group' as const };
      return { ...area, title: groups[index] ?? '', texts: [text] } satisfies PlacedGroup;
    }),
  };
}

const MAX_NAME = 140;

function shifted(drawing: Drawing, { x, y }: Point): Drawing {
  const move = <Placed extends Point>(placed: Placed): Placed => ({ ...placed, x: placed.x + x, y: placed.y + y });
  return {
    ...drawing,
    width: drawing.width + x,
    height: drawing.height + y,
    boxes: drawing.boxes.map(move),
    lines: drawing.lines.map(({ line, points, label }) => ({
      line,
      points: points.map(move),
      label: label && move(label),
    })),
  };
}
