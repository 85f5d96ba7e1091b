/** What an exercise has shown: where it stalled, and what the lead makes of it. */
import { formatDuration, type Seconds } from '../model/duration.js';
import type * as types from '../model/generated/types.js';
import { askedNow, type Run, told, type Visit } from './run.js';
import type { Script } from './script.js';

/** Something that did not go as it is written. */
export interface Shortfall {
  /** The same in every exercise that shows it, so that a finding that comes back is seen to come back. */
  readonly id: string;
  readonly title: string;
  /** The role that is nearest to mending it. */
  readonly owner: string | undefined;
}

export const EXERCISE_KINDS = [
  'tabletop',
  'walkthrough',
  'functional',
  'red_team',
  'purple_team',
  'live',
] as const satisfies readonly types.Exercise['kind'][];

/** A finding of the exercise, as it is written into the playbook. */
export interface ExerciseFinding {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  /** YYYY-MM-DD */
  readonly due: string;
}

/** What is written into `exercises`. */
export interface Exercise {
  /** YYYY-MM-DD */
  readonly on: string;
  readonly kind: types.Exercise['kind'];
  readonly ledBy: string;
  readonly summary: string;
  readonly findings: readonly ExerciseFinding[];
}

/** What the lead says at the end. */
export interface Review extends Exercise {
  readonly participants: string;
}

/** Takes a visit that has ended. Gives how far it went over its budget, in seconds; 0 where it did not. */
function overBudget({ step, from, to }: Visit): Seconds {
  const over = step.within === undefined || to === undefined ? 0 : to - from - step.within;
  return over < 1 ? 0 : over;
}

/** Takes a visit. Gives `12m of 30m`, or without a budget `12m`. */
export function toldTime({ step, from, to }: Visit): string {
  const time = told((to ?? from) - from);
  return step.within === undefined ? time : `${time} of ${formatDuration(step.within)}`;
}

/** Takes a script and an exercise of it that has ended. Gives what fell short, each once, in the order in which it showed. */
export function shortfallsOf(script: Script, run: Run): Shortfall[] {
  const found = [...run.visits.flatMap(ofVisit), ...ofClocks(script, run)];
  const byId = new Map(found.map((shortfall) => [shortfall.id, shortfall]));
  return [...byId.values()];
}

function ofVisit(visit: Visit): Shortfall[] {
  const { step, unreached, ticked, stalls, outcome } = visit;
  const found: Shortfall[] = [];
  const owner = step.owner?.role;
  const decider = step.authority?.role ?? owner;
  const add = (kind: string, title: string, mender: string | undefined) =>
    found.push({ id: idOf(`${kind}-${step.key}`), title, owner: mender });
  const over = overBudget(visit);
  if (over > 0) {
    const budget = formatDuration(step.within ?? 0);
    add('over-time', `“${step.title}” took ${told(over)} longer than its ${budget}`, decider);
  }
  for (const { post, name } of unreached) {
    found.push({
      id: idOf(`unreachable-${post.role}`),
      title: `${name} (${post.title}) could not be reached for “${step.title}”`,
      owner: post.role,
    });
  }
  if (outcome?.kind === 'timed_out') add('no-decision', `Nobody decided “${step.title}” in time`, decider);
  if (outcome?.kind === 'decided' && askedNow(visit) === undefined) {
    add('no-authority', `“${step.title}” was decided without anybody who may decide it`, decider);
  }
  if (outcome?.kind === 'failed') add('failed', `${step.tool || 'The automation'} failed in “${step.title}”`, owner);
  const missing = step.checklist.filter((_, index) => !ticked.has(index));
  if (outcome?.kind === 'decided' && missing.length > 0 && step.checklist.length > 0) {
    add('evidence-missing', `“${step.title}” was decided without: ${missing.join('; ')}`, owner);
  }
  for (const [index, text] of stalls.entries()) {
    add(index === 0 ? 'stalled' : `stalled-${index + 1}`, `“${step.title}” stalled: ${text}`, owner);
  }
  return found;
}

function ofClocks(script: Script, { clocks, containedAt, endedAt = 0 }: Run): Shortfall[] {
  const late = clocks.flatMap(({ obligation, title, limit, toldLimit, startedAt, metAt }): Shortfall[] => {
    const took = startedAt === undefined ? 0 : (metAt ?? endedAt) - startedAt;
    if (limit === undefined || took <= limit) return [];
    const when = metAt === undefined ? `had not gone out after ${told(took)}` : `went out after ${told(took)}`;
    return [{ id: idOf(`late-${obligation}`), title: `${title} ${when}, ${toldLimit} is the limit`, owner: undefined }];
  });
  const { containmentTarget: target, accountable } = script;
  const containment = containedAt ?? endedAt;
  if (target === undefined || containment <= target) return late;
  const when = containedAt === undefined ? 'Nothing was contained' : `Contained only after ${told(containment)}`;
  return [
    ...late,
    { id: 'containment-late', title: `${when}; the target is ${formatDuration(target)}`, owner: accountable },
  ];
}

/** Takes words. Gives an id of them (format: kebab-case). */
export function idOf(words: string): string {
  const id = words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{Mark}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return id.slice(0, 60).replace(/-+$/, '') || 'finding';
}
