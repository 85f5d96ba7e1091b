import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diagramOf } from '../../server/render/diagram.js';
import { layout } from '../../server/render/layout.js';
import { filesOf, parts } from '../../test/harness/random-playbook.js';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { applyDelta, deltaOf } from './drawing-delta.js';

describe('the difference between two drawings', () => {
  it('makes the one of the other, and holds only what differs', async () => {
    await fc.assert(
      fc.asyncProperty(parts, parts, async (first, second) => {
        const drawn = async (list: typeof first) => layout(diagramOf(snapshotOf(filesOf(list)), uriOf('p0.yaml')));
        const [before, now] = [await drawn(first), await drawn(second)];
        const sent = JSON.parse(JSON.stringify(deltaOf(before, now)));
        assert.deepEqual(JSON.stringify(applyDelta(before, sent)), JSON.stringify(now));
        assert.ok(deltaOf(now, now).boxes.every((box) => typeof box === 'number'));
      }),
      { numRuns: 20 },
    );
  }).timeout(30_000);
});
