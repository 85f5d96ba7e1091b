/** A playbook whose status is approved, and nobody has approved it. */
import { each } from '../model/placed.js';
import { headOf } from '../model/schema-problem.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'approval-missing',
  category: 'life cycle',
  severity: 'error',
  summary: 'A playbook whose status is approved, and nobody has approved it.',
  why: 'A status is a word. Who stands behind the plan, and since when, is what an auditor and a deputy ask for.',

  *playbook({ playbook }) {
    const { approval, status } = playbook;
    if (status?.value !== 'approved') return;
    const by = each(approval?.by).length > 0;
    if (by && approval?.on) return;
    const place = approval ? headOf(approval.node) : status.place;
    const missing = approval ? (by ? 'on which day' : 'by whom') : 'by whom and when';
    yield { place, message: `The playbook says that it is approved, and not ${missing}. Complete "approval".` };
  },
};

export const examples: readonly Example[] = [
  `
status: approved
        ^^^^^^^^ The playbook says that it is approved, and not by whom and when. Complete "approval".
steps: [{ id: look, instructions: Look. }]
`,
  `
status: approved
approval: { by: ciso, on: 2026-09-01 }
steps: [{ id: look, instructions: Look. }]
`,
  `
status: approved
approval: { by: ciso }
            ^^ The playbook says that it is approved, and not on which day. Complete "approval".
steps: [{ id: look, instructions: Look. }]
`,
];
