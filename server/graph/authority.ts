/** Who has said yes before a step is taken: ways on which nobody has, and who decided last. */
import { fact } from '../workspace/fact.js';
import { type Edge, type Graph, graphOf } from './graph.js';
import { type ReachedWithout, reachedWithout } from './reached-without.js';

/**
 * Takes the URI of a playbook. Gives every step that some way from the start reaches while nobody has said yes. Taking an
 * option of a decision that has an authority is a yes. A timeout is not, and takes an earlier yes back: what follows it is
 * what nobody has decided. A step is authorised (format: Meaning) when it is not among them, or carries a
 * pre-authorisation of its own.
 */
export const unauthorizedOf = fact((reader, uri: string) => unauthorized(graphOf(reader, uri)));

export function unauthorized(graph: Graph): ReachedWithout {
  return withoutYesOf(graph, () => true);
}

/** Takes a graph and whose yes counts, by the key of the decision. Gives what some way reaches without such a yes. */
export function withoutYesOf(graph: Graph, counts: (decision: string) => boolean): ReachedWithout {
  return reachedWithout(
    graph,
    (edge) => authorizes(graph, edge) && counts(edge.from),
    ({ kind }) => kind === 'timeout',
  );
}

function authorizes(graph: Graph, edge: Edge): boolean {
  return edge.kind === 'option' && graph.nodes.get(edge.from)?.hasAuthority === true;
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
