/** A step that takes down a service in a way that the service's isolation does not allow. */
import { withoutYesOf } from '../graph/authority.js';
import { graphOf, keyOf, stepsByKey } from '../graph/graph.js';
import type * as types from '../model/generated/types.js';
import { each, type PlacedOf } from '../model/placed.js';
import { impactsOf, kindOf, nameOfStep, type Step } from '../model/step.js';
import { definitionOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { areSamePerson } from '../workspace/holders.js';
import type { Example, Rule } from './rule.js';

type Isolation = PlacedOf<types.Isolation>;

export const rule: Rule = {
  id: 'isolation-not-permitted',
  category: 'impact',
  severity: 'error',
  summary: "A step that takes down a service in a way that the service's isolation does not allow.",
  why: 'Somebody has said in a quiet hour who may cut this service off. In a loud one the playbook must not say otherwise.',

  *playbook({ snapshot, uri, playbook }) {
    const reached = new Map<string, ReadonlySet<string>>();
    const reachedWithoutYesOf = (authority: string | undefined) => {
      const known = reached.get(authority ?? '');
      if (known) return known;
      const found = reachedWithout(snapshot, uri, stepsByKey(playbook), authority);
      reached.set(authority ?? '', found);
      return found;
    };
    for (const [index, step] of (playbook.steps?.items ?? []).entries()) {
      if (kindOf(step) === 'decision') continue;
      for (const { service, effect } of impactsOf(step)) {
        const isolation = service && definitionOf(snapshot, uri, 'services', service.value)?.value.isolation;
        if (!service || effect?.value !== 'outage' || !isolation?.allowed) continue;
        const authority = each(isolation.authority)[0]?.value;
        const decided = !reachedWithoutYesOf(authority).has(keyOf(step, index));
        const fault = faultOf(step, isolation, decided, authority, (role) =>
          authority === undefined ? true : areSamePerson(snapshot, uri, role, authority),
        );
        if (fault === undefined) continue;
        const message = `Step ${nameOfStep(step)} takes down "${service.value}", and ${fault}`;
        const related = [{ place: isolation.allowed.place, message: `What is allowed for "${service.value}"` }];
        yield { place: service.place, message, related, ...(step.id ? { at: step.id.value } : {}) };
      }
    }
  },
};

function reachedWithout(
  snapshot: Reader,
  uri: string,
  steps: ReadonlyMap<string, Step>,
  authority: string | undefined,
): ReadonlySet<string> {
  const counts = (decision: string) =>
    authority === undefined ||
    each(steps.get(decision)?.authority).some(({ value }) => areSamePerson(snapshot, uri, value, authority));
  return new Set(withoutYesOf(graphOf(snapshot, uri), counts).reached.keys());
}

/** Completes "The step takes down the service, and". */
function faultOf(
  step: Step,
  { allowed }: Isolation,
  isDecided: boolean,
  authority: string | undefined,
  mayGrant: (role: string) => boolean,
): string | undefined {
  const word = authority === undefined ? 'a decision' : `a decision of "${authority}"`;
  if (allowed?.value === 'never') return 'its isolation is never allowed. Find another way.';
  if (isDecided || allowed?.value === 'automatic') return undefined;
  if (allowed?.value === 'with_authority') {
    return `that is allowed only on ${word}, which some way to it does not pass. Ask before this step.`;
  }
  const granted = each(step.pre_authorized?.by).some(({ value }) => mayGrant(value));
  if (granted) return undefined;
  const leave = authority === undefined ? 'a pre-authorisation' : `a pre-authorisation by "${authority}"`;
  return `that is allowed only under ${leave} or on ${word}. Add one of them.`;
}

export const examples: readonly Example[] = [
  `
steps:
  - id: cut
    instructions: Cut it off.
    impacts: [{ service: core-network, effect: outage, for: 1h }]
                         ^^^^^^^^^^^^ Step "cut" takes down "core-network", and its isolation is never allowed. Find another way.
services:
  core-network: { isolation: { allowed: never } }
`,
  `
steps:
  - id: ask
    decision: Do we cut it off?
    authority: ciso
    options: [{ id: yes, next: cut }, { id: no, next: end }]
  - id: cut
    instructions: Cut it off.
    impacts: [{ service: web-shop, effect: outage, for: 1h }]
                         ^^^^^^^^ Step "cut" takes down "web-shop", and that is allowed only on a decision of "coo", which some way to it does not pass. Ask before this step.
services:
  web-shop: { isolation: { allowed: with_authority, authority: coo } }
`,
  `
steps:
  - id: ask
    decision: Do we cut it off?
    authority: coo
    options: [{ id: yes, next: cut }, { id: no, next: end }]
  - id: cut
    instructions: Cut it off.
    impacts: [{ service: web-shop, effect: outage, for: 1h }]
services:
  web-shop: { isolation: { allowed: with_authority, authority: coo } }
`,
  `
steps:
  - id: cut
    instructions: Cut it off.
    pre_authorized: { by: ciso, when: It burns, expires: 2027-01-31 }
    impacts: [{ service: file-shares, effect: outage, for: 1h }]
  - id: close
    instructions: Close it.
    pre_authorized: { by: soc-lead, when: It burns, expires: 2027-01-31 }
    impacts: [{ service: file-shares, effect: outage, for: 1h }]
                         ^^^^^^^^^^^ Step "close" takes down "file-shares", and that is allowed only under a pre-authorisation by "ciso" or on a decision of "ciso". Add one of them.
services:
  file-shares: { isolation: { allowed: pre_authorized, authority: ciso } }
`,
];
