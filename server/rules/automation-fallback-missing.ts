/** An automated step with no step that takes over when the tool fails. */
import { nameOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'automation-fallback-missing',
  category: 'flow',
  severity: 'warning',
  summary: 'An automated step with no step that takes over when the tool fails.',
  why: 'The console is one of the things that an intruder takes away. Then people need the way without it.',

  *step({ step }) {
    const { automation } = step;
    if (!automation || automation.node.pairs.has('on_failure')) return;
    const message = `When the tool fails, nothing takes over from ${nameOfStep(step)}. Name the step that does in "on_failure".`;
    yield { place: automation.tool?.place ?? automation.node.place, message };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
    instructions: Press the button.
    automation: { tool: EDR, mode: one_click }
                        ^^^ When the tool fails, nothing takes over from "isolate-host". Name the step that does in "on_failure".
`,
  `
steps:
  - id: isolate-host
    instructions: Press the button.
    automation: { tool: EDR, mode: one_click, on_failure: pull-cable }
    next: end
  - id: pull-cable
    instructions: Pull the cable.
`,
];
