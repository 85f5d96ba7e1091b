/** A finding that an earlier exercise has shown already. */
import { type Day, formatDate } from '../model/date.js';
import { dayOf } from '../model/life-cycle.js';
import { headOf } from '../model/schema-problem.js';
import type { Place } from '../text/place.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'finding-repeated',
  category: 'life cycle',
  severity: 'warning',
  summary: 'A finding that an earlier exercise has shown already.',
  why: 'It was noted, perhaps closed, and is there again. What was done about it did not work.',

  *playbook({ playbook }) {
    const exercises = (playbook.exercises?.items ?? [])
      .map((exercise) => ({ exercise, day: dayOf(exercise.on) ?? Number.POSITIVE_INFINITY }))
      .sort((a, b) => a.day - b.day);
    const earlier = new Map<string, { place: Place; day: Day }>();
    for (const { exercise, day } of exercises) {
      for (const { id, title, node } of exercise.findings?.items ?? []) {
        const names = [id && `id ${id.value}`, title && `title ${title.value.trim().toLowerCase()}`].filter(
          (name) => name !== undefined,
        );
        const before = names.map((name) => earlier.get(name)).find((one) => one !== undefined && one.day < day);
        for (const name of names) if (!earlier.has(name)) earlier.set(name, { place: headOf(node), day });
        if (!before) continue;
        const message = `"${title?.value ?? id?.value}" was found on ${formatDate(before.day)} already. What was done about it did not hold: mend the cause.`;
        yield { place: headOf(node), message, related: [{ place: before.place, message: 'Found the first time' }] };
      }
    }
  },
};

export const examples: readonly Example[] = [
  `
exercises:
  - on: 2026-06-12
    kind: tabletop
    findings: [{ id: no-deputy, title: The COO had no deputy, owner: coo, due: 2026-08-01, closed: 2026-07-20 }]
  - on: 2026-10-01
    kind: live
    findings: [{ id: no-deputy, title: Nobody spoke for the COO, owner: coo, due: 2026-12-01 }]
                     ^^^^^^^^^ "Nobody spoke for the COO" was found on 2026-06-12 already. What was done about it did not hold: mend the cause.
steps: [{ id: look, instructions: Look. }]
`,
  `
exercises:
  - on: 2026-06-12
    kind: tabletop
    findings: [{ id: no-deputy, title: The COO had no deputy, owner: coo, due: 2026-08-01, closed: 2026-07-20 }]
  - on: 2026-10-01
    kind: live
    findings: [{ id: old-list, title: The list was old, owner: coo, due: 2026-12-01 }]
steps: [{ id: look, instructions: Look. }]
`,
];
