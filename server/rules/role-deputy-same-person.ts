/** A deputy who is the holder. */
import { definitionsIn } from '../workspace/definitions.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'role-deputy-same-person',
  category: 'ownership',
  severity: 'error',
  summary: 'A deputy who is the holder.',
  why: 'When the holder cannot be reached, neither can this deputy.',

  *definitions({ snapshot, uri }) {
    for (const { id, value: role } of definitionsIn(snapshot, uri, 'roles')) {
      for (const deputy of role.deputies?.items ?? []) {
        if (deputy.value !== role.holder?.value) continue;
        const message = `"${deputy.value}" is both holder and deputy of "${id.value}". Name somebody else as deputy.`;
        yield { place: deputy.place, message };
      }
    }
  },
};

export const examples: readonly Example[] = [
  `
roles:
  ciso: { holder: priya-shah, deputies: [sam-okafor, priya-shah] }
                                                     ^^^^^^^^^^ "priya-shah" is both holder and deputy of "ciso". Name somebody else as deputy.
`,
  `
roles:
  ciso: { holder: priya-shah, deputies: [sam-okafor] }
`,
];
