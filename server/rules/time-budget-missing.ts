/** An action without a time budget in a playbook for high or critical incidents. */
import { isForSevereIncidents } from '../model/life-cycle.js';
import { kindOf, nameOfStep, placeOfStep } from '../model/step.js';
import { insertPair, onRequest } from '../text/edit.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'time-budget-missing',
  category: 'flow',
  severity: 'warning',
  summary: 'An action without a time budget in a playbook for high or critical incidents.',
  why: 'Without budgets nobody knows whether containment comes in one hour or in ten, and nobody notices that a step has stalled.',

  *playbook({ playbook }) {
    if (!isForSevereIncidents(playbook)) return;
    for (const step of playbook.steps?.items ?? []) {
      if (kindOf(step) !== 'action' || step.node.pairs.has('within')) continue;
      const message = `Step ${nameOfStep(step)} has no time budget. Say in "within" how long it may take.`;
      const edit = insertPair(step.node, 'within', '30m', ['id', 'title', 'phase', 'owner']);
      const fixes = onRequest('Give it a budget of 30m', edit);
      yield { place: placeOfStep(step), message, fixes, ...(step.id ? { at: step.id.value } : {}) };
    }
  },
};

export const examples: readonly Example[] = [
  `
severity: critical
steps:
  - id: isolate-host
        ^^^^^^^^^^^^ Step "isolate-host" has no time budget. Say in "within" how long it may take.
    instructions: Pull the cable.
`,
  `
severity: critical
steps:
  - id: isolate-host
    within: 15m
    instructions: Pull the cable.
`,
  `
severity: medium
steps:
  - id: isolate-host
    instructions: Pull the cable.
`,
  `
steps:
  - id: no-severity-is-no-exemption
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ Step "no-severity-is-no-exemption" has no time budget. Say in "within" how long it may take.
    instructions: Pull the cable.
`,
];
