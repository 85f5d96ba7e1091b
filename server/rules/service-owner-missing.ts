/** A service with no business owner. */
import { definitionsIn } from '../workspace/definitions.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'service-owner-missing',
  category: 'impact',
  severity: 'warning',
  summary: 'A service with no business owner.',
  why: 'Somebody must be able to say what an hour without it costs, and whether that is acceptable tonight.',

  *definitions({ snapshot, uri }) {
    for (const { id, value: service } of definitionsIn(snapshot, uri, 'services')) {
      if (service.owner) continue;
      yield {
        place: id.place,
        message: `Nobody in the business owns the service "${id.value}". Name one role in "owner".`,
      };
    }
  },
};

export const examples: readonly Example[] = [
  `
services:
  core-banking: { title: Core banking, rto: 2h }
  ^^^^^^^^^^^^ Nobody in the business owns the service "core-banking". Name one role in "owner".
`,
  `
services:
  core-banking: { title: Core banking, owner: coo, rto: 2h }
`,
];
