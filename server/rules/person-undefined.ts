/** A holder or deputy whom no file defines. */
import { definitionsIn } from '../workspace/definitions.js';
import { undefinedDefinition } from '../workspace/undefined-definition.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'person-undefined',
  category: 'ownership',
  severity: 'error',
  summary: 'A holder or deputy whom no file defines.',
  why: 'A role is only as good as the person behind it, and this one cannot be called.',

  *definitions({ snapshot, uri }) {
    for (const { value: role } of definitionsIn(snapshot, uri, 'roles')) {
      for (const person of [role.holder, ...(role.deputies?.items ?? [])]) {
        yield* undefinedDefinition(snapshot, uri, 'people', person);
      }
    }
  },
};

export const examples: readonly Example[] = [
  `
roles:
  ciso: { holder: priya-shah, deputies: [sam-okafro] }
                                         ^^^^^^^^^^ No file defines the person "sam-okafro": did you mean "sam-okafor"?
people:
  priya-shah: { name: Priya Shah }
  sam-okafor: { name: Sam Okafor }
`,
  `
roles:
  ciso: { holder: priya-shah, deputies: [sam-okafor] }
people:
  priya-shah: { name: Priya Shah }
  sam-okafor: { name: Sam Okafor }
`,
];
