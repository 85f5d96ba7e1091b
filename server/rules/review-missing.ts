/** An approved playbook that does not say how often it is reviewed, or when it was last. */
import { headOf } from '../model/schema-problem.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'review-missing',
  category: 'life cycle',
  severity: 'warning',
  summary: 'An approved playbook that does not say how often it is reviewed, or when it was last.',
  why: 'People change posts and services move. A plan that nobody looks at again is wrong within a year.',

  *playbook({ playbook }) {
    if (playbook.status?.value !== 'approved') return;
    const { review } = playbook;
    const missing = ['every', 'last'].filter((key) => !review?.node.pairs.has(key));
    if (missing.length === 0) return;
    const place = review ? headOf(review.node) : playbook.status.place;
    const message = review
      ? `The review has no "${missing.join('" and no "')}". Say how often the playbook is reviewed, and when it was last.`
      : 'This playbook is approved and never reviewed. Say how often in "review": { every: 180d, last: 2026-09-01 }.';
    yield { place, message };
  },
};

export const examples: readonly Example[] = [
  `
status: approved
        ^^^^^^^^ This playbook is approved and never reviewed. Say how often in "review": { every: 180d, last: 2026-09-01 }.
steps: [{ id: look, instructions: Look. }]
`,
  `
status: approved
review: { every: 180d, last: 2026-09-01 }
steps: [{ id: look, instructions: Look. }]
`,
  `
status: approved
review: { every: 180d }
          ^^^^^ The review has no "last". Say how often the playbook is reviewed, and when it was last.
steps: [{ id: look, instructions: Look. }]
`,
  `
status: in_review
steps: [{ id: look, instructions: Look. }]
`,
];
