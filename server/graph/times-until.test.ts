import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filesOf, type Part, parts } from '../../test/harness/random-playbook.js';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { graphOf } from './graph.js';
import { timeOfStep } from './times.js';
import { timesUntilOf } from './times-until.js';
import { worstWays } from './worst-ways.js';

function hasLoop(list: readonly Part[]): boolean {
  return list.some((part) => {
    if (part.kind === 'loop') return true;
    if (part.kind === 'parallel') return part.branches.some(hasLoop);
    return part.kind === 'choice' && hasLoop(part.body);
  });
}

describe('the times until steps begin', () => {
  it('are those of the worst way to each step, found at once or one by one', () => {
    let atOnce = 0;
    fc.assert(
      fc.property(parts, (list) => {
        const snapshot = snapshotOf(filesOf(list));
        const uri = uriOf('p0.yaml');
        const graph = graphOf(snapshot, uri);
        const time = timeOfStep(snapshot, uri, graph);
        const times = timesUntilOf(snapshot, uri);
        if (!hasLoop(list)) atOnce++;
        for (const key of graph.nodes.keys()) {
          const worst = worstWays(graph, {
            cost: (other) => (other === key ? undefined : time(other)),
            goal: (other) => (other === key ? 0 : undefined),
            parallel: 'longest',
          }).fromStart?.cost;
          assert.equal(times.until(key), worst, key);
        }
      }),
      { numRuns: 400 },
    );
    assert.ok(atOnce > 100, `only ${atOnce} playbooks without loops`);
  });
});
