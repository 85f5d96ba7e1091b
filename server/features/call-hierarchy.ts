/** Which step leads to which, and which playbook calls which: the graph as a tree that every editor can show. */
import { graphOf, keyOf } from '../graph/graph.js';
import { placeOfStep, type Step, titleOfStep } from '../model/step.js';
import type { Span } from '../text/place.js';
import { playbookIdsOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { playbookUrisFor, scopeOf } from '../workspace/scope.js';

export interface HierarchyItem {
  readonly uri: string;
  /** The key of a step, or undefined for a playbook as a whole. */
  readonly key: string | undefined;
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
}

/** Takes a file and an offset. Gives the step there, or the playbook where it is at its head. */
export function hierarchyItemAt(reader: Reader, uri: string, offset: number): HierarchyItem | undefined {
  const playbook = playbookOf(reader, uri)?.value;
  const tree = treeOf(reader, uri);
  if (!playbook || !tree) return undefined;
  for (const [index, step] of (playbook.steps?.items ?? []).entries()) {
    const { piece } = step.node.place;
    const { start, end } = tree.spanOf({ piece, start: 0, end: piece.text.length });
    if (start <= offset && offset < end) return itemOf(reader, uri, keyOf(step, index));
  }
  return playbookItem(reader, uri);
}

/** Takes an item. Gives what follows it: the next steps, and the start of a called playbook. */
export function outgoingFrom(reader: Reader, { uri, key }: HierarchyItem): HierarchyItem[] {
  const graph = graphOf(reader, uri);
  if (key === undefined) return present([graph.start === undefined ? undefined : itemOf(reader, uri, graph.start)]);
  const called = graph.nodes.get(key)?.calls;
  const target = called === undefined ? undefined : playbookIdsOf(reader, scopeOf(reader, uri)).get(called);
  const next = [...new Set((graph.outgoing.get(key) ?? []).map(({ to }) => to))];
  return present([
    target === undefined ? undefined : playbookItem(reader, target),
    ...next.map((to) => itemOf(reader, uri, to)),
  ]);
}

/** Takes an item. Gives what leads to it: the steps before, or the steps of other playbooks that call it. */
export function incomingTo(reader: Reader, { uri, key }: HierarchyItem): HierarchyItem[] {
  if (key !== undefined) {
    const graph = graphOf(reader, uri);
    const before = [...new Set((graph.incoming.get(key) ?? []).map(({ from }) => from))];
    return present(before.map((from) => itemOf(reader, uri, from)));
  }
  const id = playbookOf(reader, uri)?.value.id?.value;
  return playbookUrisFor(reader, scopeOf(reader, uri)).flatMap((caller) =>
    present(
      [...graphOf(reader, caller).nodes.values()]
        .filter(({ calls }) => calls === id && id !== undefined)
        .map((node) => itemOf(reader, caller, node.key)),
    ),
  );
}

function itemOf(reader: Reader, uri: string, key: string): HierarchyItem | undefined {
  const tree = treeOf(reader, uri);
  const steps = playbookOf(reader, uri)?.value.steps?.items ?? [];
  const step: Step | undefined = steps.find((one, index) => keyOf(one, index) === key);
  if (!tree || !step) return undefined;
  const detail = [step.phase?.value.replace('_', ' '), step.within && `within ${step.within.value}`]
    .filter(Boolean)
    .join(', ');
  return { uri, key, name: titleOfStep(step), detail, span: tree.spanOf(placeOfStep(step)) };
}

function playbookItem(reader: Reader, uri: string): HierarchyItem | undefined {
  const playbook = playbookOf(reader, uri)?.value;
  const span = playbook?.id && treeOf(reader, uri)?.spanOf(playbook.id.place);
  return playbook && span
    ? { uri, key: undefined, name: playbook.title?.value ?? playbook.id?.value ?? '', detail: 'playbook', span }
    : undefined;
}

function present<T>(items: readonly (T | undefined)[]): T[] {
  return items.filter((item) => item !== undefined);
}
