import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filesOf, parts } from '../../test/harness/random-playbook.js';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { isBesideSteps } from '../render/box-kind.js';
import { type Diagram, diagramOf } from '../render/diagram.js';
import { layout } from '../render/layout.js';
import { graphParts, SMALLEST_SCALE } from './graph-parts.js';

const ROOM = { width: 400, height: 420 };

const stepsOf = ({ boxes }: Pick<Diagram, 'boxes'>) =>
  boxes.filter(({ kind }) => !isBesideSteps(kind)).map(({ key }) => key);

describe('a graph cut into parts', () => {
  it('shows each step once, large enough to be read, and says at each cut where it goes on', async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (list) => {
        const diagram = diagramOf(snapshotOf(filesOf(list)), uriOf('p0.yaml'));
        const found = await graphParts(diagram, layout, ROOM);
        const shown = found.flatMap(({ drawing }) => stepsOf({ boxes: drawing.boxes.map(({ box }) => box) }));
        assert.deepEqual([...shown].sort(), stepsOf(diagram).sort());
        const numbers = new Map(diagram.boxes.map(({ key, head }) => [key, head.split(' ')[0]]));
        for (const { drawing, steps } of found) {
          const scale = Math.min(ROOM.width / drawing.width, ROOM.height / drawing.height);
          assert.ok(scale >= SMALLEST_SCALE, `${steps.join()} at ${scale}`);
          const inside = new Set(steps);
          const titles = drawing.boxes.map(({ box }) => box.title);
          const leaving = diagram.lines.filter(
            ({ from, to }) => inside.has(from) && numbers.get(to) && !inside.has(to),
          );
          for (const { to } of leaving) assert.ok(titles.includes(`to step ${numbers.get(to)}`), titles.join());
        }
      }),
      { numRuns: 40 },
    );
  }).timeout(60_000);

  it('shows of a decision with forty options only how many there are', async () => {
    const options = Array.from(
      { length: 40 },
      (_, index) => `{ id: o${index}, label: Option ${index}, next: s${index} }`,
    );
    const steps = options.map((_, index) => `  - { id: s${index}, instructions: x, next: end }`);
    const text = `format: playbook/v1\nid: a\nsteps:\n  - { id: ask, decision: Which?, options: [${options.join(', ')}] }\n${steps.join('\n')}\n`;
    const found = await graphParts(diagramOf(snapshotOf([{ name: 'a.yaml', text }]), uriOf('a.yaml')), layout, ROOM);
    const first = found.find(({ steps: keys }) => keys.includes('ask'));
    assert.ok(first?.drawing.boxes.some(({ box }) => box.title === '40 ways on: see the card of this step'));
    for (const { drawing } of found) {
      assert.ok(Math.min(ROOM.width / drawing.width, ROOM.height / drawing.height) >= SMALLEST_SCALE);
    }
  }).timeout(30_000);
});
