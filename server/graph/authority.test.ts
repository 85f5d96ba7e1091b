import assert from 'node:assert/strict';
import fc from 'fast-check';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { unauthorized } from './authority.js';
import { type Graph, graphOf } from './graph.js';

/** Takes steps as YAML. Gives the graph. */
function graphFor(steps: string): Graph {
  return graphOf(
    snapshotOf([{ name: 'a.yaml', text: `format: playbook/v1\nid: a\ntitle: A\nsteps:\n${steps}` }]),
    uriOf('a.yaml'),
  );
}

/** Walks every path that takes no edge twice in the same state, and notes where nobody has said yes: slow, and obviously right. */
function reachedByBruteForce(graph: Graph): Set<string> {
  const reached = new Set<string>();
  const walk = (key: string, decided: boolean, used: ReadonlySet<string>) => {
    if (!decided) reached.add(key);
    for (const edge of graph.outgoing.get(key) ?? []) {
      const yes = edge.kind === 'option' && graph.nodes.get(edge.from)?.hasAuthority === true;
      const taken = `${graph.edges.indexOf(edge)} ${decided}`;
      if (!used.has(taken)) walk(edge.to, yes || (decided && edge.kind !== 'timeout'), new Set([...used, taken]));
    }
  };
  if (graph.start !== undefined) walk(graph.start, false, new Set());
  return reached;
}

describe('authority', () => {
  it('agrees with walking every path', () => {
    const target = fc.constantFrom('s0', 's1', 's2', 's3', 's4', 's5', 'end');
    const action = target.map((next) => (id: string) => `  - id: ${id}\n    instructions: x\n    next: ${next}\n`);
    const decision = fc.tuple(target, target, fc.boolean(), fc.boolean()).map(
      ([a, b, authority, timeout]) =>
        (id: string) =>
          `  - id: ${id}\n    decision: x\n${authority ? '    authority: ciso\n' : ''}${timeout ? '    if_no_decision: b\n' : ''}    options:\n      - { id: a, next: ${a} }\n      - { id: b, next: ${b} }\n`,
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(action, decision), { minLength: 6, maxLength: 6 }), (steps) => {
        const graph = graphFor(steps.map((step, index) => step(`s${index}`)).join(''));
        assert.deepEqual(new Set(unauthorized(graph).reached.keys()), reachedByBruteForce(graph));
      }),
      { numRuns: 300 },
    );
  });

  const parallel = (options: string) => `
  - { id: both, parallel: [[ask], [look]], join: act }
  - id: ask
    decision: x
    authority: ciso
    if_no_decision: b
    options:
${options}
  - { id: look, instructions: x }
  - { id: act, instructions: x }
`;

  it('waits for all branches: a decision in one of them counts for what follows', () => {
    const graph = graphFor(parallel('      - { id: a, next: act }\n      - { id: b, next: end }'));
    assert.equal(unauthorized(graph).reached.has('act'), false);
  });

  it('does not count a decision in a branch that can time out into the join', () => {
    const graph = graphFor(parallel('      - { id: a, next: end }\n      - { id: b, next: act }'));
    assert.equal(unauthorized(graph).reached.has('act'), true);
  });
});
