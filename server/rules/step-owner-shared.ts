/** A list of roles where exactly one is meant. */
import type { Placed, PlacedList } from '../model/placed.js';
import { definitionsIn } from '../workspace/definitions.js';
import type { Example, Problem, Rule } from './rule.js';

export const rule: Rule = {
  id: 'step-owner-shared',
  category: 'ownership',
  severity: 'error',
  summary: 'A list of roles where exactly one is meant.',
  why: 'Where everyone is involved, no one is accountable: in the night each waits for the other.',

  *step({ step }) {
    yield* shared(step.owner, 'owner');
    yield* shared(step.authority, 'authority');
    yield* shared(step.escalate_to, 'escalate_to');
    yield* shared(step.pre_authorized?.by, 'by');
    yield* shared(step.automation?.verified_by, 'verified_by');
  },

  *playbook({ playbook }) {
    yield* shared(playbook.accountable, 'accountable');
    yield* shared(playbook.author, 'author');
    yield* shared(playbook.approval?.by, 'by');
    for (const { led_by, findings } of playbook.exercises?.items ?? []) {
      yield* shared(led_by, 'led_by');
      for (const { owner } of findings?.items ?? []) yield* shared(owner, 'owner');
    }
    for (const { owner } of playbook.waivers?.items ?? []) yield* shared(owner, 'owner');
  },

  *definitions({ snapshot, uri }) {
    for (const { value } of definitionsIn(snapshot, uri, 'services')) {
      yield* shared(value.owner, 'owner');
      yield* shared(value.isolation?.authority, 'authority');
    }
    for (const { value } of definitionsIn(snapshot, uri, 'obligations')) yield* shared(value.owner, 'owner');
  },
};

function* shared(field: Placed<string> | PlacedList<Placed<string>> | undefined, key: string): Iterable<Problem> {
  if (!field || !('items' in field)) return;
  const count = field.items.length;
  const message = `"${key}" names ${count} ${count === 1 ? 'role in a list' : 'roles'}. Name the one that answers for it; the others can be told in "inform".`;
  yield { place: field.node.place, message };
}

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
    owner: [network-lead, soc-analyst]
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^ "owner" names 2 roles. Name the one that answers for it; the others can be told in "inform".
    instructions: Pull the cable.
`,
  `
steps:
  - id: isolate-host
    owner: network-lead
    inform: [soc-analyst]
    instructions: Pull the cable.
`,
];
