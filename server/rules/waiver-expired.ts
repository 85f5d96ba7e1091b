/** A waiver past its end: what it waived is reported again. */
import { configurationFor } from '../workspace/configuration.js';
import { todayOf } from '../workspace/snapshot.js';
import { stateOf } from '../workspace/waivers.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'waiver-expired',
  category: 'life cycle',
  severity: 'error',
  summary: 'A waiver past its end: what it waived is reported again.',
  why: 'The risk was accepted until a day. After that day nobody has accepted it.',

  *playbook({ snapshot, uri, playbook }) {
    const { waiverLength } = configurationFor(snapshot, uri).limits;
    for (const waiver of playbook.waivers?.items ?? []) {
      const state = stateOf(waiver, todayOf(snapshot), waiverLength);
      if (state.kind !== 'expired' || !waiver.expires) continue;
      const message = `This waiver of "${waiver.rule?.value}" ended on ${state.expires}. Mend what it waived, or have it granted again.`;
      yield { place: waiver.expires.place, message };
    }
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - { id: cut, instructions: Cut., impacts: [{ service: web-shop, effect: degraded }] }
waivers:
  - { rule: rollback-missing, at: cut, owner: ciso, reason: Agreed, expires: 2026-11-19 }
                                                                             ^^^^^^^^^^ This waiver of "rollback-missing" ended on 2026-11-19. Mend what it waived, or have it granted again.
`,
  `
steps:
  - { id: cut, instructions: Cut., impacts: [{ service: web-shop, effect: degraded }] }
waivers:
  - { rule: rollback-missing, at: cut, owner: ciso, reason: Agreed, expires: 2026-11-20 }
`,
];
