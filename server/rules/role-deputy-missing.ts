/** A role that decides, or owns a step in a high or critical playbook, and has no deputy. */
import { insertPair, onRequest } from '../text/edit.js';
import { possibleDeputies } from '../workspace/candidates.js';
import { definitionOf } from '../workspace/definitions.js';
import { usedRolesIn } from '../workspace/used-roles.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'role-deputy-missing',
  category: 'ownership',
  severity: 'warning',
  summary: 'A role that decides, or owns a step in a high or critical playbook, and has no deputy.',
  why: 'The one person who may say yes is on a plane. A deputy must be able to take the post at any time.',

  *definitions({ snapshot, uri }) {
    for (const { id, value: role, use } of usedRolesIn(snapshot, uri)) {
      const reason = use.decides ?? use.ownsUrgent;
      // Behind a rota there is always somebody else.
      const isRota = role.holder && definitionOf(snapshot, uri, 'people', role.holder.value)?.value.rota?.value;
      if (!reason || isRota || (role.deputies?.items.length ?? 0) > 0) continue;
      const does = use.decides ? 'decides' : 'owns steps for high or critical incidents';
      const message = `The role "${id.value}" ${does} and has no deputy. Name one in "deputies".`;
      const related = [{ place: reason.place, message: use.decides ? 'It decides here' : 'It owns this step' }];
      const fixes = possibleDeputies(snapshot, uri, role.holder?.value).flatMap((person) => {
        const name = definitionOf(snapshot, uri, 'people', person)?.value.name?.value ?? person;
        return onRequest(`Name ${name} as deputy`, insertPair(role.node, 'deputies', `[${person}]`, BEFORE_DEPUTIES));
      });
      yield { place: id.place, message, related, fixes };
    }
  },
};

const BEFORE_DEPUTIES = ['title', 'holder'];

export const examples: readonly Example[] = [
  `
severity: medium
steps:
  - id: cut-the-line
    decision: Do we cut the line?
    owner: network-lead
    authority: ciso
roles:
  ciso: { holder: priya-shah }
  ^^^^ The role "ciso" decides and has no deputy. Name one in "deputies".
  network-lead: { holder: mei-tan }
people:
  priya-shah: { name: Priya Shah }
  mei-tan: { name: Mei Tan }
`,
  `
severity: medium
steps:
  - id: cut-the-line
    decision: Do we cut the line?
    owner: network-lead
    authority: ciso
roles:
  ciso: { holder: priya-shah, deputies: [sam-okafor] }
  network-lead: { holder: mei-tan }
people:
  priya-shah: { name: Priya Shah }
  sam-okafor: { name: Sam Okafor }
  mei-tan: { name: Mei Tan }
`,
  `
severity: critical
steps:
  - id: cut-the-line
    owner: network-lead
    instructions: Cut it.
  - id: watch
    owner: soc
    instructions: Watch the flows.
roles:
  network-lead: { holder: mei-tan }
  ^^^^^^^^^^^^ The role "network-lead" owns steps for high or critical incidents and has no deputy. Name one in "deputies".
  soc: { holder: soc-on-call }
people:
  mei-tan: { name: Mei Tan }
  soc-on-call: { name: SOC on call, rota: true }
`,
];
