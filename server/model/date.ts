/** Days of the calendar, written YYYY-MM-DD. */

/** A day as the number of days since 1970-01-01, so that days can be compared and subtracted. */
export type Day = number;

const MILLISECONDS_PER_DAY = 86_400_000;

/** Takes `YYYY-MM-DD`. Gives the day, or undefined where the text is no day of the calendar (2026-02-30). */
export function parseDate(text: string): Day | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  // Engines differ in whether they roll 30 February over into March: only a day that prints back as itself counts.
  if (formatDate(milliseconds / MILLISECONDS_PER_DAY) !== text) return undefined;
  return milliseconds / MILLISECONDS_PER_DAY;
}

/** Takes a day. Gives it as `YYYY-MM-DD`. */
export function formatDate(day: Day): string {
  return new Date(day * MILLISECONDS_PER_DAY).toISOString().slice(0, 10);
}
