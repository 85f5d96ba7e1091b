/** Legal clocks: what starts them, and how long after that a notification may go out in the worst case. */
import type { Step } from '../model/step.js';
import { fact, type Reader } from '../workspace/fact.js';
import { playbookOf } from '../workspace/files.js';
import { calleeOf, readCalledFirst } from './calls.js';
import { type Edge, type Graph, graphOf, grouped, keyOf } from './graph.js';
import { reachableOf } from './reachability.js';
import { timeOfStep } from './times.js';
import { type Way, worst } from './way.js';
import { type WorstWays, worstWays } from './worst-ways.js';

/** Takes a step. Gives the events that it establishes, and the obligations that it fulfils. */
function eventsOf(step: Step): string[] {
  const events = (step.starts_clock?.items ?? []).map(({ value }) => value);
  return step.notify?.obligation ? [...events, step.notify.obligation.value] : events;
}

/** Takes the URI of a playbook. Gives the keys of the steps that establish each event, in the order of the text. */
export const clockStartersOf = fact((reader, uri: string): ReadonlyMap<string, readonly string[]> => {
  readCalledFirst(reader, uri, (called) => clockStartersOf(reader, called));
  const starters = new Map<string, string[]>();
  for (const [index, step] of (playbookOf(reader, uri)?.value.steps?.items ?? []).entries()) {
    const callee = calleeOf(reader, uri, step.playbook?.value);
    const inside = callee === undefined ? [] : [...clockStartersOf(reader, callee).keys()];
    for (const event of [...eventsOf(step), ...inside]) {
      starters.set(event, [...(starters.get(event) ?? []), keyOf(step, index)]);
    }
  }
  return starters;
}) as (reader: Reader, uri: string) => ReadonlyMap<string, readonly string[]>;

export interface ClockRun {
  /** From where the clock starts to the end of the notification. */
  readonly way: Way;
  /** The step that starts the clock; undefined where it runs from the start of the playbook. */
  readonly starter: string | undefined;
}

/**
 * Takes a playbook, an obligation, the event that starts its clock, and whether that event is the submission of another
 * obligation. Gives the worst way from the event to the first notification; undefined where none follows it. A clock that
 * no step starts runs from the start of the playbook. O((steps + edges) x nesting of loops).
 */
export function clockRunOf(
  reader: Reader,
  uri: string,
  obligation: string,
  event: string,
  afterSubmission: boolean,
): ClockRun | undefined {
  const graph = graphOf(reader, uri);
  const notifiers = new Set<string>();
  for (const [index, step] of (playbookOf(reader, uri)?.value.steps?.items ?? []).entries()) {
    if (step.notify?.obligation?.value === obligation) notifiers.add(keyOf(step, index));
  }
  const time = timeOfStep(reader, uri, graph);
  const starters = clockStartersOf(reader, uri)
    .get(event)
    ?.filter((key) => reachableOf(reader, uri).has(key));
  const ways = worstWays(starters ? startingAt(graph, starters) : graph, {
    cost: (key) => (notifiers.has(key) ? undefined : time(key)),
    goal: (key) => (notifiers.has(key) ? time(key) : undefined),
    parallel: 'longest',
  });
  if (!starters) return ways.fromStart && { way: ways.fromStart, starter: undefined };
  let run: ClockRun | undefined;
  for (const starter of starters) {
    const way = afterSubmission ? behindStep(ways, uri, reader, starter) : ways.from(starter);
    if (way && (!run || way.cost > run.way.cost)) run = { way, starter };
  }
  return run;
}

/** The graph with a start from which the steps follow: one of them may lie behind an earlier notification. */
function startingAt(graph: Graph, keys: readonly string[]): Graph {
  const start = '';
  const edges = [...keys.map((to): Edge => ({ from: start, to, kind: 'next' })), ...graph.edges];
  return { ...graph, start, ...grouped(edges) };
}

function behindStep(ways: WorstWays, uri: string, reader: Reader, key: string): Way | undefined {
  return worst((graphOf(reader, uri).outgoing.get(key) ?? []).map((edge) => ways.behind(edge)));
}
