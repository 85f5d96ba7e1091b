/** A decision without a deadline. */
import { kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import { insertPair, onRequest } from '../text/edit.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'decision-deadline-missing',
  category: 'decisions',
  severity: 'error',
  summary: 'A decision without a deadline.',
  why: 'A decision that can wait does wait, and the clock of the damage runs.',

  *step({ step }) {
    if (kindOf(step) !== 'decision' || step.within) return;
    yield {
      place: placeOfStep(step),
      message: `Decision ${nameOfStep(step)} has no deadline. Say in "within" how long it may take.`,
      fixes: onRequest('Give it a deadline of 30m', insertPair(step.node, 'within', '30m', BEFORE_DEADLINE)),
    };
  },
};

const BEFORE_DEADLINE = ['id', 'phase', 'decision', 'evidence', 'owner', 'authority', 'consult', 'inform'];

export const examples: readonly Example[] = [
  `
steps:
  - id: pay-or-not
        ^^^^^^^^^^ Decision "pay-or-not" has no deadline. Say in "within" how long it may take.
    decision: Do we pay?
    authority: ciso
`,
  `
steps:
  - id: pay-or-not
    decision: Do we pay?
    authority: ciso
    within: 30m
  - id: call-the-police
    instructions: Call them.
`,
];
