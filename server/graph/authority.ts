/** Who has said yes before a step is taken: ways on which nobody has, and who decided last. */
import { fact } from '../workspace/fact.js';
import { type Edge, type Graph, graphOf } from './graph.js';

/**
 * Takes the URI of a playbook. Gives every step that some way from the start reaches while nobody has said yes, with the
 * edge on which the first such way arrives (undefined for the start). Taking an option of a decision that has an authority
 * is a yes. A timeout is not, and takes an earlier yes back: what follows it is what nobody has decided. A step is
 * authorised (format: Meaning) when it is not among them, or carries a pre-authorisation of its own.
 *
 * "Every way passes a decision" asks for a set of decisions that together dominate the step, so one walk over the graph
 * without the authorising edges answers it for all steps: O(steps + edges).
 *
 * The step where parallel branches meet is taken when all of them have arrived. So it counts as reached without
 * authority only when every branch can arrive without.
 */
export const unauthorizedOf = fact((reader, uri: string) => unauthorized(graphOf(reader, uri)));

export interface Unauthorized {
  readonly reached: ReadonlyMap<string, Edge | undefined>;
  /** Takes a step that was reached. Gives the keys of the way there, from the start on. */
  readonly wayTo: (key: string) => string[];
}

export function unauthorized(graph: Graph): Unauthorized {
  const arrivals = firstArrivals(graph);
  const reached = new Map<string, Edge | undefined>();
  const arrived = new Map<string, Set<number>>();
  const queue: string[] = [];
  const reach = (edge: Edge | undefined, key: string) => {
    if (reached.has(key)) return;
    if (edge?.joins && !completes(graph, arrived, edge)) return;
    reached.set(key, edge);
    queue.push(key);
  };
  if (graph.start !== undefined) reach(undefined, graph.start);
  for (const edge of graph.edges) if (edge.kind === 'timeout' && arrivals.has(edge.from)) reach(edge, edge.to);
  for (let next = 0; next < queue.length; next++) {
    for (const edge of graph.outgoing.get(queue[next] ?? '') ?? []) if (!authorizes(graph, edge)) reach(edge, edge.to);
  }
  return { reached, wayTo: (key) => wayTo(key, reached, arrivals) };
}

/** For every step that can be reached at all, the edge on which the shortest way arrives. */
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

/** Back over the edges without authority as far as they go, which is to the start or a timeout, then the shortest way. */
function wayTo(key: string, reached: Unauthorized['reached'], arrivals: Unauthorized['reached']): string[] {
  const way = [key];
  for (let edge = reached.get(key), timedOut = false; edge; ) {
    way.unshift(edge.from);
    timedOut ||= edge.kind === 'timeout';
    edge = timedOut ? arrivals.get(edge.from) : reached.get(edge.from);
  }
  return way;
}

function authorizes(graph: Graph, edge: Edge): boolean {
  return edge.kind === 'option' && graph.nodes.get(edge.from)?.hasAuthority === true;
}

/** Notes that a branch has arrived at its join. Gives whether all branches now have. */
function completes(graph: Graph, arrived: Map<string, Set<number>>, { joins }: Edge): boolean {
  if (!joins) return true;
  const branches = arrived.get(joins.parallel) ?? new Set<number>();
  branches.add(joins.branch);
  arrived.set(joins.parallel, branches);
  const count = (graph.outgoing.get(joins.parallel) ?? []).filter(({ kind }) => kind === 'branch').length;
  return branches.size >= count;
}

/**
 * Takes the URI of a playbook. Gives for every step the decisions that may have been the last to be taken before it,
 * by one of their options, in the order of the text. O(edges x decisions that meet in one step).
 */
export const lastDecisionsOf = fact((reader, uri: string) => lastDecisions(graphOf(reader, uri)));

export function lastDecisions(graph: Graph): ReadonlyMap<string, ReadonlySet<string>> {
  const last = new Map<string, Set<string>>();
  const queue: string[] = [];
  const add = (key: string, decisions: Iterable<string>) => {
    const known = last.get(key) ?? new Set<string>();
    const before = known.size;
    for (const decision of decisions) known.add(decision);
    if (known.size === before) return;
    last.set(key, known);
    queue.push(key);
  };
  for (const edge of graph.edges) if (authorizes(graph, edge)) add(edge.to, [edge.from]);
  for (let next = 0; next < queue.length; next++) {
    const key = queue[next] ?? '';
    for (const edge of graph.outgoing.get(key) ?? []) {
      if (!authorizes(graph, edge)) add(edge.to, last.get(key) ?? []);
    }
  }
  return last;
}
