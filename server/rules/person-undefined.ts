/** A holder or deputy whom no file defines. */
import { isId } from '../model/id.js';
import { didYouMean, nearest } from '../model/near.js';
import { changeToNear } from '../model/near-fixes.js';
import { definitionOf, definitionsIn, idsFor } from '../workspace/definitions.js';
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
        if (!person || !isId(person.value) || definitionOf(snapshot, uri, 'people', person.value)) continue;
        const near = nearest(person.value, idsFor(snapshot, uri, 'people'));
        const end = near.length > 0 ? didYouMean(near) : '. Define the person under "people" in the roster.';
        yield {
          place: person.place,
          message: `No file defines the person "${person.value}"${end}`,
          fixes: changeToNear(person, near),
        };
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
