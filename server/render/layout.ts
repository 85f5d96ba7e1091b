/** Gives every box and line of a diagram its place. The layout library is known here and nowhere else. */
import type { ElkExtendedEdge, ElkNode } from 'elkjs';
import { labelSize, sizeOf } from './box-size.js';
import type { Diagram } from './diagram.js';
import { type Direction, type Drawing, NO_DRAWING, type PlacedBox, type PlacedLine, type Point } from './drawing.js';

/**
 * Layered, with right-angled lines and the order of the text: of the layouts compared, this one reads like a flow chart
 * that a person drew, and keeps boxes where they are while somebody types.
 */
const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  // From the start on, only a line to a step that leads here goes back.
  'elk.layered.cycleBreaking.strategy': 'DEPTH_FIRST',
  'elk.layered.crossingMinimization.forceNodeModelOrder': 'false',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.nodePlacement.bk.fixedAlignment': 'BALANCED',
  'elk.layered.spacing.nodeNodeBetweenLayers': '44',
  'elk.layered.spacing.edgeNodeBetweenLayers': '18',
  'elk.layered.spacing.edgeEdgeBetweenLayers': '12',
  'elk.spacing.nodeNode': '32',
  'elk.spacing.edgeNode': '18',
  'elk.spacing.edgeEdge': '12',
  'elk.spacing.edgeLabel': '4',
  'elk.layered.edgeLabels.sideSelection': 'SMART_DOWN',
  'elk.padding': '[top=24,left=24,bottom=24,right=24]',
  'elk.separateConnectedComponents': 'true',
};

const DIRECTIONS: Readonly<Record<Direction, string>> = { down: 'DOWN', right: 'RIGHT' };

export interface LayoutOptions {
  /** Where the way to the end leads. */
  readonly direction?: Direction;
  /** Where boxes stood before, by key: they keep their order, so that a picture changes only where the playbook does. */
  readonly before?: ReadonlyMap<string, Point>;
}

/** Takes a diagram. Gives the drawing. The library is loaded when the first diagram is laid out: it takes 150 ms. */
export async function layout(
  diagram: Diagram,
  { direction = 'down', before = new Map() }: LayoutOptions = {},
): Promise<Drawing> {
  if (diagram.boxes.length === 0) return NO_DRAWING;
  const { default: ELK } = await import('elkjs/lib/elk.bundled.js');
  const sizes = diagram.boxes.map(sizeOf);
  const labels = diagram.lines.map(({ label }) => labelSize(label));
  const input: ElkNode = {
    id: 'graph',
    layoutOptions: {
      ...OPTIONS,
      'elk.direction': DIRECTIONS[direction],
      ...(before.size > 0 ? { 'elk.layered.crossingMinimization.semiInteractive': 'true' } : {}),
    },
    children: diagram.boxes.map(({ key }, index): ElkNode => {
      const { width, height } = sizes[index] ?? { width: 0, height: 0 };
      const stood = before.get(key);
      const at = stood ? { layoutOptions: { 'elk.position': `(${stood.x},${stood.y})` } } : {};
      return { id: `b${index}`, width, height, ...at };
    }),
    edges: edgesOf(diagram, labels),
  };
  const graph: ElkNode = await new ELK().layout(input);

  const places = new Map((graph.children ?? []).map((node) => [node.id, node]));
  const routes = new Map((graph.edges ?? []).map((edge) => [edge.id, edge]));
  const boxes = diagram.boxes.map((box, index): PlacedBox => {
    const { x = 0, y = 0, width = 0, height = 0 } = places.get(`b${index}`) ?? {};
    return {
      box,
      x: round(x),
      y: round(y),
      width: round(width),
      height: round(height),
      texts: sizes[index]?.texts ?? [],
    };
  });
  const lines = diagram.lines.map((line, index): PlacedLine => {
    const edge = routes.get(`l${index}`);
    const size = labels[index];
    const at = edge?.labels?.[0];
    const label =
      size && at
        ? { x: round(at.x ?? 0), y: round(at.y ?? 0), width: size.width, height: size.height, texts: size.texts }
        : undefined;
    return { line, points: pointsOf(edge), label };
  });
  return { width: Math.ceil(graph.width ?? 0), height: Math.ceil(graph.height ?? 0), boxes, lines };
}

function edgesOf({ boxes, lines }: Diagram, labels: readonly ReturnType<typeof labelSize>[]): ElkExtendedEdge[] {
  const ids = new Map(boxes.map(({ key }, index) => [key, `b${index}`]));
  return lines.flatMap(({ from, to, label }, index): ElkExtendedEdge[] => {
    const source = ids.get(from);
    const target = ids.get(to);
    if (source === undefined || target === undefined) return [];
    const size = labels[index];
    const texts = size ? [{ id: `t${index}`, text: label, width: size.width, height: size.height }] : [];
    return [{ id: `l${index}`, sources: [source], targets: [target], labels: texts }];
  });
}

function pointsOf(edge: ElkExtendedEdge | undefined): Point[] {
  const section = edge?.sections?.[0];
  if (!section) return [];
  return straightened(
    [section.startPoint, ...(section.bendPoints ?? []), section.endPoint].map(({ x, y }) => ({
      x: round(x),
      y: round(y),
    })),
  );
}

/** A line that steps aside by less than this looks crooked. */
const CROOKED_PIXELS = 3;

/** Takes a right-angled line. Gives it without the steps that are too short to be seen as such. */
function straightened(points: readonly Point[]): Point[] {
  const line = [...points];
  for (let index = 1; index < line.length - 2; index++) {
    const [from, to] = [line[index] as Point, line[index + 1] as Point];
    const axis = from.y === to.y ? 'x' : 'y';
    if (Math.abs(from[axis] - to[axis]) >= CROOKED_PIXELS) continue;
    // All that lies on the line behind the step moves with it.
    for (let at = index + 1; at < line.length && line[at]?.[axis] === to[axis]; at++) {
      line[at] = { ...(line[at] as Point), [axis]: from[axis] };
    }
  }
  return line.filter((point, index) => {
    const [before, after] = [line[index - 1], line[index + 1]];
    if (!before || !after) return true;
    return !(before.x === point.x && point.x === after.x) && !(before.y === point.y && point.y === after.y);
  });
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
