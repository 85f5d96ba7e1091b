/** How much time may have passed, in the worst case, when a step begins. */
import { fact } from '../workspace/fact.js';
import { dominatorsOf } from './dominators.js';
import { type Graph, graphOf } from './graph.js';
import { timeOfStep } from './times.js';
import { worstWays } from './worst-ways.js';

export interface TimesUntil {
  /** Takes the key of a step. Gives the seconds from the start to its beginning; undefined where no way leads to it. */
  until(key: string): number | undefined;
  /** Takes the key of a step. Gives the seconds that the step itself takes. */
  of(key: string): number;
}

/**
 * Takes the URI of a playbook. Gives the worst-case times until its steps: O(steps + edges) for all of them where nothing
 * goes back; with loops that for each step that is asked about, because each is a question of its own.
 */
export const timesUntilOf = fact((reader, uri: string): TimesUntil => {
  const graph = graphOf(reader, uri);
  const { order } = dominatorsOf(reader, uri);
  const time = timeOfStep(reader, uri, graph);
  const times = new Map(order.map((key) => [key, time(key)]));
  const of = (key: string) => times.get(key) ?? 0;
  const known = new Map<string, number | undefined>();
  if (!goesBack(graph, order)) {
    for (const key of order) known.set(key, key === graph.start ? 0 : latestArrival(graph, key, known, of));
  }
  const until = (key: string) => {
    if (!known.has(key)) known.set(key, times.has(key) ? untilStep(graph, key, of) : undefined);
    return known.get(key);
  };
  return { until, of };
});

function goesBack(graph: Graph, order: readonly string[]): boolean {
  const number = new Map(order.map((key, index) => [key, index]));
  const at = (key: string) => number.get(key) ?? Number.POSITIVE_INFINITY;
  return graph.edges.some(({ from, to }) => number.has(from) && at(to) <= at(from));
}

function latestArrival(
  graph: Graph,
  key: string,
  known: ReadonlyMap<string, number | undefined>,
  of: (key: string) => number,
): number | undefined {
  let latest: number | undefined;
  for (const { from } of graph.incoming.get(key) ?? []) {
    const begun = known.get(from);
    if (begun !== undefined) latest = Math.max(latest ?? 0, begun + of(from));
  }
  return latest;
}

function untilStep(graph: Graph, key: string, of: (key: string) => number): number | undefined {
  const cost = (other: string) => (other === key ? undefined : of(other));
  const goal = (other: string) => (other === key ? 0 : undefined);
  return worstWays(graph, { cost, goal, parallel: 'longest' }).fromStart?.cost;
}
