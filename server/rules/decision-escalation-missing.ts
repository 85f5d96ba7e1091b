/** A decision with nowhere to go when the authority cannot be reached. */
import { each } from '../model/placed.js';
import { kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import { insertPair, onRequest } from '../text/edit.js';
import { usualAuthoritiesIn } from '../workspace/candidates.js';
import { areSamePerson } from '../workspace/holders.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'decision-escalation-missing',
  category: 'decisions',
  severity: 'warning',
  summary: 'A decision with nowhere to go when the authority cannot be reached.',
  why: 'The authority is asleep, in the air, or the one whose account was taken over.',

  *step({ snapshot, uri, step }) {
    if (kindOf(step) !== 'decision' || step.escalate_to) return;
    const message = `Nobody takes decision ${nameOfStep(step)} when the authority cannot be reached. Name a role in "escalate_to".`;
    const decides = each(step.authority).map(({ value }) => value);
    const fixes = usualAuthoritiesIn(snapshot, uri)
      .filter((role) => !decides.some((other) => areSamePerson(snapshot, uri, role, other)))
      .flatMap((role) =>
        onRequest(`Escalate to "${role}"`, insertPair(step.node, 'escalate_to', role, BEFORE_ESCALATION)),
      );
    yield { place: placeOfStep(step), message, fixes };
  },
};

const BEFORE_ESCALATION = ['decision', 'evidence', 'owner', 'authority', 'consult', 'inform', 'within'];

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
  `
accountable: ceo
steps:
  - id: pay-or-not
        ^^^^^^^^^^ Nobody takes decision "pay-or-not" when the authority cannot be reached. Name a role in "escalate_to".
    decision: Do we pay?
    authority: cfo
`,
];
