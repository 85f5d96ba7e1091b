/** A decision with nowhere to go when the authority cannot be reached. */
import { kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'decision-escalation-missing',
  category: 'decisions',
  severity: 'warning',
  summary: 'A decision with nowhere to go when the authority cannot be reached.',
  why: 'The authority is asleep, in the air, or the one whose account was taken over.',

  *step({ step }) {
    if (kindOf(step) !== 'decision' || step.escalate_to) return;
    yield {
      place: placeOfStep(step),
      message: `Nobody takes decision ${nameOfStep(step)} when the authority cannot be reached. Name a role in "escalate_to".`,
    };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: pay-or-not
        ^^^^^^^^^^ Nobody takes decision "pay-or-not" when the authority cannot be reached. Name a role in "escalate_to".
    decision: Do we pay?
    authority: ciso
`,
  `
steps:
  - id: pay-or-not
    decision: Do we pay?
    authority: ciso
    escalate_to: ceo
  - id: call-the-police
    instructions: Call them.
`,
];
