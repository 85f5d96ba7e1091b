/** A decision after which nothing happens when nobody decides. */
import { kindOf, nameOfStep, optionsById, placeOfStep } from '../model/step.js';
import { insertPair, onRequest } from '../text/edit.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'decision-default-missing',
  category: 'decisions',
  severity: 'error',
  summary: 'A decision after which nothing happens when nobody decides.',
  why: 'Leadership that is paralysed decides nothing. Then the default must act.',

  *step({ step }) {
    if (kindOf(step) !== 'decision' || step.if_no_decision) return;
    yield {
      place: placeOfStep(step),
      message: `Nothing happens when nobody takes decision ${nameOfStep(step)} in time. Name the default option in "if_no_decision".`,
      fixes: [...optionsById(step).keys()].flatMap((option) =>
        onRequest(
          `Take "${option}" when nobody decides`,
          insertPair(step.node, 'if_no_decision', option, ['authority', 'within', 'escalate_to']),
        ),
      ),
    };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: pay-or-not
        ^^^^^^^^^^ Nothing happens when nobody takes decision "pay-or-not" in time. Name the default option in "if_no_decision".
    decision: Do we pay?
    authority: ciso
`,
  `
steps:
  - id: pay-or-not
    decision: Do we pay?
    authority: ciso
    if_no_decision: no
  - id: call-the-police
    instructions: Call them.
`,
];
