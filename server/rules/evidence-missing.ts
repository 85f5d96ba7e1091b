/** A disruptive decision or pre-authorisation that does not say on what evidence. */

import { stepsByKey } from '../graph/graph.js';
import { disruptiveImpactsOf, kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'evidence-missing',
  category: 'impact',
  severity: 'info',
  summary: 'A disruptive decision or pre-authorisation that does not say on what evidence.',
  why: 'An authority that knows beforehand what must be on the table does not ask for one more report.',

  *playbook({ playbook }) {
    const steps = stepsByKey(playbook);
    for (const step of playbook.steps?.items ?? []) {
      if ((step.evidence?.items.length ?? 0) > 0) continue;
      const at = step.id ? { at: step.id.value } : {};
      if (kindOf(step) === 'decision') {
        const disruptive = (step.options?.items ?? []).some((option) => {
          const next = option.next && steps.get(option.next.value);
          return disruptiveImpactsOf(option).length > 0 || (next && disruptiveImpactsOf(next).length > 0);
        });
        if (!disruptive) continue;
        const message = `Decision ${nameOfStep(step)} leads to a disruptive action. Say in "evidence" what must be on the table.`;
        yield { place: placeOfStep(step), message, ...at };
      } else if (step.pre_authorized && !step.pre_authorized.when && disruptiveImpactsOf(step).length > 0) {
        const message = `Step ${nameOfStep(step)} is pre-authorised and disruptive. Say in "evidence" what must be seen first.`;
        yield { place: placeOfStep(step), message, ...at };
      }
    }
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: ask
        ^^^ Decision "ask" leads to a disruptive action. Say in "evidence" what must be on the table.
    decision: Do we pull the cable?
    options:
      - { id: pull, label: Yes, impacts: [{ service: web-shop, effect: outage, for: 1h }], next: end }
`,
  `
steps:
  - id: ask
    decision: Do we pull the cable?
    evidence: [Files are being encrypted]
    options:
      - { id: pull, label: Yes, impacts: [{ service: web-shop, effect: outage, for: 1h }], next: end }
  - id: tell
    decision: Do we tell the press?
    options:
      - { id: yes, label: Yes, impacts: none, next: end }
`,
];
