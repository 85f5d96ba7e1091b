/** An open finding of an exercise that is past its date, or has no owner or no date. */
import { dayOf } from '../model/life-cycle.js';
import { each } from '../model/placed.js';
import { headOf } from '../model/schema-problem.js';
import { todayOf } from '../workspace/snapshot.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'finding-overdue',
  category: 'life cycle',
  severity: 'warning',
  summary: 'An open finding of an exercise that is past its date, or has no owner or no date.',
  why: 'An exercise whose findings nobody mends is held again, with the same result, in earnest.',

  *playbook({ snapshot, playbook }) {
    const today = todayOf(snapshot);
    for (const exercise of playbook.exercises?.items ?? []) {
      for (const finding of exercise.findings?.items ?? []) {
        const closed = dayOf(finding.closed);
        if (closed !== undefined && closed <= today) continue;
        const name = `"${finding.title?.value ?? finding.id?.value ?? 'The finding'}"`;
        const due = dayOf(finding.due);
        const missing = [each(finding.owner).length === 0 ? 'owner' : '', finding.due ? '' : 'date'].filter(Boolean);
        if (missing.length > 0) {
          const message = `${name} is open and has no ${missing.join(' and no ')}. Name one role in "owner" and a day in "due".`;
          yield { place: headOf(finding.node), message };
        } else if (finding.due && due !== undefined && due < today) {
          const message = `${name} should have been mended by ${finding.due.value}. Mend it and write the day in "closed", or agree on a new date.`;
          yield { place: finding.due.place, message };
        }
      }
    }
  },
};

export const examples: readonly Example[] = [
  `
exercises:
  - on: 2026-06-12
    kind: tabletop
    findings:
      - { id: no-deputy, title: The COO had no deputy, owner: coo, due: 2026-08-01 }
                                                                        ^^^^^^^^^^ "The COO had no deputy" should have been mended by 2026-08-01. Mend it and write the day in "closed", or agree on a new date.
      - { id: old-list, title: The list was old, owner: coo }
              ^^^^^^^^ "The list was old" is open and has no date. Name one role in "owner" and a day in "due".
steps: [{ id: look, instructions: Look. }]
`,
  `
exercises:
  - on: 2026-06-12
    kind: tabletop
    findings:
      - { id: no-deputy, title: The COO had no deputy, owner: coo, due: 2026-08-01, closed: 2026-07-20 }
      - { id: old-list, title: The list was old, owner: coo, due: 2027-01-31 }
steps: [{ id: look, instructions: Look. }]
`,
];
