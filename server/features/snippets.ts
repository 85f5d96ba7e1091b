/** Whole steps and waivers to begin with. */
import { formatDate } from '../model/date.js';
import type { Schema } from '../model/schema.js';
import type { Completion } from './completion.js';

/** Takes the schema of the items of a list, and the day. Gives whole items, with the cursor where the first fact must be put in. */
export function* snippetsFor(schema: Schema, today: number): Iterable<Completion> {
  const snippet = (label: string, documentation: string, lines: readonly string[]): Completion => ({
    label,
    kind: 'snippet',
    detail: 'whole item',
    documentation,
    snippet: lines.join('\n'),
    order: 0,
  });
  if (schema.$ref?.endsWith('/step')) {
    yield snippet('new action', 'A step that somebody performs.', [
      'id: ${1:id-of-the-step}',
      '  title: ${2:What is done}',
      '  phase: ${3|detection,analysis,containment,eradication,recovery,communication,post_incident|}',
      '  owner: ${4:role}',
      '  within: ${5:30m}',
      '  instructions: |',
      '    ${6:How it is done}',
      '  impacts: ${7:none}',
      '  done_when: [${8:What somebody else can see}]',
    ]);
    yield snippet('new decision', 'A question, who decides, until when, and what each answer costs.', [
      'id: ${1:id-of-the-step}',
      '  phase: ${2|containment,analysis,eradication,recovery,communication|}',
      '  decision: ${3:What is to be decided?}',
      '  evidence: [${4:What must be on the table}]',
      '  owner: ${5:role}',
      '  authority: ${6:role}',
      '  within: ${7:30m}',
      '  escalate_to: ${8:role}',
      '  if_no_decision: ${9:wait}',
      '  options:',
      '    - id: ${10:act}',
      '      label: ${11:Yes}',
      '      impacts: ${12:none}',
      '      next: ${13:id-of-a-step}',
      '    - id: ${9:wait}',
      '      label: ${14:Not yet}',
      '      impacts: ${15:none}',
      '      next: ${16:end}',
    ]);
    yield snippet('new parallel block', 'Branches that run at the same time.', [
      'id: ${1:id-of-the-step}',
      '  parallel: [[${2:step}], [${3:step}]]',
      '  join: ${4:step}',
    ]);
    yield snippet('new call', 'Runs another playbook, then goes on.', [
      'id: ${1:id-of-the-step}',
      '  playbook: ${2:id-of-a-playbook}',
    ]);
  }
  if (schema.$ref?.endsWith('/waiver')) {
    yield snippet('new waiver', 'Accepts a finding for a while.', [
      'rule: ${1:rule}',
      '  at: ${2:step}',
      '  owner: ${3:role}',
      '  reason: ${4:Why it is accepted}',
      `  expires: \${5:${formatDate(today + 180)}}`,
    ]);
  }
}
