/** Steps of a playbook: what kind a step is, and what it does to services. */
import type { Place } from '../text/place.js';
import { formatDuration, parseDuration } from './duration.js';
import type * as types from './generated/types.js';
import type { PlacedOf } from './placed.js';
import { headOf } from './schema-problem.js';

export type Step = PlacedOf<types.Step>;
export type Option = PlacedOf<types.Option>;
export type Impact = PlacedOf<types.Impact>;
export type StepKind = 'action' | 'decision' | 'parallel' | 'call' | 'unfinished';

const kinds = new WeakMap<Step, StepKind>();

/** Takes a step. Gives its kind, which follows from the key that it has; `unfinished` where it has none yet. */
export function kindOf(step: Step): StepKind {
  let kind = kinds.get(step);
  if (kind === undefined) {
    kind = kindFrom(step);
    kinds.set(step, kind);
  }
  return kind;
}

function kindFrom({ node: { pairs } }: Step): StepKind {
  if (pairs.has('decision')) return 'decision';
  if (pairs.has('parallel')) return 'parallel';
  if (pairs.has('playbook')) return 'call';
  return pairs.has('instructions') ? 'action' : 'unfinished';
}

/** Takes what has impacts. Gives them as a list: empty where they are none, or where nothing is said. */
export function impactsOf({ impacts }: Pick<Step | Option, 'impacts'>): readonly Impact[] {
  return impacts && 'items' in impacts ? impacts.items : [];
}

/** Whether an impact takes a service down, makes it work badly, or loses data: the schema calls these effects disruptive. */
export function isDisruptive(impact: Impact): boolean {
  const effect = impact.effect?.value;
  return effect === 'outage' || effect === 'data_loss' || effect === 'degraded';
}

/** Takes an impact and what the service is called. Gives `Core banking outage 6h`. */
export function impactInWords({ effect, for: length }: Impact, service: string | undefined): string {
  const seconds = length && parseDuration(length.value);
  const duration = seconds === undefined ? length?.value : formatDuration(seconds);
  return [service ?? 'a service', effect?.value.replace('_', ' '), duration].filter(Boolean).join(' ');
}

export function disruptiveImpactsOf(owner: Pick<Step | Option, 'impacts'>): readonly Impact[] {
  return impactsOf(owner).filter(isDisruptive);
}

/** Takes a step. Gives where to report what is missing in it: its id, or its first key. */
export function placeOfStep(step: Step): Place {
  return headOf(step.node);
}

/** Takes a step. Gives how to call it in a message: by its id, or in words where it has none. */
export function nameOfStep(step: Step): string {
  return step.id ? `"${step.id.value}"` : 'without an id';
}

/** Takes a step. Gives the title that people read. */
export function titleOfStep(step: Step): string {
  return (step.title ?? step.decision ?? step.id)?.value ?? 'A step without a title';
}

/** Takes a decision. Gives its options by id, the first where an id stands twice. */
export function optionsById(step: Step): ReadonlyMap<string, Option> {
  const options = new Map<string, Option>();
  for (const option of step.options?.items ?? []) {
    if (option.id && !options.has(option.id.value)) options.set(option.id.value, option);
  }
  return options;
}
