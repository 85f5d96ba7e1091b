/** The decision graph of a playbook: its steps, and what may follow what. The preview, the exports and the analyses share it. */
import { parseDuration } from '../model/duration.js';
import type * as types from '../model/generated/types.js';
import { END } from '../model/id.js';
import { each, type PlacedOf } from '../model/placed.js';
import { kindOf, optionsById, type Step, type StepKind } from '../model/step.js';
import { groupBy } from '../text/group-by.js';
import { fact, type Reader } from '../workspace/fact.js';
import { playbookOf } from '../workspace/files.js';

/**
 * `next`: the step that follows; `option`: a choice of a decision; `timeout`: what happens when nobody decides;
 * `failure`: what takes over when an automation fails; `branch`: into a branch of a parallel block.
 */
export type EdgeKind = 'next' | 'option' | 'timeout' | 'failure' | 'branch';

export interface Edge {
  readonly from: string;
  /** The key of a node, or `end`. */
  readonly to: string;
  readonly kind: EdgeKind;
  /** The id of the option that is taken, for `option` and `timeout`. */
  readonly option?: string;
  /** Where a branch of a parallel block ends: the block's key and the number of the branch, from 0. */
  readonly joins?: { readonly parallel: string; readonly branch: number };
  /** False on an option that says that this way out needs no containment. */
  readonly contained?: boolean;
}

export interface GraphNode {
  /** The step's id, or `#` and its number where it has none. */
  readonly key: string;
  readonly kind: StepKind;
  /** The step's number in the list of steps, from 0; steps whose id stands above already are not counted. */
  readonly index: number;
  /** The one who decides when the authority cannot be reached. */
  readonly escalatesTo: string | undefined;
  /** The playbook that the step runs. */
  readonly calls: string | undefined;
  readonly hasAuthority: boolean;
  readonly phase: Phase | undefined;
  /** The time budget, or the deadline of a decision, in seconds. */
  readonly within: number | undefined;
  /** How often the loop may run that this step bounds. */
  readonly atMost: number | undefined;
  /** Where the branches of a parallel block meet. */
  readonly join: string | undefined;
  /** The parallel block that lists the step, and the number of the branch, from 0. */
  readonly block: string | undefined;
  readonly branch: number | undefined;
  /** Whether a way out leads to a step that does not exist, or says nothing of where it leads. */
  readonly leadsNowhere: boolean;
}

export type Phase = NonNullable<types.Step['phase']>;

/** Holds keys and no places, so that it stays the same while words are typed. */
export interface Graph {
  /** The key of the first step; undefined where there is none. */
  readonly start: string | undefined;
  /** In the order of the text. */
  readonly nodes: ReadonlyMap<string, GraphNode>;
  readonly edges: readonly Edge[];
  readonly outgoing: ReadonlyMap<string, readonly Edge[]>;
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
}

type Playbook = PlacedOf<types.Playbook>;

const EMPTY: Graph = { start: undefined, nodes: new Map(), edges: [], outgoing: new Map(), incoming: new Map() };

/** The playbook that each graph belongs to, to see what has changed since. */
const playbooks = new WeakMap<Graph, Playbook>();

/** Takes the URI of a playbook. Gives its graph, empty where the file is no playbook. */
export const graphOf = fact((reader: Reader, uri: string, previous: Graph | undefined) => {
  const playbook = playbookOf(reader, uri)?.value;
  if (!playbook) return EMPTY;
  const before = previous && playbooks.get(previous);
  const graph = before && hasSameFlow(before, playbook) ? previous : buildGraph(playbook);
  playbooks.set(graph, playbook);
  return graph;
}, sameGraph);

/** Whether two versions of a playbook have the same graph, as far as that is seen without building it. */
function hasSameFlow(before: Playbook, after: Playbook): boolean {
  const [old, now] = [before.steps?.items ?? [], after.steps?.items ?? []];
  return (
    before.start?.value === after.start?.value &&
    old.length === now.length &&
    now.every((step, index) => {
      const was = old[index];
      return was === step || (was !== undefined && flowOf(was) === flowOf(step));
    })
  );
}

/** All that the graph knows of a step, as one text. */
function flowOf(step: Step): string {
  const { id, phase, within, next, join, repeat } = step;
  return JSON.stringify([
    kindOf(step),
    [id, phase, within, next, join, repeat?.at_most, step.playbook, step.if_no_decision].map(
      (placed) => placed?.value ?? null,
    ),
    step.automation?.on_failure?.value ?? null,
    each(step.escalate_to)[0]?.value ?? null,
    each(step.authority).length > 0,
    (step.parallel?.items ?? []).map(({ items }) => items.map(({ value }) => value)),
    (step.options?.items ?? []).map((option) => [
      option.id?.value ?? null,
      option.next?.value ?? null,
      option.contained?.value ?? null,
    ]),
  ]);
}

/** Takes a step and its number in the list, from 0. Gives the key of its node. */
export function keyOf(step: Step, index: number): string {
  return step.id?.value ?? `#${index + 1}`;
}

const keyed = new WeakMap<Playbook, ReadonlyMap<string, Step>>();

/** Takes a playbook. Gives its steps by key; of two with the same id the first. */
export function stepsByKey(playbook: Playbook): ReadonlyMap<string, Step> {
  const known = keyed.get(playbook);
  if (known) return known;
  const steps = new Map<string, Step>();
  keyed.set(playbook, steps);
  for (const [index, step] of (playbook.steps?.items ?? []).entries()) {
    const key = keyOf(step, index);
    if (!steps.has(key)) steps.set(key, step);
  }
  return steps;
}

/** Builds the graph in time proportional to the steps and their ways out. */
function buildGraph(playbook: Playbook): Graph {
  const steps = stepsByKey(playbook);
  const keys = [...steps.keys()];
  const following = followers(steps, keys);
  const nodes = new Map<string, GraphNode>();
  const edges: Edge[] = [];

  for (const [index, key] of keys.entries()) {
    const step = steps.get(key) as Step;
    let leadsNowhere = false;
    const memberOf = following.memberOf.get(key);
    const add = (to: string | undefined, kind: EdgeKind, option?: string) => {
      if (to === undefined || (to !== END && !steps.has(to))) {
        leadsNowhere = true;
        return;
      }
      const joins =
        memberOf && memberOf.join === to ? { parallel: memberOf.parallel, branch: memberOf.branch } : undefined;
      const chosen = option === undefined ? undefined : optionsById(step).get(option);
      edges.push({
        from: key,
        to,
        kind,
        ...(option === undefined ? {} : { option }),
        ...(joins ? { joins } : {}),
        ...(chosen?.contained?.value === false ? { contained: false } : {}),
      });
    };
    waysOut(step, following.next.get(key) ?? END, add);
    nodes.set(key, {
      key,
      kind: kindOf(step),
      index,
      escalatesTo: each(step.escalate_to)[0]?.value,
      calls: step.playbook?.value,
      hasAuthority: each(step.authority).length > 0,
      phase: step.phase?.value,
      within: step.within && parseDuration(step.within.value),
      atMost: step.repeat?.at_most?.value,
      join: step.join?.value,
      block: memberOf?.parallel,
      branch: memberOf?.branch,
      leadsNowhere,
    });
  }

  const named = playbook.start?.value;
  const start = named !== undefined && steps.has(named) ? named : keys[0];
  return { start, nodes, ...grouped(edges) };
}

type Add = (to: string | undefined, kind: EdgeKind, option?: string) => void;

function waysOut(step: Step, following: string, add: Add): void {
  const kind = kindOf(step);
  if (kind === 'decision') {
    const options = optionsById(step);
    for (const [id, option] of options) add(option.next?.value, 'option', id);
    const fallback = step.if_no_decision && options.get(step.if_no_decision.value);
    if (fallback) add(fallback.next?.value, 'timeout', fallback.id?.value);
  } else if (kind === 'parallel') {
    for (const branch of step.parallel?.items ?? []) add(branch.items[0]?.value, 'branch');
  } else {
    add(step.next?.value ?? following, 'next');
  }
  const onFailure = step.automation?.on_failure;
  if (onFailure) add(onFailure.value, 'failure');
}

interface Membership {
  readonly parallel: string;
  readonly branch: number;
  readonly join: string | undefined;
}

/** Where each step goes on that names no `next`: inside a branch along the branch, elsewhere to the step below. */
function followers(steps: ReadonlyMap<string, Step>, keys: readonly string[]) {
  const next = new Map<string, string>();
  const memberOf = new Map<string, Membership>();
  for (const [index, key] of keys.entries()) next.set(key, keys[index + 1] ?? END);
  for (const [parallel, step] of steps) {
    const join = step.join?.value;
    for (const [branch, { items }] of (step.parallel?.items ?? []).entries()) {
      for (const [index, { value }] of items.entries()) {
        if (memberOf.has(value)) continue;
        memberOf.set(value, { parallel, branch, join });
        const follower = items[index + 1]?.value ?? join;
        if (follower !== undefined) next.set(value, follower);
      }
    }
  }
  return { next, memberOf };
}

/** Takes a graph. Gives it without the ways out of some steps. */
export function cutAfter(graph: Graph, isCut: (key: string) => boolean): Graph {
  return { ...graph, ...grouped(graph.edges.filter(({ from }) => !isCut(from))) };
}

/** Takes edges. Gives them with those that leave and those that enter each step. */
export function grouped(edges: readonly Edge[]): Pick<Graph, 'edges' | 'outgoing' | 'incoming'> {
  return { edges, outgoing: groupBy(edges, ({ from }) => from), incoming: groupBy(edges, ({ to }) => to) };
}

function sameGraph(a: Graph, b: Graph): boolean {
  if (a === b) return true;
  return (
    a.start === b.start &&
    a.nodes.size === b.nodes.size &&
    a.edges.length === b.edges.length &&
    [...a.nodes.values()].every((node) => sameFields(node, b.nodes.get(node.key))) &&
    a.edges.every((edge, index) => sameEdge(edge, b.edges[index]))
  );
}

function sameEdge(a: Edge, b: Edge | undefined): boolean {
  return (
    b !== undefined &&
    a.from === b.from &&
    a.to === b.to &&
    a.kind === b.kind &&
    a.option === b.option &&
    a.joins?.parallel === b.joins?.parallel &&
    a.joins?.branch === b.joins?.branch &&
    a.contained === b.contained
  );
}

function sameFields(a: GraphNode, b: GraphNode | undefined): boolean {
  return b !== undefined && Object.entries(a).every(([name, value]) => b[name as keyof GraphNode] === value);
}
