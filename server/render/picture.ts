/** Draws a drawing as SVG elements. What things look like is said in CSS, by class. */
import type { Severity } from '../rules/rule.js';
import { isBesideSteps } from './box-kind.js';
import { POINT } from './box-size.js';
import type { Drawing, PlacedBox, PlacedGroup, PlacedLine, Point, TextLine } from './drawing.js';
import { type Element, element } from './element.js';

/** How many findings a box has of each severity, the worst first, and what they say. */
export interface Badge {
  readonly counts: readonly { readonly severity: Severity; readonly count: number }[];
  readonly messages: readonly string[];
}

export type Badges = ReadonlyMap<string, Badge>;

const CORNER = 6;
const MARK_WIDTH = 22;
/** More findings than this have no room in a mark. */
const MANY = 9;

/** Takes a drawing and the badges by box. Gives a group: bands or lanes below, then lines, boxes, and the words on lines. */
export function picture(drawing: Drawing, badges: Badges): Element {
  return element(
    'g',
    { class: 'picture' },
    element('g', { class: 'groups' }, ...drawing.groups.map(groupElement)),
    element('g', { class: 'lines', 'aria-hidden': 'true' }, ...drawing.lines.map(lineElement)),
    element('g', { class: 'boxes' }, ...drawing.boxes.map((placed) => boxElement(placed, badges.get(placed.box.key)))),
    element(
      'g',
      { class: 'labels', 'aria-hidden': 'true' },
      ...drawing.lines.map(labelElement).filter((one) => one !== undefined),
    ),
  );
}

/** The arrowheads that the lines refer to. */
export function markers(): Element {
  const kinds = ['next', 'option', 'timeout', 'failure', 'branch', 'escalation'] as const;
  return element(
    'defs',
    {},
    ...kinds.map((kind) =>
      element(
        'marker',
        {
          id: `arrow-${kind}`,
          class: `arrow ${kind}`,
          viewBox: '0 0 10 10',
          refX: 9,
          refY: 5,
          markerWidth: 8,
          markerHeight: 8,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto',
        },
        element('path', { d: 'M0,0.5 L10,5 L0,9.5 z' }),
      ),
    ),
  );
}

/** Takes a band or a lane. Gives its ground, of which every second one is darker, and its name. */
export function groupElement({ title, x, y, width, height, texts }: PlacedGroup, index: number): Element {
  return element(
    'g',
    { class: index % 2 === 0 ? 'group' : 'group other', transform: `translate(${x},${y})` },
    element('title', {}, title),
    element('rect', { class: 'group-ground', width, height }),
    ...texts.map(text),
  );
}

/** Takes a line with its corners. Gives its path. */
export function lineElement({ line: { from, to, kind }, points }: PlacedLine): Element {
  return element('path', {
    class: `line ${kind}`,
    d: rounded(points),
    'marker-end': `url(#arrow-${kind})`,
    'data-from': from,
    'data-to': to,
  });
}

/** Takes a line. Gives what stands on it; undefined where nothing does. */
export function labelElement({ line: { kind }, label: placed }: PlacedLine): Element | undefined {
  if (!placed) return undefined;
  const { x, y, width, height, texts } = placed;
  return element(
    'g',
    { class: `label ${kind}`, transform: `translate(${x},${y})` },
    element('rect', { class: 'label-ground', width, height, rx: 3 }),
    ...texts.map(text),
  );
}

/** Takes a box with its place, and its badge. Gives the group that shows both. */
export function boxElement({ box: content, x, y, width, height, texts }: PlacedBox, badge: Badge | undefined): Element {
  const parts = [outline(content.kind, width, height), ...texts.flatMap((one) => withChip(one, width))];
  if (badge) parts.push(...badgeMarks(badge, content.kind === 'decision' ? width - POINT - 12 : width - 14));
  return element(
    'g',
    {
      class: `box ${content.kind}${badge ? ` has-${badge.counts[0]?.severity}` : ''}`,
      transform: `translate(${x},${y})`,
      'data-key': content.key,
    },
    element('title', {}, describe(content, badge)),
    ...parts,
  );
}

function describe(content: PlacedBox['box'], badge: Badge | undefined): string {
  const impacts = content.impacts.map(({ text: words }) => `Impact: ${words}`);
  return [content.title, ...content.facts, ...impacts, ...(badge?.messages ?? [])].join('\n');
}

function outline(kind: PlacedBox['box']['kind'], width: number, height: number): Element {
  if (kind === 'decision') {
    const half = height / 2;
    const points = [
      [POINT, 0],
      [width - POINT, 0],
      [width, half],
      [width - POINT, height],
      [POINT, height],
      [0, half],
    ];
    return element('polygon', { class: 'outline', points: points.map((point) => point.join(',')).join(' ') });
  }
  const round = isBesideSteps(kind) ? height / 2 : CORNER;
  const frame = element('rect', { class: 'outline', width, height, rx: round });
  if (kind === 'call' || kind === 'parallel') {
    const inner =
      kind === 'call' ? `M6,0 V${height} M${width - 6},0 V${height}` : `M0,4 H${width} M0,${height - 4} H${width}`;
    return element('g', {}, frame, element('path', { class: 'inner', d: inner }));
  }
  return frame;
}

/** An impact gets a mark before it: a filled triangle when it is disruptive, an empty one when not. */
function withChip(one: TextLine, width: number): Element[] {
  if (one.style !== 'impact' && one.style !== 'disruptive') return [text(one)];
  const { x, y } = one;
  const ground = element('rect', {
    class: `chip ${one.style}`,
    x: x - 4,
    y: y - 12,
    width: width - 2 * x + 8,
    height: 16,
    rx: 3,
  });
  const mark = element('path', { class: `chip-mark ${one.style}`, d: `M${x},${y - 8} h8 l-4,7 z` });
  return [ground, mark, text({ ...one, x: x + 14 })];
}

function text({ x, y, text: words, style }: TextLine): Element {
  return element('text', { class: style, x, y }, words);
}

/** A mark for each severity, told apart by shape: the worst at the right. */
function badgeMarks({ counts }: Badge, x: number): Element[] {
  return counts.map(({ severity, count }, index) => {
    const shape =
      severity === 'error'
        ? element('circle', { class: 'badge-ground', r: 9 })
        : severity === 'warning'
          ? element('path', { class: 'badge-ground', d: 'M0,-11 L11,8 L-11,8 z' })
          : element('rect', { class: 'badge-ground', x: -8, y: -8, width: 16, height: 16, rx: 3 });
    const words = count > MANY ? `${MANY}+` : String(count);
    const sign = element(
      'text',
      { class: 'badge-sign', y: severity === 'warning' ? 6 : 4, 'text-anchor': 'middle' },
      words,
    );
    const at = `translate(${x - index * MARK_WIDTH},14)`;
    return element('g', { class: `badge ${severity}`, transform: at }, shape, sign);
  });
}

/** Takes the corners of a line. Gives a path with rounded corners. */
function rounded(points: readonly Point[]): string {
  const [first, ...rest] = points;
  if (!first) return '';
  const parts = [`M${first.x},${first.y}`];
  for (const [index, corner] of rest.entries()) {
    const before = points[index] ?? first;
    const after = rest[index + 1];
    if (!after) {
      parts.push(`L${corner.x},${corner.y}`);
      continue;
    }
    const from = towards(corner, before);
    const to = towards(corner, after);
    parts.push(`L${from.x},${from.y}`, `Q${corner.x},${corner.y} ${to.x},${to.y}`);
  }
  return parts.join(' ');
}

function towards(corner: Point, other: Point): Point {
  const length = Math.hypot(other.x - corner.x, other.y - corner.y);
  const step = Math.min(CORNER, length / 2) / (length || 1);
  const between = (a: number, b: number) => Math.round((a + (b - a) * step) * 10) / 10;
  return { x: between(corner.x, other.x), y: between(corner.y, other.y) };
}
