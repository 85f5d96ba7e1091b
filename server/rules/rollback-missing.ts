/** A disruptive action that does not say how to go back. */
import { disruptiveImpactsOf, kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'rollback-missing',
  category: 'impact',
  severity: 'warning',
  summary: 'A disruptive action that does not say how to go back.',
  why: 'Undoing a fix at four in the morning is no time to find out how.',

  *step({ step }) {
    if (kindOf(step) !== 'action' || step.rollback || disruptiveImpactsOf(step).length === 0) return;
    yield {
      place: placeOfStep(step),
      message: `Step ${nameOfStep(step)} is disruptive and does not say how to undo it. Write it in "rollback".`,
    };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate
        ^^^^^^^ Step "isolate" is disruptive and does not say how to undo it. Write it in "rollback".
    instructions: Pull the cable.
    impacts: [{ service: web-shop, effect: outage, for: 1h }]
`,
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    rollback: Plug it in again.
    impacts: [{ service: web-shop, effect: outage, for: 1h }]
  - id: watch
    instructions: Watch the flows.
    impacts: none
`,
];
