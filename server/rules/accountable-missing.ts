/** A playbook that no one answers for. */
import { headOf } from '../model/schema-problem.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'accountable-missing',
  category: 'ownership',
  severity: 'error',
  summary: 'A playbook that no one answers for.',
  why: 'Who owns this risk on a bad day? If the playbook does not say, the crisis team finds out in the crisis.',

  *playbook({ playbook }) {
    if (playbook.accountable) return;
    const name = playbook.id ? `"${playbook.id.value}"` : 'this playbook';
    const place = playbook.id?.place ?? headOf(playbook.node);
    yield { place, message: `Nobody answers for ${name}. Name one role in "accountable".` };
  },
};

export const examples: readonly Example[] = [
  `
format: playbook/v1
id: ransomware
    ^^^^^^^^^^ Nobody answers for "ransomware". Name one role in "accountable".
title: Ransomware
`,
  `
format: playbook/v1
id: ransomware
title: Ransomware
accountable: ciso
`,
];
