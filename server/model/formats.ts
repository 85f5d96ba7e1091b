/** The written forms that the schemas name in `format`: each name with its test and how to say it in a message. */
import { parseAttackId } from './attack-id.js';
import { parseDate } from './date.js';
import { parseDuration, parseLimit } from './duration.js';
import { isId, isStepId } from './id.js';

interface Format {
  readonly test: (text: string) => boolean;
  /** Completes the sentence "... is not ...". */
  readonly noun: string;
  readonly example: string;
  /** Takes a text in another form that can mean only one thing. Gives it in this form. */
  readonly repair?: (text: string) => string | undefined;
}

export const formats: Readonly<Record<string, Format>> = {
  'kebab-id': { test: isId, noun: 'an id (lower-case letters, digits and single hyphens)', example: 'identity-lead' },
  'step-id': {
    test: isStepId,
    noun: 'a step id (lower-case letters, digits and single hyphens, and not "end")',
    example: 'isolate-host',
  },
  duration: {
    test: (text) => parseDuration(text) !== undefined,
    noun: 'a duration',
    example: '30m, 4h, 1h30m or 2d',
    repair: repairDuration,
  },
  'obligation-limit': {
    test: (text) => parseLimit(text) !== undefined,
    noun: 'a duration or a number of business days',
    example: '72h or 4bd',
    repair: (text) => /^(\d+) ?business days?$/i.exec(text)?.[1]?.concat('bd') ?? repairDuration(text),
  },
  date: {
    test: (text) => parseDate(text) !== undefined,
    noun: 'a day of the calendar',
    example: '2026-09-01',
    repair: repairDate,
  },
  'attack-id': {
    test: (text) => parseAttackId(text) !== undefined,
    noun: 'a MITRE ATT&CK id',
    example: 'T1078.002',
    repair: (text) => text.toUpperCase(),
  },
};

const UNITS = /(\d{1,7})\s*(seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w)/gi;

/** `2 hours`, `1 hr 30 min`: nothing but numbers and units. */
function repairDuration(text: string): string | undefined {
  // A capital M alone may be months.
  if (/\d\s*M(?![a-z])/.test(text)) return undefined;
  if (text.replace(UNITS, '').replace(/[\s,]|and/g, '') !== '') return undefined;
  return [...text.matchAll(UNITS)].map(([, count, unit]) => `${count}${unit?.[0]?.toLowerCase()}`).join('');
}

/** `2026/9/1`: the year first, so that day and month cannot be mistaken. */
function repairDate(text: string): string | undefined {
  const [, year, month, day] = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/.exec(text) ?? [];
  return year && month && day ? `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}` : undefined;
}
