/** A waiver that waives nothing. */
import { headOf } from '../model/schema-problem.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'waiver-unused',
  category: 'life cycle',
  severity: 'warning',
  summary: 'A waiver that waives nothing.',
  why: 'What it waived has been mended, or never was. Left there, it will hide the next fault of its kind.',

  *waiver({ waiver, waives }) {
    if (waives > 0) return;
    const where = waiver.at ? ` at "${waiver.at.value}"` : '';
    const message = `There is no finding of "${waiver.rule?.value}"${where}, so this waives nothing. Take it out.`;
    yield { place: waiver.rule?.place ?? headOf(waiver.node), message };
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - { id: cut, instructions: Cut., rollback: Plug it in, impacts: [{ service: web-shop, effect: degraded }] }
waivers:
  - { rule: rollback-missing, at: cut, owner: ciso, reason: Agreed, expires: 2027-03-01 }
            ^^^^^^^^^^^^^^^^ There is no finding of "rollback-missing" at "cut", so this waives nothing. Take it out.
`,
  `
steps:
  - { id: cut, instructions: Cut., impacts: [{ service: web-shop, effect: degraded }] }
waivers:
  - { rule: rollback-missing, at: cut, owner: ciso, reason: Agreed, expires: 2027-03-01 }
`,
];
