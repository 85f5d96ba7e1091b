/** Loops of a playbook: what goes round, where it is entered, which ways lead back, and how often it may run. */
import { cycles } from './cycles.js';
import { type Dominators, dominators } from './dominators.js';
import { type Edge, type Graph, grouped } from './graph.js';

export interface Loop {
  /** The step at which it is entered. Where there are several, the first on the way from the start counts. */
  readonly head: string;
  /** The keys of its steps, each before those that follow it, but for ways back. */
  readonly keys: readonly string[];
  readonly holds: ReadonlySet<string>;
  /** The loop around it. */
  readonly outer: Loop | undefined;
  /** How many loops are around it. */
  readonly depth: number;
  /** Whether some way leads into it that does not lead to its head. */
  readonly enteredElsewhere: boolean;
  /** The ways back to its head; of a loop that is nested too deep, all that lead back in it. */
  readonly waysBack: readonly WayBack[];
}

export interface WayBack {
  readonly edge: Edge;
  /**
   * How often the steps before it may run in all: the bound of the step that goes back, or of the nearest one that every
   * way to it inside the loop passes. Infinity where there is none.
   */
  readonly atMost: number;
}

export interface LoopNest {
  /** Outer loops before those inside them. */
  readonly loops: readonly Loop[];
  /** The innermost loop around a step. */
  readonly around: ReadonlyMap<string, Loop>;
  readonly waysBack: ReadonlyMap<Edge, { readonly loop: Loop; readonly atMost: number }>;
  /** All steps that the start reaches, each before those that follow it on ways that do not lead back. */
  readonly order: readonly string[];
}

/** Nobody follows loops that are nested deeper than this; what is inside is taken as one loop without a bound. */
const MAX_NESTING = 32;

/**
 * Takes a graph. Gives its loops, nested: the strongly connected components, and inside each of them those that are left
 * without its head (Bourdoncle 1993). Without the ways back the graph has no cycle. O((steps + edges) x nesting).
 */
export function loopNest(graph: Graph): LoopNest {
  const dominance = dominators(graph);
  const number = new Map(dominance.order.map((key, index) => [key, index]));
  const loops: Loop[] = [];
  const around = new Map<string, Loop>();
  const waysBack = new Map<Edge, { loop: Loop; atMost: number }>();

  const queue: { keys: readonly string[]; outer: Loop | undefined }[] = [{ keys: dominance.order, outer: undefined }];
  for (let next = queue.shift(); next; next = queue.shift()) {
    const { keys, outer } = next;
    const inside = new Set(keys);
    const targets = (key: string) => [
      ...new Set((graph.outgoing.get(key) ?? []).map(({ to }) => to).filter((to) => inside.has(to))),
    ];
    for (const component of cycles(keys, targets)) {
      const sorted = component.sort((a, b) => (number.get(a) ?? 0) - (number.get(b) ?? 0));
      const [head = '', ...body] = sorted;
      const holds = new Set(sorted);
      const depth = outer ? outer.depth + 1 : 0;
      let dominatorsOfLoop: Dominators | undefined;
      const insideOf = () => {
        dominatorsOfLoop ??= dominatorsInside(graph, head, holds);
        return dominatorsOfLoop;
      };
      const tooDeep = depth === MAX_NESTING;
      const back = sorted
        .flatMap((key) => (tooDeep || key === head ? (graph.incoming.get(key) ?? []) : []))
        .filter(({ from, to }) => holds.has(from) && (number.get(to) ?? 0) <= (number.get(from) ?? 0))
        .map((edge): WayBack => {
          return { edge, atMost: tooDeep ? Number.POSITIVE_INFINITY : boundOf(graph, edge, insideOf) };
        });
      const enteredElsewhere = body.some((key) =>
        (graph.incoming.get(key) ?? []).some(({ from }) => number.has(from) && !holds.has(from)),
      );
      const loop: Loop = { head, keys: sorted, holds, outer, depth, enteredElsewhere, waysBack: back };
      loops.push(loop);
      for (const key of sorted) around.set(key, loop);
      for (const { edge, atMost } of back) waysBack.set(edge, { loop, atMost });
      if (body.length > 0 && !tooDeep) queue.push({ keys: body, outer: loop });
    }
  }
  return { loops, around, waysBack, order: forwardOrder(graph, dominance.order, { loops, around, waysBack }) };
}

/** The nearest bound that every way from the head to the way back passes: those are the dominators inside the loop. */
function boundOf(graph: Graph, { from, to }: Edge, insideOf: () => Dominators): number {
  const own = graph.nodes.get(from)?.atMost;
  if (own !== undefined) return own;
  const { immediate } = insideOf();
  for (let key: string | undefined = from; key !== undefined; key = immediate.get(key)) {
    const atMost = graph.nodes.get(key)?.atMost;
    if (atMost !== undefined) return atMost;
    if (key === to) break;
  }
  return Number.POSITIVE_INFINITY;
}

/** The dominators of the steps of a loop, as seen from its head. */
function dominatorsInside(graph: Graph, head: string, holds: ReadonlySet<string>): Dominators {
  const edges = graph.edges.filter(({ from, to }) => holds.has(from) && holds.has(to) && to !== head);
  return dominators({ ...graph, start: head, ...grouped(edges) });
}

/** Takes a loop nest and an edge. Gives the loops that the edge leads into, the innermost first. */
export function loopsEntered({ around }: Pick<LoopNest, 'around'>, { from, to }: Pick<Edge, 'from' | 'to'>): Loop[] {
  const entered: Loop[] = [];
  for (let loop = around.get(to); loop && !loop.holds.has(from); loop = loop.outer) entered.push(loop);
  return entered;
}

/**
 * Kahn's order: a step comes when all ways to it that do not lead back have come. The head of a loop also waits for what
 * enters the loop elsewhere, because such a way counts as one that enters at the head.
 */
function forwardOrder(graph: Graph, keys: readonly string[], nest: Omit<LoopNest, 'order'>): string[] {
  const reached = new Set(keys);
  const following = (key: string) =>
    (graph.outgoing.get(key) ?? [])
      .filter((edge) => reached.has(edge.to) && !nest.waysBack.has(edge))
      .flatMap((edge) => [
        edge.to,
        ...loopsEntered(nest, edge)
          .map(({ head }) => head)
          .filter((head) => head !== edge.to),
      ]);
  const waiting = new Map<string, number>();
  for (const key of keys) for (const to of following(key)) waiting.set(to, (waiting.get(to) ?? 0) + 1);
  const order = keys.filter((key) => !waiting.has(key));
  for (let at = 0; at < order.length; at++) {
    for (const to of following(order[at] ?? '')) {
      const left = (waiting.get(to) ?? 0) - 1;
      waiting.set(to, left);
      if (left === 0) order.push(to);
    }
  }
  return order;
}
