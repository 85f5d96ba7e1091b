/** Parallel blocks: which branches get to the join, and when all of them have. */
import type { Edge, Graph } from './graph.js';

export interface Arrival {
  readonly parallel: string;
  readonly branch: number;
}

/**
 * Takes an edge that ends a branch. Gives the branches that it ends, the innermost first: a block that is the last in a
 * branch of another block, and meets where that one meets, ends that branch too.
 */
export function branchesEndedBy(graph: Graph, { joins }: Edge): Arrival[] {
  const ended: Arrival[] = [];
  const join = joins && graph.nodes.get(joins.parallel)?.join;
  for (let at: Arrival | undefined = joins; at; ) {
    ended.push(at);
    const { block, branch }: { block?: string | undefined; branch?: number | undefined } =
      graph.nodes.get(at.parallel) ?? {};
    const meetsHere = block !== undefined && graph.nodes.get(block)?.join === join;
    at =
      meetsHere && branch !== undefined && !ended.some(({ parallel }) => parallel === block)
        ? { parallel: block, branch }
        : undefined;
  }
  return ended;
}

/** Takes a graph. Gives the branches of each parallel block that lead to its join, by the key of the block. */
export function branchesThatJoin(graph: Graph): ReadonlyMap<string, ReadonlySet<number>> {
  const joining = new Map<string, Set<number>>();
  for (const edge of graph.edges) {
    for (const { parallel, branch } of branchesEndedBy(graph, edge)) {
      const branches = joining.get(parallel) ?? new Set<number>();
      joining.set(parallel, branches.add(branch));
    }
  }
  return joining;
}

/** Takes a graph. Gives a counter that takes the edges on which somebody arrives and says when a join is complete. */
export function joinCounter(graph: Graph): (edge: Edge) => boolean {
  const expected = branchesThatJoin(graph);
  const arrived = new Map<string, Set<number>>();
  return (edge) => {
    for (const { parallel, branch } of branchesEndedBy(graph, edge)) {
      const branches = arrived.get(parallel) ?? new Set<number>();
      arrived.set(parallel, branches.add(branch));
      if (branches.size < (expected.get(parallel)?.size ?? 0)) return false;
    }
    return true;
  };
}
