/** How ways through a playbook are told: in a message in short, and step by step as related places. */
import { formatDuration } from '../model/duration.js';
import { placeOfStep, type Step } from '../model/step.js';
import type { Place } from '../text/place.js';
import type { Visit } from './way.js';

/** More places than this are not listed beside a finding. */
const MAX_RELATED = 30;

export interface Related {
  readonly place: Place;
  readonly message: string;
}

/** Takes the keys of the steps on a way. Gives them in a line, the middle of a long way left out. */
export function toldInShort(keys: readonly string[]): string {
  return keys.length <= 6 ? keys.join(' > ') : [...keys.slice(0, 2), '…', ...keys.slice(-3)].join(' > ');
}

/** Takes the steps of a playbook, those on a way, and what is said at each. Gives related places. */
export function relatedOn(
  steps: ReadonlyMap<string, Step>,
  visits: readonly Visit[],
  tell: (visit: Visit, position: number) => string,
): Related[] {
  return visits.slice(0, MAX_RELATED).flatMap((visit, index) => {
    const step = steps.get(visit.key);
    return step ? [{ place: placeOfStep(step), message: tell(visit, index + 1) }] : [];
  });
}

/** Takes seconds that may be without end. Gives them in words. */
export function toldSeconds(seconds: number): string {
  return Number.isFinite(seconds) ? formatDuration(seconds) : 'without end';
}

/** Takes a visit. Gives what it costs in words: `30m`, or `2 x 30m` in a loop. */
export function toldCost({ cost, times }: Visit): string {
  if (times === 1) return formatDuration(cost);
  return `${Number.isFinite(times) ? times : 'endless'} x ${formatDuration(cost)}`;
}
