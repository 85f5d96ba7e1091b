/** An option whose consequence for the business is not stated. */
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'decision-impact-missing',
  category: 'decisions',
  severity: 'warning',
  summary: 'An option whose consequence for the business is not stated.',
  why: 'Nobody orders a fix whose price they do not know. Doing nothing has a price, too.',

  *step({ step }) {
    for (const option of step.options?.items ?? []) {
      if (option.impacts || option.node.pairs.has('impacts')) continue;
      const place = option.id?.place ?? option.node.place;
      const name = option.id ? `"${option.id.value}"` : 'without an id';
      yield {
        place,
        message: `Option ${name} does not say what it does to the business. Map it in "impacts", or write none.`,
      };
    }
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: pay-or-not
    decision: Do we pay?
    options:
      - { id: pay, label: Yes, impacts: none, next: end }
      - { id: refuse, label: No, next: end }
              ^^^^^^ Option "refuse" does not say what it does to the business. Map it in "impacts", or write none.
`,
  `
steps:
  - id: pay-or-not
    decision: Do we pay?
    options:
      - { id: pay, label: Yes, impacts: none, next: end }
      - { id: refuse, label: No, impacts: [{ service: web-shop, effect: outage, for: 5d }], next: end }
`,
];
