/** An action that never says how to know that it is done. */
import { kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'done-criteria-missing',
  category: 'flow',
  severity: 'info',
  summary: 'An action that never says how to know that it is done.',
  why: 'At three in the morning "done" means tired. Say what somebody else can see.',

  *step({ step }) {
    if (kindOf(step) !== 'action' || step.node.pairs.has('done_when')) return;
    const message = `Step ${nameOfStep(step)} does not say how to know that it is done. Say it in "done_when".`;
    yield { place: placeOfStep(step), message };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
        ^^^^^^^^^^^^ Step "isolate-host" does not say how to know that it is done. Say it in "done_when".
    instructions: Pull the cable.
`,
  `
steps:
  - id: isolate-host
    instructions: Pull the cable.
    done_when: [The host answers to no ping]
`,
];
