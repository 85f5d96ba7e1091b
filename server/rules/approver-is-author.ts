/** The one who wrote the playbook has also approved it. */
import { each } from '../model/placed.js';
import { areSamePerson } from '../workspace/holders.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'approver-is-author',
  category: 'life cycle',
  severity: 'warning',
  summary: 'The one who wrote the playbook has also approved it.',
  why: 'Nobody finds their own gaps. A second person must have read it.',

  *playbook({ snapshot, uri, playbook }) {
    const [author] = each(playbook.author);
    const [by] = each(playbook.approval?.by);
    if (!author || !by || !areSamePerson(snapshot, uri, author.value, by.value)) return;
    const message =
      author.value === by.value
        ? `"${by.value}" has written this playbook and approved it. Have somebody else approve it.`
        : `"${by.value}" has approved what "${author.value}" has written, and one person holds both. Have somebody else approve it.`;
    yield { place: by.place, message, related: [{ place: author.place, message: 'The author' }] };
  },
};

export const examples: readonly Example[] = [
  `
author: ciso
approval: { by: ciso, on: 2026-09-01 }
                ^^^^ "ciso" has written this playbook and approved it. Have somebody else approve it.
steps: [{ id: look, instructions: Look. }]
`,
  `
author: ir-lead
approval: { by: ciso, on: 2026-09-01 }
steps: [{ id: look, instructions: Look. }]
`,
];
