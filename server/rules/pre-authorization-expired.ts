/** A pre-authorisation past its date. */
import { formatDate, parseDate } from '../model/date.js';
import { nameOfStep } from '../model/step.js';
import { todayOf } from '../workspace/snapshot.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'pre-authorization-expired',
  category: 'impact',
  severity: 'error',
  summary: 'A pre-authorisation past its date.',
  why: 'A leave that has lapsed is no leave, and the person who acts on it stands alone.',

  *step({ snapshot, step }) {
    const expires = step.pre_authorized?.expires;
    const last = expires && parseDate(expires.value);
    if (last === undefined || last >= todayOf(snapshot)) return;
    const message = `The pre-authorisation of ${nameOfStep(step)} expired on ${formatDate(last)}. Have it granted again, or take it out.`;
    yield { place: expires?.place ?? step.node.place, message };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    pre_authorized: { by: ciso, when: Encryption is seen, expires: 2026-01-31 }
                                                                   ^^^^^^^^^^ The pre-authorisation of "isolate" expired on 2026-01-31. Have it granted again, or take it out.
`,
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    pre_authorized: { by: ciso, when: Encryption is seen, expires: 2099-12-31 }
`,
];
