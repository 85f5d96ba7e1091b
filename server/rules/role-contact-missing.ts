/** A used role whose holder, or deputy, cannot be reached by anything. */
import { definitionOf } from '../workspace/definitions.js';
import { usedRolesIn } from '../workspace/used-roles.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'role-contact-missing',
  category: 'ownership',
  severity: 'warning',
  summary: 'A used role whose holder, or deputy, cannot be reached by anything.',
  why: 'A name without a number costs the first half hour.',

  *definitions({ snapshot, uri }) {
    for (const { id, value: role } of usedRolesIn(snapshot, uri)) {
      for (const person of [role.holder, ...(role.deputies?.items ?? [])]) {
        const definition = person && definitionOf(snapshot, uri, 'people', person.value);
        if (!definition || (definition.value.contacts?.items.length ?? 0) > 0) continue;
        const as = person === role.holder ? 'holds' : 'is a deputy for';
        const message = `"${person.value}", who ${as} "${id.value}", cannot be reached. Add a contact to the person.`;
        yield { place: person.place, message, related: [{ place: definition.id.place, message: 'No contact here' }] };
      }
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
  network-lead: { holder: mei-tan }
                          ^^^^^^^ "mei-tan", who holds "network-lead", cannot be reached. Add a contact to the person.
people:
  mei-tan: { name: Mei Tan }
`,
  `
steps:
  - id: isolate-host
    owner: network-lead
    instructions: Pull the cable.
roles:
  network-lead: { holder: mei-tan }
people:
  mei-tan: { name: Mei Tan, contacts: [{ kind: phone, value: "+44 20 7946 0012" }] }
`,
];
