/** Gives every box and line of a diagram its place, by way of the layout library. */
import type { ElkExtendedEdge, ElkNode } from 'elkjs';
import { labelSize, sizeOf } from './box-size.js';
import type { Diagram } from './diagram.js';
import {
  type Direction,
  type Drawing,
  type Grouping,
  NO_DRAWING,
  type PlacedBox,
  type PlacedLine,
  type Point,
} from './drawing.js';
import { inBands, inLanes } from './grouped-layout.js';
import { type Arrange, KEEP_ORDER, type LayoutOptionsOfLibrary, type Wishes } from './layout-options.js';

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
  readonly grouping?: Grouping;
}

/** Takes a diagram. Gives the drawing. The library is loaded when the first diagram is laid out: it takes 150 ms. */
export async function layout(
  diagram: Diagram,
  { direction = 'down', before = new Map(), grouping = 'none' }: LayoutOptions = {},
): Promise<Drawing> {
  if (diagram.boxes.length === 0) return NO_DRAWING;
  const { layoutLibrary } = await import('./layout-library.js');
  const arrange: Arrange = async (options, wishes) => {
    const input = graphOf(diagram, { 'elk.direction': DIRECTIONS[direction], ...options }, wishes);
    return drawingOf(diagram, await layoutLibrary.layout(input));
  };
  const plain = async () => arrange(before.size > 0 ? KEEP_ORDER : {}, { places: before });
  if (grouping === 'phase') return inBands(await plain(), direction, arrange);
  return grouping === 'owner' ? inLanes(await plain(), direction, arrange) : plain();
}

function graphOf(
  diagram: Diagram,
  options: LayoutOptionsOfLibrary,
  { places, partition, withoutLabels }: Wishes,
): ElkNode {
  return {
    id: 'graph',
    layoutOptions: { ...OPTIONS, ...options },
    children: diagram.boxes.map((box, index): ElkNode => {
      const { width, height } = sizeOf(box);
      const at = places?.get(box.key);
      return {
        id: `b${index}`,
        width,
        height,
        ...at,
        layoutOptions: {
          ...(at ? { 'elk.position': `(${at.x},${at.y})` } : {}),
          ...(partition ? { 'elk.partitioning.partition': String(partition(box.key)) } : {}),
        },
      };
    }),
    edges: edgesOf(diagram, withoutLabels !== true),
  };
}

function drawingOf(diagram: Diagram, graph: ElkNode): Drawing {
  const places = new Map((graph.children ?? []).map((node) => [node.id, node]));
  const routes = new Map((graph.edges ?? []).map((edge) => [edge.id, edge]));
  const boxes = diagram.boxes.map((box, index): PlacedBox => {
    const { x = 0, y = 0 } = places.get(`b${index}`) ?? {};
    const { width, height, texts } = sizeOf(box);
    return { box, x: round(x), y: round(y), width: round(width), height: round(height), texts };
  });
  const lines = diagram.lines.map((line, index): PlacedLine => {
    const edge = routes.get(`l${index}`);
    const size = labelSize(line.label);
    const at = edge?.labels?.[0];
    const label =
      size && at
        ? { x: round(at.x ?? 0), y: round(at.y ?? 0), width: size.width, height: size.height, texts: size.texts }
        : undefined;
    return { line, points: pointsOf(edge), label };
  });
  return { width: Math.ceil(graph.width ?? 0), height: Math.ceil(graph.height ?? 0), groups: [], boxes, lines };
}

function edgesOf({ boxes, lines }: Diagram, withLabels: boolean): ElkExtendedEdge[] {
  const ids = new Map(boxes.map(({ key }, index) => [key, `b${index}`]));
  return lines.flatMap(({ from, to, label }, index): ElkExtendedEdge[] => {
    const source = ids.get(from);
    const target = ids.get(to);
    if (source === undefined || target === undefined) return [];
    const size = withLabels ? labelSize(label) : undefined;
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
