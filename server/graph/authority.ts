/** Who has said yes before a step is taken: ways on which nobody has. */
import { fact } from '../workspace/fact.js';
import { type Edge, type Graph, graphOf } from './graph.js';
import { type ReachedWithout, reachedWithout } from './reached-without.js';

/**
 * Takes the URI of a playbook. Gives every step that some way from the start reaches while nobody has said yes. Taking an
 * option of a decision that has an authority is a yes. A timeout is not, and takes an earlier yes back: what follows it is
 * what nobody has decided. A step is authorised (ARCHITECTURE.md, Decisions) when it is not among them, or carries a
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

/** Takes an edge of a graph. Gives whether going along it is a yes. */
export function authorizes(graph: Graph, edge: Edge): boolean {
  return edge.kind === 'option' && graph.nodes.get(edge.from)?.hasAuthority === true;
}
