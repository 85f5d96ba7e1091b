/** What can be reached: from the start, and where from the end can be. */
import { END } from '../model/id.js';
import { fact } from '../workspace/fact.js';
import { type Graph, graphOf } from './graph.js';

/** Takes the URI of a playbook. Gives the keys of all steps that some way from the start reaches, and `end` where one does. O(steps + edges). */
export const reachableOf = fact((reader, uri: string) => {
  const graph = graphOf(reader, uri);
  return graph.start === undefined ? new Set<string>() : walk([graph.start], (key) => targets(graph, key));
});

/**
 * Takes the URI of a playbook. Gives the keys of all steps from which the end can be reached, and `end` itself. A way out that leads
 * nowhere counts as an end: it is reported on its own, and where it should lead is not known. O(steps + edges).
 */
export const canEndOf = fact((reader, uri: string) => {
  const graph = graphOf(reader, uri);
  const loose = [...graph.nodes.values()].filter(({ leadsNowhere }) => leadsNowhere).map(({ key }) => key);
  return walk([END, ...loose], (key) => (graph.incoming.get(key) ?? []).map(({ from }) => from));
});

function targets(graph: Graph, key: string): string[] {
  return (graph.outgoing.get(key) ?? []).map(({ to }) => to);
}

function walk(from: readonly string[], next: (key: string) => readonly string[]): Set<string> {
  const seen = new Set(from);
  const stack = [...from];
  for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
    for (const other of next(key)) {
      if (seen.has(other)) continue;
      seen.add(other);
      stack.push(other);
    }
  }
  return seen;
}
