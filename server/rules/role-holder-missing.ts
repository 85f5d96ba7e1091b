/** A role that is used and held by nobody. */
import { usedRolesIn } from '../workspace/used-roles.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'role-holder-missing',
  category: 'ownership',
  severity: 'warning',
  summary: 'A role that is used and held by nobody.',
  why: 'A playbook that names an empty post names nobody.',

  *definitions({ snapshot, uri }) {
    for (const { id, value: role, use } of usedRolesIn(snapshot, uri)) {
      if (role.holder) continue;
      const message = `Nobody holds the role "${id.value}". Name a person in "holder".`;
      yield { place: id.place, message, related: [{ place: use.first.place, message: 'It is needed here' }] };
    }
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
    owner: network-lead
    instructions: Pull the cable.
roles:
  network-lead: { title: Head of networks }
  ^^^^^^^^^^^^ Nobody holds the role "network-lead". Name a person in "holder".
`,
  `
steps:
  - id: isolate-host
    owner: network-lead
    instructions: Pull the cable.
roles:
  network-lead: { holder: mei-tan }
  press-officer: { title: Not used by any playbook }
people:
  mei-tan: { name: Mei Tan }
`,
];
