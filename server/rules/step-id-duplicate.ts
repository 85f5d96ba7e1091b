/** Two steps with the same id. */
import type { Placed } from '../model/placed.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'step-id-duplicate',
  category: 'flow',
  severity: 'error',
  summary: 'Two steps with the same id.',
  why: 'A step that says "go on with isolate-host" must mean one step.',

  *playbook({ playbook }) {
    const byId = new Map<string, Placed<string>[]>();
    for (const { id } of playbook.steps?.items ?? []) {
      if (id) byId.set(id.value, [...(byId.get(id.value) ?? []), id]);
    }
    for (const [id, places] of byId) {
      if (places.length < 2) continue;
      for (const { place } of places) {
        const related = places
          .filter((other) => other.place !== place)
          .map((other) => ({ place: other.place, message: 'And here' }));
        yield {
          place,
          message: `The step id "${id}" stands here ${places.length === 2 ? 'twice' : `${places.length} times`}. Give each step an id of its own.`,
          related,
          at: id,
        };
      }
    }
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate
        ^^^^^^^ The step id "isolate" stands here twice. Give each step an id of its own.
    instructions: Pull the cable.
  - id: isolate
        ^^^^^^^ The step id "isolate" stands here twice. Give each step an id of its own.
    instructions: Block the port.
`,
  `
steps:
  - id: isolate
    instructions: Pull the cable.
  - id: isolate-again
    instructions: Block the port.
`,
];
