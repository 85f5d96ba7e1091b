/** How long each service may be down, in the worst case, along the ways through a playbook. */
import { parseDuration } from '../model/duration.js';
import { impactsOf, type Option, type Step } from '../model/step.js';
import { definitionOf } from '../workspace/definitions.js';
import { downWith } from '../workspace/dependencies.js';
import { fact, type Reader } from '../workspace/fact.js';
import { playbookOf } from '../workspace/files.js';
import { calleeOf, readCalledFirst } from './calls.js';
import { keyOf } from './graph.js';
import { openGroundOf, type WorstWays, worstWaysOn } from './worst-ways.js';

/** Takes a file and what has impacts. Gives the seconds for which it takes down each service, dependencies included. */
export function outagesOf(
  reader: Reader,
  uri: string,
  owner: Pick<Step | Option, 'impacts'>,
): ReadonlyMap<string, number> {
  const seconds = new Map<string, number>();
  for (const { service, effect, for: lasts } of impactsOf(owner)) {
    if (!service || effect?.value !== 'outage') continue;
    const duration = (lasts && parseDuration(lasts.value)) ?? 0;
    // A service that is named beside one that it depends on is down once, not twice.
    for (const id of downWith(reader, uri, service.value)) seconds.set(id, Math.max(seconds.get(id) ?? 0, duration));
  }
  return seconds;
}

/** Takes the URI of a playbook. Gives the seconds that each service is down in each step, by service and key of the step. */
export const outageStepsOf = fact(
  (reader, uri: string): ReadonlyMap<string, ReadonlyMap<string, number>> => {
    readCalledFirst(reader, uri, (called) => outageTotalsOf(reader, called));
    const found = new Map<string, Map<string, number>>();
    const add = (service: string, key: string, seconds: number) => {
      const steps = found.get(service) ?? new Map<string, number>();
      found.set(service, steps.set(key, Math.max(steps.get(key) ?? 0, seconds)));
    };
    for (const [index, step] of (playbookOf(reader, uri)?.value.steps?.items ?? []).entries()) {
      const key = keyOf(step, index);
      for (const [service, seconds] of outagesOf(reader, uri, step)) add(service, key, seconds);
      const callee = calleeOf(reader, uri, step.playbook?.value);
      if (callee === undefined) continue;
      for (const [service, seconds] of outageTotalsOf(reader, callee)) {
        // What the called playbook defines itself is its own.
        if (definitionOf(reader, callee, 'services', service)?.uri !== callee) add(service, key, seconds);
      }
    }
    return found;
  },
  (before, after) => JSON.stringify(plain(before)) === JSON.stringify(plain(after)),
) as (reader: Reader, uri: string) => ReadonlyMap<string, ReadonlyMap<string, number>>;

function plain(steps: ReadonlyMap<string, ReadonlyMap<string, number>>): unknown {
  return [...steps].map(([service, seconds]) => [service, [...seconds]]);
}

/**
 * Takes the URI of a playbook. Gives the worst ways for each service that it takes down: the sum of the outages along a
 * way, those of branches that run at the same time added up. O(services x (steps + edges)).
 */
export const outageWaysOf = fact((reader, uri: string): ReadonlyMap<string, WorstWays> => {
  const ways = new Map<string, WorstWays>();
  for (const [service, steps] of outageStepsOf(reader, uri)) {
    ways.set(service, worstWaysOn(openGroundOf(reader, uri), { cost: (key) => steps.get(key) ?? 0, parallel: 'sum' }));
  }
  return ways;
});

/** Takes the URI of a playbook. Gives the seconds for which each service is down in the worst case. */
export const outageTotalsOf = fact(
  (reader, uri: string): ReadonlyMap<string, number> => {
    const totals = new Map<string, number>();
    for (const [service, { fromStart }] of outageWaysOf(reader, uri)) {
      if (fromStart && fromStart.cost > 0) totals.set(service, fromStart.cost);
    }
    return totals;
  },
  (before, after) => before.size === after.size && [...before].every(([id, seconds]) => after.get(id) === seconds),
) as (reader: Reader, uri: string) => ReadonlyMap<string, number>;
