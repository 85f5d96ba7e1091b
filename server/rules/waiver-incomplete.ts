/** A waiver with no owner, no reason or no end, or with one that is too far away: it does not hold. */
import { headOf } from '../model/schema-problem.js';
import { configurationFor } from '../workspace/configuration.js';
import { todayOf } from '../workspace/snapshot.js';
import { stateOf } from '../workspace/waivers.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'waiver-incomplete',
  category: 'life cycle',
  severity: 'error',
  summary: 'A waiver with no owner, no reason or no end, or with one that is too far away: it does not hold.',
  why: 'A risk that nobody has accepted by name, or that is accepted for ever, has not been accepted at all.',

  *playbook({ snapshot, uri, playbook }) {
    const { waiverLength } = configurationFor(snapshot, uri).limits;
    for (const waiver of playbook.waivers?.items ?? []) {
      const state = stateOf(waiver, todayOf(snapshot), waiverLength);
      if (state.kind !== 'incomplete') continue;
      const place = waiver.rule?.place ?? headOf(waiver.node);
      yield { place, message: `This waiver ${state.fault}, so it does not hold. Complete it.` };
    }
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - { id: cut, instructions: Cut., impacts: [{ service: web-shop, effect: degraded }] }
waivers:
  - { rule: rollback-missing, at: cut, reason: Agreed, expires: 2027-03-01 }
            ^^^^^^^^^^^^^^^^ This waiver has no owner, so it does not hold. Complete it.
  - { rule: rollback-missing, at: cut, owner: ciso, reason: Agreed, expires: 2031-03-01 }
            ^^^^^^^^^^^^^^^^ This waiver ends on 2031-03-01, and may not hold beyond 2027-11-20, so it does not hold. Complete it.
`,
  `
steps:
  - { id: cut, instructions: Cut., impacts: [{ service: web-shop, effect: degraded }] }
waivers:
  - { rule: rollback-missing, at: cut, owner: ciso, reason: Agreed, expires: 2027-03-01 }
`,
];
