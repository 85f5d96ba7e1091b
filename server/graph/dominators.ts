/** Dominators: the steps that every way to a step passes. */
import { fact } from '../workspace/fact.js';
import { type Graph, graphOf } from './graph.js';

export interface Dominators {
  /** The steps that the start reaches, each before those that follow it, but for ways back (reverse postorder). */
  readonly order: readonly string[];
  /** The nearest other step that every way to the step passes; the start has none. */
  readonly immediate: ReadonlyMap<string, string>;
}

/** Takes the URI of a playbook. Gives the dominators of its steps. */
export const dominatorsOf = fact((reader, uri: string) => dominators(graphOf(reader, uri)));

/**
 * Takes a graph. Gives the dominators of all steps that the start reaches, by the iteration of Cooper, Harvey and Kennedy
 * (A Simple, Fast Dominance Algorithm, 2001): O(edges x nesting of loops) for the graphs that people draw.
 */
export function dominators(graph: Graph): Dominators {
  const order = reversePostorder(graph);
  const number = new Map(order.map((key, index) => [key, index]));
  const nearest: number[] = [0];
  const meet = (a: number, b: number): number => {
    while (a !== b) {
      while (a > b) a = nearest[a] ?? 0;
      while (b > a) b = nearest[b] ?? 0;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let index = 1; index < order.length; index++) {
      let common: number | undefined;
      for (const { from } of graph.incoming.get(order[index] ?? '') ?? []) {
        const before = number.get(from);
        if (before === undefined || nearest[before] === undefined) continue;
        common = common === undefined ? before : meet(before, common);
      }
      if (common === undefined || nearest[index] === common) continue;
      nearest[index] = common;
      changed = true;
    }
  }
  const immediate = new Map<string, string>();
  for (let index = 1; index < order.length; index++) {
    immediate.set(order[index] ?? '', order[nearest[index] ?? 0] ?? '');
  }
  return { order, immediate };
}

function reversePostorder(graph: Graph): string[] {
  if (graph.start === undefined) return [];
  const seen = new Set([graph.start]);
  const postorder: string[] = [];
  const stack = [{ key: graph.start, at: 0 }];
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    // Backwards, so that of two ways the one that is written first comes first.
    const out = graph.outgoing.get(frame.key) ?? [];
    const edge = out[out.length - 1 - frame.at++];
    if (!edge) {
      postorder.push(frame.key);
      stack.pop();
    } else if (graph.nodes.has(edge.to) && !seen.has(edge.to)) {
      seen.add(edge.to);
      stack.push({ key: edge.to, at: 0 });
    }
  }
  return postorder.reverse();
}
