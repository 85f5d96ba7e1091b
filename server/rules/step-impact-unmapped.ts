/** An action that says nothing about its impact on the business. */
import { kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import { insertPair, onRequest } from '../text/edit.js';
import { usualServicesIn } from '../workspace/candidates.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'step-impact-unmapped',
  category: 'impact',
  severity: 'error',
  summary: 'An action that says nothing about its impact on the business.',
  why: 'The technical fix was known on day one. Nobody could say what it would cost the business, so nobody ordered it.',

  *step({ snapshot, uri, step }) {
    if (kindOf(step) !== 'action' || step.node.pairs.has('impacts')) return;
    const phase = step.phase?.value;
    const changesThings = phase === 'containment' || phase === 'eradication' || phase === 'recovery';
    const message = `Step ${nameOfStep(step)} does not say what it does to the business. Map it in "impacts", or write none.`;
    const offer = (title: string, impacts: string) =>
      onRequest(title, insertPair(step.node, 'impacts', impacts, BEFORE_IMPACTS));
    const fixes = [
      ...offer('Say that it has none', 'none'),
      ...usualServicesIn(snapshot, uri).flatMap((service) =>
        offer(`Map an outage of "${service}" for 1h`, `[{ service: ${service}, effect: outage, for: 1h }]`),
      ),
    ];
    yield { place: placeOfStep(step), message, severity: changesThings ? 'error' : 'warning', fixes };
  },
};

const BEFORE_IMPACTS = ['id', 'phase', 'owner', 'within', 'instructions', 'pre_authorized', 'automation', 'rollback'];

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
        ^^^^^^^^^^^^ Step "isolate-host" does not say what it does to the business. Map it in "impacts", or write none.
    phase: containment
    instructions: Pull the cable.
`,
  `
steps:
  - id: isolate-host
    phase: containment
    instructions: Pull the cable.
    impacts: none
`,
  `
steps:
  - id: isolate-host
        ^^^^^^^^^^^^ Step "isolate-host" does not say what it does to the business. Map it in "impacts", or write none.
    phase: containment
    instructions: Pull the cable.
services:
  core-banking: { title: Core banking }
`,
];
