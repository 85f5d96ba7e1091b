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
}

export const formats: Readonly<Record<string, Format>> = {
  'kebab-id': { test: isId, noun: 'an id (lower-case letters, digits and single hyphens)', example: 'identity-lead' },
  'step-id': {
    test: isStepId,
    noun: 'a step id (lower-case letters, digits and single hyphens, and not "end")',
    example: 'isolate-host',
  },
  duration: { test: (text) => parseDuration(text) !== undefined, noun: 'a duration', example: '30m, 4h, 1h30m or 2d' },
  'obligation-limit': {
    test: (text) => parseLimit(text) !== undefined,
    noun: 'a duration or a number of business days',
    example: '72h or 4bd',
  },
  date: { test: (text) => parseDate(text) !== undefined, noun: 'a day of the calendar', example: '2026-09-01' },
  'attack-id': { test: (text) => parseAttackId(text) !== undefined, noun: 'a MITRE ATT&CK id', example: 'T1078.002' },
};
