/** A decision with nobody who may take it. */
import { kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import { insertPair, onRequest } from '../text/edit.js';
import { usualAuthoritiesIn } from '../workspace/candidates.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'decision-authority-missing',
  category: 'decisions',
  severity: 'error',
  summary: 'A decision with nobody who may take it.',
  why: 'The crisis team sat for two weeks because nobody knew who was allowed to say yes.',

  *step({ snapshot, uri, step }) {
    if (kindOf(step) !== 'decision' || step.authority) return;
    const message = `Nobody may take decision ${nameOfStep(step)}. Name one role in "authority".`;
    const fixes = usualAuthoritiesIn(snapshot, uri).flatMap((role) =>
      onRequest(`Let "${role}" decide`, insertPair(step.node, 'authority', role, BEFORE_AUTHORITY)),
    );
    yield { place: placeOfStep(step), message, fixes };
  },
};

const BEFORE_AUTHORITY = ['id', 'title', 'phase', 'decision', 'evidence', 'owner'];

export const examples: readonly Example[] = [
  `
steps:
  - id: pay-or-not
        ^^^^^^^^^^ Nobody may take decision "pay-or-not". Name one role in "authority".
    decision: Do we pay?
    within: 30m
`,
  `
steps:
  - id: pay-or-not
    decision: Do we pay?
    within: 30m
    authority: ceo
  - id: call-the-police
    instructions: Call them.
`,
  `
accountable: ceo
steps:
  - id: pay-or-not
        ^^^^^^^^^^ Nobody may take decision "pay-or-not". Name one role in "authority".
    decision: Do we pay?
    owner: cfo
`,
];
