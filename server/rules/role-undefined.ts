/** A role that no file defines. */
import type { Reader } from '../workspace/fact.js';
import { type RoleReference, rolesAroundSteps, rolesInDefinitions, rolesInStep } from '../workspace/role-references.js';
import { undefinedDefinition } from '../workspace/undefined-definition.js';
import type { Example, Problem, Rule } from './rule.js';

export const rule: Rule = {
  id: 'role-undefined',
  category: 'ownership',
  severity: 'error',
  summary: 'A role that no file defines.',
  why: 'A name that leads to nobody is found out when somebody tries to call it.',

  *step({ snapshot, uri, step }) {
    yield* undefinedRoles(snapshot, uri, rolesInStep(step));
  },

  *playbook({ snapshot, uri, playbook }) {
    yield* undefinedRoles(snapshot, uri, rolesAroundSteps(playbook));
  },

  *definitions({ snapshot, uri }) {
    yield* undefinedRoles(snapshot, uri, rolesInDefinitions(snapshot, uri));
  },
};

function* undefinedRoles(snapshot: Reader, uri: string, references: readonly RoleReference[]): Iterable<Problem> {
  for (const { id } of references) yield* undefinedDefinition(snapshot, uri, 'roles', id);
}

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
    owner: netwrok-lead
           ^^^^^^^^^^^^ No file defines the role "netwrok-lead": did you mean "network-lead"?
    instructions: Pull the cable.
roles:
  network-lead: { title: Head of networks }
`,
  `
steps:
  - id: isolate-host
    owner: network-lead
    instructions: Pull the cable.
roles:
  network-lead: { title: Head of networks }
`,
  `
#- use: organization
#- playbook.yaml
steps:
  - id: brief-board
    owner: coo
    inform: [board-chair]
             ^^^^^^^^^^^ No file defines the role "board-chair". Define it under "roles" in the organisation.
    instructions: Tell the chair.
`,
];
