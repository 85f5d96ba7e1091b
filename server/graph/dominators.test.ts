import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cycles } from './cycles.js';
import { dominators } from './dominators.js';
import type { Edge, Graph, GraphNode } from './graph.js';

const SIZE = 8;
const names = Array.from({ length: SIZE }, (_, index) => `s${index}`);

/** Any graph of eight steps. */
const graphs = fc.array(fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1)), { maxLength: 16 }).map((pairs): Graph => {
  const edges = pairs.map(([from, to]): Edge => ({ from: `s${from}`, to: `s${to}`, kind: 'next' }));
  const grouped = (end: 'from' | 'to') =>
    new Map(names.map((name) => [name, edges.filter((edge) => edge[end] === name)]));
  const nodes = new Map(names.map((key, index) => [key, { key, index } as GraphNode]));
  return { start: 's0', nodes, edges, outgoing: grouped('from'), incoming: grouped('to') };
});

/** What can be reached without going through one of the steps. */
function reachable(graph: Graph, from: string, without?: string): Set<string> {
  const seen = new Set<string>();
  const walk = (key: string) => {
    if (key === without || seen.has(key)) return;
    seen.add(key);
    for (const { to } of graph.outgoing.get(key) ?? []) walk(to);
  };
  walk(from);
  return seen;
}

describe('dominators', () => {
  it('are the steps without which a step cannot be reached', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { immediate, order } = dominators(graph);
        const all = reachable(graph, 's0');
        assert.deepEqual(new Set(order), all);
        for (const key of all) {
          const found = new Set<string>();
          for (let at = immediate.get(key); at !== undefined; at = immediate.get(at)) found.add(at);
          const expected = names.filter((other) => other !== key && !reachable(graph, 's0', other).has(key));
          assert.deepEqual([...found].sort(), expected.filter((other) => all.has(other)).sort());
        }
      }),
      { numRuns: 3000 },
    );
  });
});

describe('cycles', () => {
  it('are the largest sets of steps that all reach each other', () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const next = (key: string) => (graph.outgoing.get(key) ?? []).map(({ to }) => to);
        const beyond = (key: string) => new Set(next(key).flatMap((to) => [...reachable(graph, to)]));
        const found = cycles(names, next).map((cycle) => cycle.sort().join(' '));
        const expected = names
          .filter((key) => beyond(key).has(key))
          .map((key) => names.filter((other) => beyond(key).has(other) && beyond(other).has(key)).join(' '));
        assert.deepEqual(found.sort(), [...new Set(expected)].sort());
      }),
      { numRuns: 3000 },
    );
  });
});
