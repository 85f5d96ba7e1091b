import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../../test/harness/apply-edits.js';
import { filesOf, parts } from '../../../test/harness/random-playbook.js';
import { snapshotOf, uriOf } from '../../../test/harness/workspace.js';
import { check } from '../../check/check.js';
import { outageTotalsOf } from '../../graph/service-outages.js';
import { worstTimeOf } from '../../graph/times.js';
import { itemSpans } from '../../text/top-level-items.js';
import { playbookOf, treeOf } from '../../workspace/files.js';
import { extractSteps } from './extract-steps.js';

type Files = readonly { readonly name: string; readonly text: string }[];
const nameOf = (uri: string) => uri.slice(uriOf('').length);

/** Takes files and a selection in the first. Gives them after the steps were extracted, or why they were not. */
function extracted(files: Files, start: number, end: number): { files: Files } | { refusal: string } {
  const [file] = files;
  const [action] = extractSteps(snapshotOf(files), uriOf(file?.name ?? ''), start, end);
  if (!file || !action) throw new Error('Nothing is offered.');
  if (action.refusal !== undefined || !action.creates) return { refusal: action.refusal ?? '' };
  const { uri, text } = action.creates;
  return {
    files: [{ ...file, text: applyEdits(file.text, action.edits) }, ...files.slice(1), { name: nameOf(uri), text }],
  };
}

const PLAYBOOK = `format: playbook/v1
id: takeback
title: Take the domain back
severity: high
accountable: ciso
steps:
  - id: look
    phase: analysis
    owner: soc
    instructions: Look.

  # Quickly!
  - id: ask
    phase: containment
    decision: "Close it: yes or no?"
    owner: soc
    authority: ciso
    if_no_decision: wait
    options:
      - { id: close, label: Yes, next: close }
      - { id: wait, label: No, next: tell }

  - id: close
    instructions: Close it.
    owner: soc

  - id: tell
    owner: soc
    instructions: Tell them.

waivers:
  - { rule: rollback-missing, at: close, owner: ciso, reason: Agreed, expires: 2027-03-01 }
  - { rule: rollback-missing, at: tell, owner: ciso, reason: Agreed, expires: 2027-03-01 }
roles:
  soc: { title: SOC }
  ciso: { title: CISO }
`;

describe('extracting steps', () => {
  const select = (from: string, to: string, text = PLAYBOOK) =>
    extracted([{ name: 'takeback.yaml', text }], text.indexOf(from), text.indexOf(to) + 1);

  it('moves them with their comments, waivers and definitions, and leaves a call in their place', () => {
    const done = select('- id: ask', 'Close it.');
    assert.ok('files' in done);
    const [before, after] = done.files;
    assert.equal(after?.name, 'ask.incident-playbook.yaml');
    assert.equal(
      before?.text,
      `${PLAYBOOK.slice(0, PLAYBOOK.indexOf('  # Quickly!'))}  - id: ask
    title: "Close it: yes or no?"
    phase: containment
    owner: soc
    playbook: ask

  - id: tell
    owner: soc
    instructions: Tell them.

waivers:
  - { rule: rollback-missing, at: tell, owner: ciso, reason: Agreed, expires: 2027-03-01 }
roles:
  soc: { title: SOC }
  ciso: { title: CISO }
`,
    );
    assert.equal(
      after?.text,
      `format: playbook/v1
id: ask
title: "Close it: yes or no?"
summary: Part of "Take the domain back"
status: draft
severity: high
accountable: ciso
steps:
  # Quickly!
  - id: ask
    phase: containment
    decision: "Close it: yes or no?"
    owner: soc
    authority: ciso
    if_no_decision: wait
    options:
      - { id: close, label: Yes, next: close }
      - { id: wait, label: No, next: end }

  - id: close
    instructions: Close it.
    owner: soc
roles:
  soc: { title: SOC }
  ciso: { title: CISO }
waivers:
  - { rule: rollback-missing, at: close, owner: ciso, reason: Agreed, expires: 2027-03-01 }
`,
    );
  });

  it('says why it would change what the playbook means', () => {
    const refusal = (from: string, to: string, text?: string) => {
      const done = select(from, to, text);
      return 'refusal' in done ? done.refusal : '';
    };
    assert.match(refusal('- id: ask', 'decision:'), /left for more than one place: "close", "tell"/);
    assert.match(refusal('- id: close', 'Tell them.'), /entered at more than one step: "close", "tell"/);
    assert.match(refusal('- id: look', 'Tell them.'), /all steps/);
    assert.match(
      refusal('- id: close', 'Close it.', PLAYBOOK.replace('instructions: Look', 'instructions: &a Look')),
      /anchors/,
    );
    assert.match(
      refusal('- id: close', 'Close it.', PLAYBOOK.replace('id: close\n', 'title: close\n')),
      /needs an id|errors/,
    );
    const block = PLAYBOOK.replace('instructions: Look.', 'parallel: [[close]]\n    join: tell');
    assert.match(refusal('- id: close', 'Close it.', block), /parallel block/);
    const own = `${PLAYBOOK.replace('instructions: Close it.', 'impacts: [{ service: web, effect: outage, for: 1h }]')}services: { web: { title: Web } }\n`;
    assert.match(refusal('- id: ask', '- id: tell', own), /service "web" is this playbook's own/);
    const loop = PLAYBOOK.replace('instructions: Tell them.', 'instructions: Tell them.\n    next: ask').replace(
      'instructions: Close it.',
      'instructions: Close it.\n    repeat: { at_most: 3 }',
    );
    assert.match(refusal('- id: close', 'Close it.', loop), /how often a loop may run/);
  });

  it('keeps the worst cases of random playbooks', () => {
    let count = 0;
    fc.assert(
      fc.property(parts, fc.nat(), fc.nat(), (list, a, b) => {
        const files = filesOf(list);
        const name = files[0]?.name ?? '';
        const snapshot = snapshotOf(files);
        const steps = playbookOf(snapshot, uriOf(name))?.value.steps?.items.map(({ node }) => node) ?? [];
        const tree = treeOf(snapshot, uriOf(name));
        const spans = (tree && itemSpans(tree, steps)) ?? [];
        const [first = 0, last = 0] = [a % spans.length, b % spans.length].sort((x, y) => x - y);
        const done = extracted(files, spans[first]?.start ?? 0, spans[last]?.end ?? 0);
        if ('refusal' in done) return;
        count++;
        const facts = (some: Files) => {
          const reader = snapshotOf(some);
          const broken = some.flatMap((file) => check(reader, uriOf(file.name)));
          return {
            time: worstTimeOf(reader, uriOf(name)),
            outage: outageTotalsOf(reader, uriOf(name)).get('s'),
            faults: broken.flatMap(({ rule, message }) => (STRUCTURAL.has(rule) ? [message] : [])),
          };
        };
        assert.deepEqual(facts(done.files), facts(files));
      }),
      { numRuns: 500 },
    );
    assert.ok(count > 50, `only ${count} extractions`);
  });
});

/** What an extraction must not bring about. */
const STRUCTURAL = new Set([
  'yaml-syntax',
  'schema',
  'next-undefined',
  'step-unreachable',
  'step-id-duplicate',
  'playbook-call-cycle',
]);
