/** The life of a playbook: whether it is in use, when it was reviewed and exercised. */
import { type Day, parseDate } from './date.js';
import { parseDuration } from './duration.js';
import type * as types from './generated/types.js';
import type { Placed, PlacedOf } from './placed.js';

type Playbook = PlacedOf<types.Playbook>;
export type Exercise = PlacedOf<types.Exercise>;

const SECONDS_PER_DAY = 86_400;

/** A retired playbook is kept to be read, and neither reviewed nor exercised. */
export function isRetired(playbook: Playbook): boolean {
  return playbook.status?.value === 'retired';
}

/** Whether it is for incidents of high or critical severity. One that does not say is: a missing field is no exemption. */
export function isForSevereIncidents({ severity }: Playbook): boolean {
  return severity?.value !== 'low' && severity?.value !== 'medium';
}

/** Takes a date as it is written. Gives the day; undefined where it is absent or unreadable. */
export function dayOf(date: Placed<string> | undefined): Day | undefined {
  return date && parseDate(date.value);
}

/** Takes a duration as it is written. Gives whole days, at least one; undefined where it is absent or unreadable. */
export function daysOf(duration: Placed<string> | undefined): number | undefined {
  const seconds = duration && parseDuration(duration.value);
  return seconds === undefined ? undefined : Math.max(1, Math.floor(seconds / SECONDS_PER_DAY));
}

/** Takes a playbook. Gives the last day on which its next review is in time; undefined where that cannot be said. */
export function nextReviewOf({ review }: Playbook): Day | undefined {
  const [last, every] = [dayOf(review?.last), daysOf(review?.every)];
  return last === undefined || every === undefined ? undefined : last + every;
}

/** Takes a playbook and the day of the check. Gives the exercises that were held by then, the last one last. */
export function heldExercises({ exercises }: Playbook, today: Day): readonly { exercise: Exercise; day: Day }[] {
  return (exercises?.items ?? [])
    .flatMap((exercise) => {
      const day = dayOf(exercise.on);
      return day !== undefined && day <= today ? [{ exercise, day }] : [];
    })
    .sort((a, b) => a.day - b.day);
}
