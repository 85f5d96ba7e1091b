/** Escalations that lead back to somebody who could not be reached. */
import { cycles } from '../graph/cycles.js';
import { each, type Placed } from '../model/placed.js';
import { kindOf, type Step } from '../model/step.js';
import { holderOf } from '../workspace/holders.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'escalation-cycle',
  category: 'decisions',
  severity: 'error',
  summary: 'Escalations that lead back to somebody who could not be reached.',
  why: 'Two people who refer to each other, at night, while the clock runs.',

  *playbook({ snapshot, uri, playbook }) {
    const personOf = (role: string) => holderOf(snapshot, uri, role) ?? `role ${role}`;
    const escalations = (playbook.steps?.items ?? []).flatMap((step) => escalationsOf(step));
    const targets = new Map<string, string[]>();
    for (const { from, to } of escalations) {
      const person = personOf(from.value);
      targets.set(person, [...(targets.get(person) ?? []), personOf(to.value)]);
    }
    for (const cycle of cycles(targets.keys(), (person) => targets.get(person) ?? [])) {
      const inside = escalations.filter(
        ({ from, to }) => cycle.includes(personOf(from.value)) && cycle.includes(personOf(to.value)),
      );
      const [first, ...others] = inside;
      if (!first) continue;
      const { from, to, step } = first;
      const message =
        cycle.length > 1
          ? `Escalations lead back: ${inside.map((one) => `${one.from.value} > ${one.to.value}`).join(', ')}. Let the last one go to somebody else.`
          : from.value === to.value
            ? `When "${from.value}" cannot be reached, the escalation goes to "${to.value}" again. Name somebody else.`
            : `When "${from.value}" cannot be reached, the escalation goes to "${to.value}", held by the same person. Name somebody else.`;
      const related = others.map((one) => ({ place: one.to.place, message: 'Leads back through here' }));
      yield { place: to.place, message, related, ...(step.id ? { at: step.id.value } : {}) };
    }
  },
};

function escalationsOf(step: Step): { from: Placed<string>; to: Placed<string>; step: Step }[] {
  if (kindOf(step) !== 'decision') return [];
  return each(step.authority).flatMap((from) => each(step.escalate_to).map((to) => ({ from, to, step })));
}

export const examples: readonly Example[] = [
  `
steps:
  - id: cut
    decision: Do we cut the line?
    authority: ciso
    escalate_to: ciso
                 ^^^^ When "ciso" cannot be reached, the escalation goes to "ciso" again. Name somebody else.
`,
  `
steps:
  - id: cut
    decision: Do we cut the line?
    authority: ciso
    escalate_to: coo
  - id: tell
    decision: Do we tell customers?
    authority: coo
    escalate_to: ceo
`,
  `
steps:
  - id: cut
    decision: Do we cut the line?
    authority: ciso
    escalate_to: coo
                 ^^^ Escalations lead back: ciso > coo, coo > ciso. Let the last one go to somebody else.
  - id: tell
    decision: Do we tell customers?
    authority: coo
    escalate_to: ciso
`,
  `
steps:
  - id: cut
    decision: Do we cut the line?
    authority: ciso
    escalate_to: head-of-it
                 ^^^^^^^^^^ When "ciso" cannot be reached, the escalation goes to "head-of-it", held by the same person. Name somebody else.
roles:
  ciso: { holder: priya-shah }
  head-of-it: { holder: priya-shah }
`,
];
