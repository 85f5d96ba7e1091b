/** Words behind the text that it does not say itself: who holds a role, how much time has passed in the worst case. */
import { keyOf } from '../graph/graph.js';
import { toldSeconds } from '../graph/tell-way.js';
import { timesUntilOf } from '../graph/times-until.js';
import type { Place } from '../text/place.js';
import { definitionOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { holderOf } from '../workspace/holders.js';
import { occurrencesIn } from './occurrences.js';

export interface InlayHint {
  readonly offset: number;
  readonly text: string;
  readonly tooltip: string;
}

/** Takes the URI of a playbook and a range in it. Gives the hints in the range. */
export function inlayHintsIn(reader: Reader, uri: string, start: number, end: number): InlayHint[] {
  const tree = treeOf(reader, uri);
  const playbook = playbookOf(reader, uri)?.value;
  if (!tree || !playbook) return [];
  const isInside = (place: Place) => {
    const span = tree.spanOf(place);
    return span.start <= end && start <= span.end;
  };
  const hints: InlayHint[] = [];
  for (const { kind, id, place, isDefinition } of occurrencesIn(reader, uri)) {
    if (kind !== 'role' || isDefinition || !isInside(place)) continue;
    const holder = holderOf(reader, uri, id);
    const name = holder === undefined ? undefined : definitionOf(reader, uri, 'people', holder)?.value.name?.value;
    if (name) hints.push({ offset: tree.spanOf(place).end, text: name, tooltip: `Holds the role "${id}"` });
  }
  const times = timesUntilOf(reader, uri);
  for (const [index, step] of (playbook.steps?.items ?? []).entries()) {
    if (!step.within || !isInside(step.within.place)) continue;
    const key = keyOf(step, index);
    const until = times.until(key);
    if (until === undefined) continue;
    const end = until + times.of(key);
    const tooltip = 'The worst-case time from the start to the end of this step';
    hints.push({
      offset: tree.spanOf(step.within.place).end,
      text: Number.isFinite(end)
        ? `done after ${toldSeconds(end)} at worst`
        : 'no end at worst: a loop before it has no bound',
      tooltip,
    });
  }
  return hints.sort((a, b) => a.offset - b.offset);
}
