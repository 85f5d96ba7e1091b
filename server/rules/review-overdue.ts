/** A playbook whose review is overdue. */
import { formatDate } from '../model/date.js';
import { dayOf, daysOf, isRetired } from '../model/life-cycle.js';
import { todayOf } from '../workspace/snapshot.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'review-overdue',
  category: 'life cycle',
  severity: 'warning',
  summary: 'A playbook whose review is overdue.',
  why: 'People change posts and services move. A plan that nobody looks at again is wrong within a year.',

  *playbook({ snapshot, playbook }) {
    const { review } = playbook;
    const last = dayOf(review?.last);
    const every = daysOf(review?.every);
    if (isRetired(playbook) || !review?.last || last === undefined || every === undefined) return;
    const due = last + every;
    const today = todayOf(snapshot);
    if (today <= due) return;
    const isLong = today > due + every;
    const message = `The review was due on ${formatDate(due)}, ${today - due} ${today - due === 1 ? 'day' : 'days'} ago${isLong ? ', and has been left out a second time' : ''}. Review the playbook and write the day in "last".`;
    yield { place: review.last.place, message, severity: isLong ? 'error' : 'warning' };
  },
};

export const examples: readonly Example[] = [
  `
review: { every: 90d, last: 2026-08-01 }
                            ^^^^^^^^^^ The review was due on 2026-10-30, 21 days ago. Review the playbook and write the day in "last".
steps: [{ id: look, instructions: Look. }]
`,
  `
review: { every: 90d, last: 2026-08-22 }
steps: [{ id: look, instructions: Look. }]
`,
  `
review: { every: 90d, last: 2026-01-01 }
                            ^^^^^^^^^^ The review was due on 2026-04-01, 233 days ago, and has been left out a second time. Review the playbook and write the day in "last".
steps: [{ id: look, instructions: Look. }]
`,
  `
status: retired
review: { every: 90d, last: 2020-01-01 }
steps: [{ id: look, instructions: Look. }]
`,
];
