import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits } from '../../../test/harness/apply-edits.js';
import { parts, stepsOf } from '../../../test/harness/random-playbook.js';
import { snapshotOf, uriOf } from '../../../test/harness/workspace.js';
import { graphOf } from '../../graph/graph.js';
import { sortSteps } from './sort-steps.js';

const uri = uriOf('a.yaml');
const snapshotFor = (text: string) => snapshotOf([{ name: 'a.yaml', text }]);

function sorted(text: string): string {
  const [action] = sortSteps(snapshotFor(text), uri);
  if (action?.refusal) throw new Error(action.refusal);
  return applyEdits(text, action?.edits ?? []);
}

function flowOf(text: string): readonly string[] {
  const graph = graphOf(snapshotFor(text), uri);
  const edges = graph.edges.map(({ from, to, kind, option }) => `${from} -${kind} ${option ?? ''}-> ${to}`);
  return [`start ${graph.start}`, ...edges.sort()];
}

describe('sorting steps', () => {
  it('moves steps with their comments, and says what was said by their order', () => {
    const text = `format: playbook/v1
start: look
steps:
  # Last of all.
  - id: tell
    instructions: |
      Tell them.
      # not a comment

  - id: look
    decision: Is it bad?
    options:
      - { id: yes-it-is, next: cut }
      - { id: no-it-is-not, next: tell }

  # Quickly!
  # And quietly.
  - id: cut
    instructions: Cut it.   # really
    next: tell

  # A last word.
`;
    assert.equal(
      sorted(text),
      `format: playbook/v1
start: look
steps:
  - id: look
    decision: Is it bad?
    options:
      - { id: yes-it-is, next: cut }
      - { id: no-it-is-not, next: tell }

  # Quickly!
  # And quietly.
  - id: cut
    instructions: Cut it.   # really
    next: tell

  # Last of all.
  - id: tell
    instructions: |
      Tell them.
      # not a comment
    next: look

  # A last word.
`,
    );
  });

  it('offers nothing where steps are sorted, and says why where they cannot be', () => {
    const head = 'format: playbook/v1\nstart: b\nsteps:\n';
    assert.deepEqual(sortSteps(snapshotFor(`${head}  - { id: b, instructions: x }\n`), uri), []);
    const refusal = (steps: string) => sortSteps(snapshotFor(head + steps), uri)[0]?.refusal ?? '';
    assert.match(refusal('  - { id: a, instructions: &t x }\n  - { id: b, instructions: *t, next: a }\n'), /anchors/);
    assert.match(
      refusal('  - id: a\n    instructions: |+\n      x\n\n  - { id: b, instructions: x, next: a }\n'),
      /\|\+/,
    );
    assert.match(
      refusal('  [{ id: a, instructions: x }, { id: b, instructions: x, next: a }]\n'),
      /lines of their own/,
    );
  });

  it('keeps the flow of random playbooks in any order, and has nothing to do a second time', () => {
    fc.assert(
      fc.property(parts, fc.infiniteStream(fc.nat()), fc.boolean(), (list, numbers, windows) => {
        const [head = '', ...lines] = stepsOf(list).split('\n  - ');
        const below = (line: string, index: number) =>
          line.replace(`, next: ${/^\{ id: (\w+)/.exec(lines[index + 1] ?? '')?.[1]} }`, ' }');
        const short = lines.map((line, index) => (line.includes('options') ? line : below(line.trim(), index)));
        const keyed = short.map((line) => ({ line, by: numbers.next().value }));
        const mixed = keyed.sort((a, b) => a.by - b.by).map(({ line }) => line);
        for (const order of [short, mixed]) {
          const unix = `format: playbook/v1\n${head}\n  - ${order.join('\n  - ')}\n`;
          const text = windows ? unix.replaceAll('\n', '\r\n') : unix;
          const after = sorted(text);
          assert.deepEqual(flowOf(after), flowOf(text));
          assert.deepEqual(sortSteps(snapshotFor(after), uri), []);
          assert.ok(windows === /\r\n/.test(after) && !/[^\r]\n/.test(windows ? after : ''));
        }
      }),
      { numRuns: 300 },
    );
  });
});
