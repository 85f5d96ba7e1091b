/** Who decided last before a step is taken. */
import { fact } from '../workspace/fact.js';
import { authorizes } from './authority.js';
import { dominators } from './dominators.js';
import { type Graph, graphOf } from './graph.js';

/** Takes the key of a step. Gives the decisions that may have been the last before it, in the order of the text. */
export type LastDecisions = (key: string) => readonly string[];

/** Takes the URI of a playbook. Gives the last decisions before each step, taken by one of their options. */
export const lastDecisionsOf = fact((reader, uri: string) => lastDecisions(graphOf(reader, uri)));

/**
 * Takes a graph. Gives its last decisions, which flow along the edges as sets of bits: O(edges x decisions / 32) for each pass,
 * and one pass more than loops stand inside each other.
 */
export function lastDecisions(graph: Graph): LastDecisions {
  const decisions = [...new Set(graph.edges.filter((edge) => authorizes(graph, edge)).map(({ from }) => from))];
  const number = new Map(decisions.map((key, index) => [key, index]));
  const words = Math.ceil(decisions.length / 32);
  const sets = new Map<string, Uint32Array>();
  const setOf = (key: string) => {
    const known = sets.get(key) ?? new Uint32Array(words);
    sets.set(key, known);
    return known;
  };
  const order = [...new Set([...dominators(graph).order, ...graph.nodes.keys()])];
  for (let changed = true; changed; ) {
    changed = false;
    for (const key of order) {
      const before = sets.get(key);
      for (const edge of graph.outgoing.get(key) ?? []) {
        const target = setOf(edge.to);
        if (authorizes(graph, edge)) changed = addOne(target, number.get(key) ?? 0) || changed;
        else if (before) changed = addAll(target, before) || changed;
      }
    }
  }
  return (key) => {
    const set = sets.get(key);
    return set ? decisions.filter((_, index) => ((set[index >> 5] ?? 0) >>> (index & 31)) & 1) : [];
  };
}

/** Adds one number. Gives whether it was not there. */
function addOne(set: Uint32Array, index: number): boolean {
  const before = set[index >> 5] ?? 0;
  set[index >> 5] = before | (1 << (index & 31));
  return set[index >> 5] !== before;
}

/** Adds all numbers of another set. Gives whether one of them was not there. */
function addAll(set: Uint32Array, others: Uint32Array): boolean {
  let changed = false;
  for (let word = 0; word < set.length; word++) {
    const before = set[word] ?? 0;
    set[word] = before | (others[word] ?? 0);
    changed ||= set[word] !== before;
  }
  return changed;
}
