/** A step that nobody owns. */
import { nameOfStep, placeOfStep } from '../model/step.js';
import { insertPair, onRequest } from '../text/edit.js';
import { usualOwnersIn } from '../workspace/candidates.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'step-owner-missing',
  category: 'ownership',
  severity: 'error',
  summary: 'A step that nobody owns.',
  why: 'A step without one named role is done by nobody, or by two people at once.',

  *step({ snapshot, uri, step }) {
    if (step.owner) return;
    const message = `Nobody owns step ${nameOfStep(step)}. Name one role in "owner".`;
    const fixes = usualOwnersIn(snapshot, uri).flatMap((role) =>
      onRequest(`Give it to "${role}"`, insertPair(step.node, 'owner', role, BEFORE_OWNER)),
    );
    yield { place: placeOfStep(step), message, fixes };
  },
};

const BEFORE_OWNER = ['id', 'title', 'phase', 'decision', 'evidence'];

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
  `
steps:
  - id: isolate-host
        ^^^^^^^^^^^^ Nobody owns step "isolate-host". Name one role in "owner".
    instructions: Pull the cable.
  - id: plug-in
    owner: network-lead
    instructions: Plug it in again.
`,
];
