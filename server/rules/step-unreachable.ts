/** A step that no way from the start leads to. */

import { keyOf, stepsByKey } from '../graph/graph.js';
import { reachableOf } from '../graph/reachability.js';
import { nameOfStep, placeOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'step-unreachable',
  category: 'flow',
  severity: 'warning',
  summary: 'A step that no way from the start leads to.',
  why: 'A step that is never reached is never done, whatever it promises to the auditor.',

  *playbook({ snapshot, uri, playbook }) {
    const reachable = reachableOf(snapshot, uri);
    const steps = stepsByKey(playbook);
    for (const [index, step] of (playbook.steps?.items ?? []).entries()) {
      const key = keyOf(step, index);
      if (reachable.has(key) || steps.get(key) !== step) continue;
      const message = `No way from the start leads to step ${nameOfStep(step)}. Name it in the "next" of a step before it, or take it out.`;
      yield { place: placeOfStep(step), message, ...(step.id ? { at: step.id.value } : {}) };
    }
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    next: end
  - id: recover
        ^^^^^^^ No way from the start leads to step "recover". Name it in the "next" of a step before it, or take it out.
    instructions: Plug it in again.
`,
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    automation: { tool: Switch, mode: one_click, on_failure: recover }
    next: end
  - id: recover
    instructions: Plug it in again.
`,
];
