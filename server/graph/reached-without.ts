/** What some way from the start reaches while something has not yet happened. */
import { joinCounter } from './blocks.js';
import type { Edge, Graph } from './graph.js';

export interface ReachedWithout {
  /** What was reached, `end` included, with the edge on which the first such way arrives; undefined for the start. */
  readonly reached: ReadonlyMap<string, Edge | undefined>;
  /** Takes what was reached. Gives the keys of the way there, from the start on. */
  readonly wayTo: (key: string) => string[];
}

/**
 * Takes a graph, the edges on which it happens, and those that take it back. Gives everything that some way reaches while
 * it has not happened. "It happens on every way" asks for a set of edges that together cut the start off, so one walk
 * without them answers it for all steps: O(steps + edges).
 *
 * The step where parallel branches meet is reached when all of them have arrived: what has happened in one of them has
 * happened.
 */
export function reachedWithout(
  graph: Graph,
  happens: (edge: Edge) => boolean,
  takesBack: (edge: Edge) => boolean = () => false,
): ReachedWithout {
  const arrivals = firstArrivals(graph);
  const reached = new Map<string, Edge | undefined>();
  const completes = joinCounter(graph);
  const queue: string[] = [];
  const reach = (edge: Edge | undefined, key: string) => {
    if (reached.has(key)) return;
    if (edge?.joins && !completes(edge)) return;
    reached.set(key, edge);
    queue.push(key);
  };
  if (graph.start !== undefined) reach(undefined, graph.start);
  for (const edge of graph.edges) if (takesBack(edge) && arrivals.has(edge.from)) reach(edge, edge.to);
  for (let next = 0; next < queue.length; next++) {
    for (const edge of graph.outgoing.get(queue[next] ?? '') ?? []) if (!happens(edge)) reach(edge, edge.to);
  }

  /** Back over the edges on which it does not happen, to the start or to where it is taken back; then the shortest way. */
  function wayTo(key: string): string[] {
    const way = [key];
    for (let edge = reached.get(key), takenBack = false; edge; ) {
      way.unshift(edge.from);
      takenBack ||= takesBack(edge);
      edge = takenBack ? arrivals.get(edge.from) : reached.get(edge.from);
    }
    return way;
  }

  return { reached, wayTo };
}

/** For everything that can be reached at all, the edge on which the shortest way arrives. */
function firstArrivals(graph: Graph): ReadonlyMap<string, Edge | undefined> {
  const arrivals = new Map<string, Edge | undefined>();
  if (graph.start === undefined) return arrivals;
  arrivals.set(graph.start, undefined);
  const queue = [graph.start];
  for (let next = 0; next < queue.length; next++) {
    for (const edge of graph.outgoing.get(queue[next] ?? '') ?? []) {
      if (arrivals.has(edge.to)) continue;
      arrivals.set(edge.to, edge);
      queue.push(edge.to);
    }
  }
  return arrivals;
}
