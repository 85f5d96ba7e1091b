import assert from 'node:assert/strict';
import fc from 'fast-check';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { type Graph, graphOf } from './graph.js';
import { lastDecisions } from './last-decisions.js';

/** Walks on from each decision until the next one is taken: slow, and obviously right. */
function byWalking(graph: Graph, step: string): string[] {
  const takesOption = (kind: string, from: string) => kind === 'option' && graph.nodes.get(from)?.hasAuthority === true;
  const behind = (decision: string) => {
    const stack = graph.edges
      .filter(({ kind, from }) => from === decision && takesOption(kind, from))
      .map(({ to }) => to);
    const seen = new Set(stack);
    for (let key = stack.pop(); key !== undefined; key = stack.pop()) {
      for (const { to, kind, from } of graph.outgoing.get(key) ?? []) {
        if (takesOption(kind, from) || seen.has(to)) continue;
        seen.add(to);
        stack.push(to);
      }
    }
    return seen;
  };
  return [...graph.nodes.keys()].filter((key) => behind(key).has(step));
}

describe('the last decisions', () => {
  it('are those that a walk from each of them finds', () => {
    const target = fc.integer({ min: 0, max: 7 }).map((index) => (index === 7 ? 'end' : `s${index}`));
    const action = target.map((next) => (id: string) => `  - { id: ${id}, instructions: x, next: ${next} }\n`);
    const decision = fc.tuple(target, target, fc.boolean(), fc.boolean()).map(
      ([a, b, authority, timeout]) =>
        (id: string) =>
          `  - { id: ${id}, decision: x, ${authority ? 'authority: ciso, ' : ''}${timeout ? 'if_no_decision: b, ' : ''}options: [{ id: a, next: ${a} }, { id: b, next: ${b} }] }\n`,
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(action, decision), { minLength: 7, maxLength: 7 }), (steps) => {
        const text = `format: playbook/v1\nsteps:\n${steps.map((step, index) => step(`s${index}`)).join('')}`;
        const graph = graphOf(snapshotOf([{ name: 'a.yaml', text }]), uriOf('a.yaml'));
        const found = lastDecisions(graph);
        for (const key of graph.nodes.keys()) assert.deepEqual([...found(key)].sort(), byWalking(graph, key).sort());
      }),
      { numRuns: 500 },
    );
  });
});
