/** A disruptive step that some way reaches without anybody having authorised it. */

import { unauthorizedOf } from '../graph/authority.js';
import { keyOf, stepsByKey } from '../graph/graph.js';
import { toldInShort } from '../graph/tell-way.js';
import { parseDate } from '../model/date.js';
import { disruptiveImpactsOf, kindOf, nameOfStep, placeOfStep, type Step } from '../model/step.js';
import { todayOf } from '../workspace/snapshot.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'disruptive-step-unauthorized',
  category: 'impact',
  severity: 'error',
  summary: 'A disruptive step that some way reaches without anybody having authorised it.',
  why: 'A step that takes a service down needs a yes before it is taken: from a decision on every way to it, or granted in advance.',

  *playbook({ snapshot, uri, playbook }) {
    const unauthorized = unauthorizedOf(snapshot, uri);
    const steps = stepsByKey(playbook);
    const today = todayOf(snapshot);
    for (const [index, step] of (playbook.steps?.items ?? []).entries()) {
      const key = keyOf(step, index);
      const disruptive = kindOf(step) !== 'decision' && disruptiveImpactsOf(step).length > 0;
      if (!disruptive || steps.get(key) !== step || !unauthorized.reached.has(key) || isPreAuthorized(step, today))
        continue;
      const way = unauthorized.wayTo(key);
      const services = disruptiveImpactsOf(step)
        .map(({ service }) => service?.value)
        .filter((id) => id !== undefined);
      const message = `Nobody has authorised ${nameOfStep(step)}, which disrupts ${[...new Set(services)].join(', ') || 'a service'}, on the way ${toldInShort(way)}. Put a decision before it, or pre-authorise it.`;
      const related = way.slice(0, -1).map((on, position) => {
        const passed = steps.get(on);
        return {
          place: passed ? placeOfStep(passed) : step.node.place,
          message: `Way without authority, step ${position + 1}`,
        };
      });
      yield { place: placeOfStep(step), message, related, ...(step.id ? { at: step.id.value } : {}) };
    }
  },
};

/** A date that cannot be read is reported by the schema; here it takes nothing away. */
function isPreAuthorized(step: Step, today: number): boolean {
  if (!step.pre_authorized) return false;
  const { expires } = step.pre_authorized;
  const last = expires && parseDate(expires.value);
  return last === undefined || last >= today;
}

export const examples: readonly Example[] = [
  `
steps:
  - id: confirm
    instructions: Look.
    impacts: none
  - id: isolate
        ^^^^^^^ Nobody has authorised "isolate", which disrupts core-banking, on the way confirm > isolate. Put a decision before it, or pre-authorise it.
    instructions: Pull the cable.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
`,
  `
steps:
  - id: ask
    decision: Do we pull the cable?
    authority: ciso
    options:
      - { id: pull, label: Yes, next: isolate }
      - { id: wait, label: No, next: end }
  - id: isolate
    instructions: Pull the cable.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
`,
  `
steps:
  - id: ask
    decision: Do we pull the cable?
    authority: ciso
    if_no_decision: pull
    options:
      - { id: pull, label: Yes, next: isolate }
      - { id: wait, label: No, next: end }
  - id: isolate
        ^^^^^^^ Nobody has authorised "isolate", which disrupts core-banking, on the way ask > isolate. Put a decision before it, or pre-authorise it.
    instructions: Pull the cable.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
`,
  `
steps:
  - id: is-it-real
    decision: Is it real?
    authority: ciso
    options:
      - { id: yes, label: Yes, next: ask }
      - { id: no, label: No, next: end }
  - id: ask
    decision: Do we pull the cable?
    authority: coo
    if_no_decision: pull
    options:
      - { id: pull, label: Yes, next: isolate }
      - { id: wait, label: No, next: end }
  - id: isolate
        ^^^^^^^ Nobody has authorised "isolate", which disrupts core-banking, on the way is-it-real > ask > isolate. Put a decision before it, or pre-authorise it.
    instructions: Pull the cable.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
`,
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    pre_authorized: { by: ciso, when: Encryption is seen, expires: 2099-12-31 }
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
`,
  `
steps:
  - id: both
    parallel: [[ask], [look]]
    join: isolate
  - id: ask
    decision: Do we pull the cable?
    authority: ciso
    options:
      - { id: pull, label: Yes, next: isolate }
      - { id: wait, label: No, next: end }
  - id: look
    instructions: Look.
  - id: isolate
    instructions: Pull the cable.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
`,
];
