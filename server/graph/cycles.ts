/** Loops of a playbook: strongly connected components of its graph (Tarjan 1972). */
import { fact } from '../workspace/fact.js';
import { type Graph, graphOf } from './graph.js';

export interface Loop {
  /** The keys of its steps, in the order of the text. */
  readonly keys: readonly string[];
}

/** Takes the URI of a playbook. Gives its loops: sets of steps that can all reach each other. O(steps + edges). */
export const loopsOf = fact((reader, uri: string) => loopsIn(graphOf(reader, uri), () => true));

/** Takes a graph, and which steps count. Gives the loops among these steps, in the order of the text. */
export function loopsIn(graph: Graph, counts: (key: string) => boolean): readonly Loop[] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const component: string[] = [];
  const onStack = new Set<string>();
  const loops: Loop[] = [];
  const next = (key: string) =>
    (graph.outgoing.get(key) ?? []).map(({ to }) => to).filter((to) => graph.nodes.has(to) && counts(to));
  const order = (key: string) => graph.nodes.get(key)?.index ?? 0;

  const enter = (key: string) => {
    index.set(key, index.size);
    low.set(key, index.size - 1);
    component.push(key);
    onStack.add(key);
    return { key, targets: next(key), at: 0 };
  };
  const lower = (key: string, value: number) => low.set(key, Math.min(low.get(key) ?? value, value));

  for (const root of graph.nodes.keys()) {
    if (index.has(root) || !counts(root)) continue;
    // A stack of our own: a playbook of 20,000 steps in a row is deeper than the stack of the engine.
    const stack = [enter(root)];
    for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
      const target = frame.targets[frame.at++];
      if (target !== undefined) {
        if (!index.has(target)) stack.push(enter(target));
        else if (onStack.has(target)) lower(frame.key, index.get(target) ?? 0);
        continue;
      }
      stack.pop();
      const parent = stack.at(-1);
      if (parent) lower(parent.key, low.get(frame.key) ?? 0);
      if (low.get(frame.key) !== index.get(frame.key)) continue;
      const keys = component.splice(component.lastIndexOf(frame.key));
      for (const key of keys) onStack.delete(key);
      const isLoop = keys.length > 1 || next(frame.key).includes(frame.key);
      if (isLoop) loops.push({ keys: keys.sort((a, b) => order(a) - order(b)) });
    }
  }
  return loops.sort((a, b) => order(a.keys[0] ?? '') - order(b.keys[0] ?? ''));
}
