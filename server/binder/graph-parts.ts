/** Cuts a graph that does not fit on a page into parts that do: each with a picture of its own, joined by numbered connectors. */

import { isBesideSteps } from '../render/box-kind.js';
import { FONTS } from '../render/box-size.js';
import type { Box, Diagram, Line } from '../render/diagram.js';
import type { Drawing } from '../render/drawing.js';
import type { LayoutOptions } from '../render/layout.js';

/** The smallest letters on paper, in points. */
const SMALLEST_POINTS = 7;
export const SMALLEST_SCALE = SMALLEST_POINTS / Math.min(...Object.values(FONTS).map(({ size }) => size));

export interface Room {
  /** In points. */
  readonly width: number;
  readonly height: number;
}

export interface GraphPart {
  readonly drawing: Drawing;
  /** The keys of its steps. */
  readonly steps: readonly string[];
}

type Layout = (diagram: Diagram, options?: LayoutOptions) => Promise<Drawing>;

/** Takes a diagram, how to lay it out and the room on a page. Gives the parts in the order of the flow, each step in one of them. */
export async function graphParts(diagram: Diagram, layout: Layout, room: Room): Promise<GraphPart[]> {
  const steps = diagram.boxes.filter(({ kind }) => !isBesideSteps(kind)).map(({ key }) => key);
  if (steps.length === 0) return [];
  const whole = await layout(diagram);
  if (fits(whole, room)) return [{ drawing: whole, steps }];
  const groups = packed(whole, room);
  return (await Promise.all(groups.map((group) => partsOf(diagram, group, layout, room)))).flat();
}

/** Room for the connectors above and below a part, in pixels. */
const CONNECTORS = 130;
const BESIDE = 40;

/** Puts steps that stand near each other in the whole picture together, as many as a page may hold. */
function packed({ boxes }: Drawing, room: Room): string[][] {
  const [width, height] = [room.width / SMALLEST_SCALE, room.height / SMALLEST_SCALE - CONNECTORS];
  const groups: { steps: string[]; top: number; row: number; used: number }[] = [];
  const steps = boxes.filter(({ box }) => !isBesideSteps(box.kind)).sort((a, b) => a.y - b.y || a.x - b.x);
  for (const { box, y, height: high, width: wide } of steps) {
    const last = groups.at(-1);
    const used = last && y - last.row < high / 2 ? last.used + BESIDE + wide : wide;
    if (!last || y + high - last.top > height || used > width) {
      groups.push({ steps: [box.key], top: y, row: y, used: wide });
    } else {
      last.steps.push(box.key);
      last.used = used;
      last.row = y;
    }
  }
  return groups.map((group) => group.steps);
}

async function partsOf(diagram: Diagram, steps: readonly string[], layout: Layout, room: Room): Promise<GraphPart[]> {
  const drawing = await layout(partOf(diagram, steps));
  if (fits(drawing, room)) return [{ drawing, steps }];
  if (steps.length === 1) return [{ drawing: await single(diagram, steps, layout, room), steps }];
  const cut = cutIn(diagram, steps);
  return [
    ...(await partsOf(diagram, steps.slice(0, cut), layout, room)),
    ...(await partsOf(diagram, steps.slice(cut), layout, room)),
  ];
}

/** A decision with so many options that they fit neither side by side nor one below the other shows only how many there are. */
async function single(diagram: Diagram, steps: readonly string[], layout: Layout, room: Room): Promise<Drawing> {
  const [step = ''] = steps;
  const { boxes, lines } = partOf(diagram, steps);
  const arriving = new Set(lines.filter(({ to }) => to === step).map(({ from }) => from));
  const onward = { boxes: boxes.filter(({ key }) => !arriving.has(key)), lines: lines.filter(({ to }) => to !== step) };
  for (const direction of ['down', 'right'] as const) {
    const drawing = await layout(onward, { direction });
    if (fits(drawing, room)) return drawing;
  }
  const count = lines.filter(({ from, kind }) => from === step && kind !== 'escalation').length;
  const more = connector('more', `${count} ways on: see the card of this step`);
  return layout({
    boxes: [...boxes.filter(({ key }) => key === step), more],
    lines: [{ from: step, to: more.key, kind: 'next', label: '' }],
  });
}

function fits({ width, height }: Drawing, room: Room): boolean {
  return Math.min(room.width / width, room.height / height) >= SMALLEST_SCALE;
}

/** Near the middle, right behind a decision where one is near. */
function cutIn({ boxes }: Diagram, steps: readonly string[]): number {
  const middle = Math.ceil(steps.length / 2);
  const kinds = new Map(boxes.map(({ key, kind }) => [key, kind]));
  const reach = Math.floor(steps.length / 4);
  for (let away = 0; away <= reach; away++) {
    for (const cut of [middle - away, middle + away]) {
      if (cut > 0 && cut < steps.length && kinds.get(steps[cut - 1] ?? '') === 'decision') return cut;
    }
  }
  return middle;
}

/** A part of a diagram: where a line leads out of it or into it, a connector says to which step, or from which. */
function partOf({ boxes, lines }: Diagram, steps: readonly string[]): Diagram {
  const inside = new Set(steps);
  const numbers = new Map(boxes.map(({ key, head }) => [key, head.split(' ')[0] ?? '']));
  const own = boxes.filter(({ key, kind }) =>
    isBesideSteps(kind) ? lines.some(({ from, to }) => to === key && inside.has(from)) : inside.has(key),
  );
  const ownKeys = new Set(own.map(({ key }) => key));
  const connectors = new Map<string, Box>();
  const sources = new Map<string, Set<string>>();
  const kept: Line[] = [];
  for (const line of lines) {
    const [comes, goes] = [ownKeys.has(line.from), ownKeys.has(line.to)];
    if (comes && goes) kept.push(line);
    else if (comes) {
      const key = `to:${line.to}`;
      connectors.set(key, connector(key, `to step ${numbers.get(line.to)}`));
      kept.push({ ...line, to: key });
    } else if (goes) {
      sources.set(line.to, (sources.get(line.to) ?? new Set()).add(numbers.get(line.from) ?? ''));
    }
  }
  const arriving = [...sources].map(([to, from]) => {
    const box = connector(`from:${to}`, `from step ${[...from].join(', ')}`);
    kept.push({ from: box.key, to, kind: 'next', label: '' });
    return box;
  });
  return { boxes: [...arriving, ...own, ...connectors.values()], lines: kept };
}

function connector(key: string, title: string): Box {
  const empty = { phase: '', owner: '', authority: '', services: [], head: '', facts: [], impacts: [] };
  return { key, kind: 'connector', title, ...empty };
}
