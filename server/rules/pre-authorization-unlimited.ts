/** A pre-authorisation with no expiry, no condition, or from a role that may not give it. */
import { each, type Placed, type PlacedList } from '../model/placed.js';
import { disruptiveImpactsOf, nameOfStep, type Step } from '../model/step.js';
import { definitionOf } from '../workspace/definitions.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'pre-authorization-unlimited',
  category: 'impact',
  severity: 'warning',
  summary: 'A pre-authorisation with no expiry, no condition, or from a role that may not give it.',
  why: 'A standing leave without limits becomes permanent, and nobody remembers what it was meant for.',

  *playbook({ snapshot, uri, playbook }) {
    const accountable = each(playbook.accountable).map(({ value }) => value);
    for (const step of playbook.steps?.items ?? []) {
      const leave = step.pre_authorized;
      if (!leave) continue;
      const faults: string[] = [];
      if (!leave.node.pairs.has('expires')) faults.push('has no end ("expires")');
      if (!leave.node.pairs.has('when')) faults.push('names no condition ("when")');
      const mayGrant = new Set([
        ...accountable,
        ...ownersOf(step, (id) => definitionOf(snapshot, uri, 'services', id)?.value),
      ]);
      const stranger = each(leave.by).find(({ value }) => !mayGrant.has(value));
      if (stranger && mayGrant.size > 0) {
        faults.push(`is granted by "${stranger.value}", who owns neither a service that it disrupts nor the playbook`);
      }
      if (faults.length === 0) continue;
      const place = each(leave.by)[0]?.place ?? leave.node.place;
      const message = `The pre-authorisation of ${nameOfStep(step)} ${listed(faults)}. Limit it.`;
      yield { place, message, ...(step.id ? { at: step.id.value } : {}) };
    }
  },
};

type RoleField = Placed<string> | PlacedList<Placed<string>> | undefined;

function ownersOf(
  step: Step,
  serviceOf: (id: string) => { owner?: RoleField; isolation?: { authority?: RoleField } } | undefined,
): string[] {
  return disruptiveImpactsOf(step).flatMap(({ service }) => {
    const definition = service && serviceOf(service.value);
    return [...each(definition?.owner), ...each(definition?.isolation?.authority)].map(({ value }) => value);
  });
}

function listed(faults: readonly string[]): string {
  return faults.length < 2 ? faults.join('') : `${faults.slice(0, -1).join(', ')} and ${faults.at(-1)}`;
}

export const examples: readonly Example[] = [
  `
accountable: ciso
steps:
  - id: isolate
    instructions: Pull the cable.
    pre_authorized: { by: network-lead }
                          ^^^^^^^^^^^^ The pre-authorisation of "isolate" has no end ("expires"), names no condition ("when") and is granted by "network-lead", who owns neither a service that it disrupts nor the playbook. Limit it.
`,
  `
accountable: ciso
steps:
  - id: isolate
    instructions: Pull the cable.
    pre_authorized: { by: coo, when: Encryption is seen, expires: 2099-12-31 }
    impacts: [{ service: web-shop, effect: outage, for: 1h }]
  - id: block
    instructions: Block the address.
    pre_authorized: { by: ciso, when: Encryption is seen, expires: 2099-12-31 }
services:
  web-shop: { owner: coo }
`,
];
