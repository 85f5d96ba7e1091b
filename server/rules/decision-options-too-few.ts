/** A decision with fewer than two options. */
import { kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'decision-options-too-few',
  category: 'decisions',
  severity: 'error',
  summary: 'A decision with fewer than two options.',
  why: 'A question with one answer is no decision, and an authority that is handed one is not deciding.',

  *step({ step }) {
    const count = step.options?.items.length ?? 0;
    if (kindOf(step) !== 'decision' || count >= 2) return;
    const has = count === 0 ? 'no options' : 'only one option';
    const message = `Decision ${nameOfStep(step)} has ${has}. Write at least two in "options", doing nothing included.`;
    yield { place: placeOfStep(step), message };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: pay-or-not
        ^^^^^^^^^^ Decision "pay-or-not" has only one option. Write at least two in "options", doing nothing included.
    decision: Do we pay?
    options:
      - { id: pay, label: Yes, next: end }
`,
  `
steps:
  - id: pay-or-not
    decision: Do we pay?
    options:
      - { id: pay, label: Yes, next: end }
      - { id: refuse, label: No, next: end }
`,
];
