/** Durations (`30m`, `1h30m`, `PT15M`) and the limits of obligations (`72h`, `4bd`). */

/** A length of time in seconds. */
export type Seconds = number;

const SECONDS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

const SHORT = /^(?:(\d{1,7})w)?(?:(\d{1,7})d)?(?:(\d{1,7})h)?(?:(\d{1,7})m)?(?:(\d{1,7})s)?$/;
const ISO_8601 = /^P(?:(\d{1,7})W)?(?:(\d{1,7})D)?(?:T(?=\d)(?:(\d{1,7})H)?(?:(\d{1,7})M)?(?:(\d{1,7})S)?)?$/;

/**
 * Takes a duration as the format writes it: units from weeks to seconds in falling order, or ISO 8601 without years and
 * months, whose length depends on the calendar. Gives seconds, or undefined where the text is no duration.
 */
export function parseDuration(text: string): Seconds | undefined {
  if (text === '' || text === 'P') return undefined;
  const match = SHORT.exec(text) ?? ISO_8601.exec(text);
  if (!match) return undefined;
  const [, w, d, h, m, s] = match.map((part) => Number(part ?? 0));
  return (w ?? 0) * SECONDS.w + (d ?? 0) * SECONDS.d + (h ?? 0) * SECONDS.h + (m ?? 0) * SECONDS.m + (s ?? 0);
}

/** Takes the limit of an obligation. Gives seconds or business days, or undefined where the text is neither. */
export function parseLimit(text: string): { seconds: Seconds } | { businessDays: number } | undefined {
  const businessDays = /^(\d{1,4})bd$/.exec(text);
  if (businessDays) return { businessDays: Number(businessDays[1]) };
  const seconds = parseDuration(text);
  return seconds === undefined ? undefined : { seconds };
}

/** Takes seconds. Gives them in the format's short form with at most two units: `1h 30m`, `2d`, `0m`. */
export function formatDuration(seconds: Seconds): string {
  const parts: string[] = [];
  let rest = seconds;
  for (const unit of ['d', 'h', 'm', 's'] as const) {
    const count = Math.floor(rest / SECONDS[unit]);
    rest -= count * SECONDS[unit];
    if (count > 0) parts.push(`${count}${unit}`);
  }
  return parts.slice(0, 2).join(' ') || '0m';
}
