/** An automatic step that nobody verifies. */
import { nameOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'automation-unverified',
  category: 'flow',
  severity: 'warning',
  summary: 'An automatic step that nobody verifies.',
  why: 'A tool reports success and the playbook goes on. Whether the door is shut is seen by whoever looks.',

  *step({ step }) {
    const { automation } = step;
    if (automation?.mode?.value !== 'automatic' || automation.node.pairs.has('verified_by')) return;
    const message = `Step ${nameOfStep(step)} runs by itself, and nobody looks at the result. Name a role in "verified_by".`;
    yield { place: automation.mode.place, message };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
    instructions: The sensor isolates the host.
    automation:
      tool: EDR
      mode: automatic
            ^^^^^^^^^ Step "isolate-host" runs by itself, and nobody looks at the result. Name a role in "verified_by".
`,
  `
steps:
  - id: isolate-host
    instructions: The sensor isolates the host.
    automation: { tool: EDR, mode: automatic, verified_by: soc-lead }
`,
  `
steps:
  - id: isolate-host
    instructions: Press the button and look.
    automation: { tool: EDR, mode: one_click }
`,
];
