/** A step that nobody owns. */
import { nameOfStep, placeOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'step-owner-missing',
  category: 'ownership',
  severity: 'error',
  summary: 'A step that nobody owns.',
  why: 'A step without one named role is done by nobody, or by two people at once.',

  *step({ step }) {
    if (step.owner) return;
    yield { place: placeOfStep(step), message: `Nobody owns step ${nameOfStep(step)}. Name one role in "owner".` };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
        ^^^^^^^^^^^^ Nobody owns step "isolate-host". Name one role in "owner".
    instructions: Pull the cable.
`,
  `
steps:
  - id: isolate-host
    owner: network-lead
    instructions: Pull the cable.
`,
];
