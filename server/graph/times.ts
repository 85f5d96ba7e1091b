/** How long a playbook takes in the worst case, and how long until something is contained. */
import { fact, type Reader } from '../workspace/fact.js';
import { calleeOf, readCalledFirst } from './calls.js';
import { type Graph, type GraphNode, graphOf } from './graph.js';
import { visitsOf, type Way } from './way.js';
import { ground, openGroundOf, worstWaysOn } from './worst-ways.js';

/**
 * Takes the URI of a playbook. Gives its worst-case time in seconds, from its first step to its end: of each step the time
 * budget, of a called playbook its own worst case, of branches that run at the same time the longest one. A step without
 * a budget counts nothing.
 */
export const worstTimeOf = fact((reader, uri: string): number => {
  readCalledFirst(reader, uri, (called) => worstTimeOf(reader, called));
  return worstWayOf(reader, uri)?.cost ?? 0;
}) as (reader: Reader, uri: string) => number;

/** Takes the URI of a playbook. Gives the way from its first step to its end that takes longest; undefined where none ends. */
export function worstWayOf(reader: Reader, uri: string): Way | undefined {
  const cost = timeOfStep(reader, uri, graphOf(reader, uri));
  return worstWaysOn(openGroundOf(reader, uri), { cost, parallel: 'longest' }).fromStart;
}

/** Takes a playbook. Gives a function that takes a step and gives its time in seconds. */
export function timeOfStep(reader: Reader, uri: string, graph: Graph): (key: string) => number {
  return (key) => {
    const node = graph.nodes.get(key);
    const callee = calleeOf(reader, uri, node?.calls);
    return (callee === undefined ? undefined : worstTimeOf(reader, callee)) ?? node?.within ?? 0;
  };
}

export interface Containment {
  /** Whether some step that can be reached contains. */
  readonly isPlanned: boolean;
  /** The worst way from the start to the end of the first containment step; undefined where none is reached. */
  readonly way: Way | undefined;
  /** How many seconds of it are spent waiting for decisions. */
  readonly waiting: number;
  /** The seconds of the worst way to the end that contains nothing; undefined where every way contains. */
  readonly uncontained: number | undefined;
}

/** Takes the URI of a playbook. Gives its time to containment (ARCHITECTURE.md, Decisions). */
export const containmentOf = fact((reader, uri: string): Containment => {
  readCalledFirst(reader, uri, (called) => containmentOf(reader, called));
  const graph = graphOf(reader, uri);
  const time = timeOfStep(reader, uri, graph);
  const inside = (key: string) => containmentInside(reader, uri, graph.nodes.get(key));
  const contains = (key: string) => containsWhenDone(reader, uri, graph.nodes.get(key));
  const cost = (key: string) => {
    if (contains(key)) return undefined;
    const called = inside(key);
    return called ? called.uncontained : time(key);
  };
  const goal = (key: string) => (contains(key) ? time(key) : inside(key)?.way?.cost);
  const until = ground(graph, (key) => cost(key) === undefined);
  const way = worstWaysOn(until, { cost, goal, parallel: 'longest' }).fromStart;
  const toEnd = worstWaysOn(until, { cost, parallel: 'longest' });
  return {
    isPlanned: way !== undefined,
    way,
    waiting: way ? waitingOn(way, graph, (key) => inside(key)?.waiting ?? 0) : 0,
    uncontained: toEnd.fromStart?.cost,
  };
}) as (reader: Reader, uri: string) => Containment;

/** Takes a playbook and a step of it. Gives the containment inside the playbook that it calls; undefined where there is none. */
export function containmentInside(reader: Reader, uri: string, node: GraphNode | undefined): Containment | undefined {
  const callee = calleeOf(reader, uri, node?.calls);
  const called = callee === undefined ? undefined : containmentOf(reader, callee);
  return called?.isPlanned ? called : undefined;
}

/** Takes a playbook and a step of it. Gives whether something is contained when the step is done. */
export function containsWhenDone(reader: Reader, uri: string, node: GraphNode | undefined): boolean {
  if (node?.phase !== 'containment' || node.kind === 'decision' || node.kind === 'parallel') return false;
  return containmentInside(reader, uri, node) === undefined;
}

function waitingOn(way: Way, graph: Graph, inCalled: (key: string) => number): number {
  let seconds = 0;
  for (const { key, cost, times } of visitsOf(way)) {
    const isDecision = graph.nodes.get(key)?.kind === 'decision';
    seconds += (isDecision ? cost : Math.min(cost, inCalled(key))) * (cost === 0 ? 1 : times);
  }
  return seconds;
}
