/** Who has said yes before a step is taken: ways on which nobody has, and who decided last. */
import { fact } from '../workspace/fact.js';
import { type Edge, type Graph, graphOf } from './graph.js';

/**
 * Takes the URI of a playbook. Gives every step that some way from the start reaches without taking an option of a
 * decision that has an authority, with the edge on which the first such way arrives (undefined for the start). A timeout
 * edge authorises nothing. A step is authorised (format: Meaning) when it is not among them, or carries a
 * pre-authorisation of its own.
 *
 * "Every way passes a decision" asks for a set of decisions that together dominate the step, so one walk over the graph
 * without the authorising edges answers it for all steps: O(steps + edges).
 *
 * The step where parallel branches meet is taken when all of them have arrived. So it counts as reached without
 * authority only when every branch can arrive without.
 */
export const unauthorizedOf = fact((reader, uri: string) => unauthorized(graphOf(reader, uri)));

export function unauthorized(graph: Graph): ReadonlyMap<string, Edge | undefined> {
  const reached = new Map<string, Edge | undefined>();
  const arrived = new Map<string, Map<number, Edge>>();
  const queue: string[] = [];
  const reach = (key: string, edge: Edge | undefined) => {
    if (reached.has(key)) return;
    reached.set(key, edge);
    queue.push(key);
  };
  if (graph.start !== undefined) reach(graph.start, undefined);
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    for (const edge of graph.outgoing.get(key) ?? []) {
      if (authorizes(graph, edge)) continue;
      if (edge.joins && !completes(graph, arrived, edge)) continue;
      reach(edge.to, edge);
    }
  }
  return reached;
}

function authorizes(graph: Graph, edge: Edge): boolean {
  return edge.kind === 'option' && graph.nodes.get(edge.from)?.hasAuthority === true;
}

/** Notes that a branch has arrived at its join. Gives whether all branches now have. */
function completes(graph: Graph, arrived: Map<string, Map<number, Edge>>, edge: Edge): boolean {
  const { parallel, branch } = edge.joins ?? { parallel: '', branch: 0 };
  const branches = arrived.get(parallel) ?? new Map<number, Edge>();
  branches.set(branch, edge);
  arrived.set(parallel, branches);
  const count = (graph.outgoing.get(parallel) ?? []).filter(({ kind }) => kind === 'branch').length;
  return branches.size >= count;
}

/** Takes the answer of `unauthorizedOf` and a step in it. Gives the keys of the way there, from the start on. */
export function wayTo(key: string, reached: ReadonlyMap<string, Edge | undefined>): string[] {
  const way: string[] = [key];
  for (let edge = reached.get(key); edge; edge = reached.get(edge.from)) way.unshift(edge.from);
  return way;
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
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    for (const edge of graph.outgoing.get(key) ?? []) {
      if (!authorizes(graph, edge)) add(edge.to, last.get(key) ?? []);
    }
  }
  return last;
}
