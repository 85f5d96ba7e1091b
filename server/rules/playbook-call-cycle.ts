/** Playbooks that call each other. */
import { circleOf, isCircular } from '../graph/calls.js';
import { nameOfStep } from '../model/step.js';
import { playbookOf } from '../workspace/files.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'playbook-call-cycle',
  category: 'flow',
  severity: 'error',
  summary: 'Playbooks that call each other.',
  why: 'Whoever follows the calls never comes to an end, and no worst case can be worked out.',

  *playbook({ snapshot, uri, playbook }) {
    for (const step of playbook.steps?.items ?? []) {
      const called = step.playbook;
      if (!called || !isCircular(snapshot, uri, called.value)) continue;
      const circle = circleOf(snapshot, uri, called.value);
      const others = circle.map((at) => playbookOf(snapshot, at)?.value);
      const names = [...others, others[0]].map((one) => one?.id?.value ?? 'a playbook');
      const message =
        circle.length === 1
          ? `Step ${nameOfStep(step)} calls the playbook that it stands in. Go to its first step with "next", or write out what is to be done.`
          : `Step ${nameOfStep(step)} calls a playbook that leads back here: ${names.join(' > ')}. Take one of the calls out.`;
      const related = others.slice(1).flatMap((one, index) => {
        const back = one?.steps?.items.find((other) => other.playbook?.value === names[index + 2])?.playbook;
        return back ? [{ place: back.place, message: `Calls "${back.value}"` }] : [];
      });
      yield { place: called.place, message, related, ...(step.id ? { at: step.id.value } : {}) };
    }
  },
};

export const examples: readonly Example[] = [
  `
id: ransomware
steps:
  - id: takeback
    playbook: takeback
              ^^^^^^^^ Step "takeback" calls a playbook that leads back here: ransomware > takeback > ransomware. Take one of the calls out.
#- takeback.yaml
id: takeback
steps:
  - id: look
    playbook: ransomware
              ^^^^^^^^^^ Step "look" calls a playbook that leads back here: takeback > ransomware > takeback. Take one of the calls out.
`,
  `
id: ransomware
steps:
  - id: takeback
    playbook: takeback
#- takeback.yaml
id: takeback
steps:
  - id: look
    instructions: Look.
`,
  `
id: again
steps:
  - id: again
    playbook: again
              ^^^^^ Step "again" calls the playbook that it stands in. Go to its first step with "next", or write out what is to be done.
`,
];
