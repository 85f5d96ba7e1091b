/** A loop from which no end can be reached, or that has no bound. */

import { stepsByKey } from '../graph/graph.js';
import type { Loop } from '../graph/loops.js';
import { canEndOf } from '../graph/reachability.js';
import { openGroundOf } from '../graph/worst-ways.js';
import { placeOfStep, type Step } from '../model/step.js';
import { insertPair, onRequest } from '../text/edit.js';
import type { Example, Problem, Rule } from './rule.js';

export const rule: Rule = {
  id: 'loop-without-exit',
  category: 'flow',
  severity: 'error',
  summary: 'A loop from which no end can be reached, or that has no bound.',
  why: 'A loop that nothing ends keeps a tired team busy until somebody notices.',

  *playbook({ snapshot, uri, playbook }) {
    const steps = stepsByKey(playbook);
    const canEnd = canEndOf(snapshot, uri);
    for (const loop of openGroundOf(snapshot, uri).nest.loops) {
      const unbounded = loop.waysBack.some(({ atMost }) => atMost === Number.POSITIVE_INFINITY);
      if (loop.keys.some((key) => !canEnd.has(key))) {
        if (loop.outer && !canEnd.has(loop.outer.head)) continue;
        const message = `From the loop ${way(loop)} no end can be reached. Give one of its steps a way out.`;
        yield problem(loop, steps, message, 'error');
      } else if (unbounded) {
        const message = `The loop ${way(loop)} has no bound. Say on the step that goes back how often it may run: "repeat: { at_most: 3 }".`;
        const back = loop.waysBack.find(({ atMost }) => atMost === Number.POSITIVE_INFINITY)?.edge.from;
        const source = steps.get(back ?? '');
        const edit =
          source && insertPair(source.node, 'repeat', '{ at_most: 3 }', ['id', 'within', 'instructions', 'done_when']);
        yield { ...problem(loop, steps, message, 'warning'), fixes: onRequest('Let it run at most three times', edit) };
      }
    }
  },
};

function way({ keys }: Loop): string {
  const shown = keys.length > 5 ? [...keys.slice(0, 4), '…'] : keys;
  return [...shown, keys[0]].join(' > ');
}

function problem(
  loop: Loop,
  steps: ReadonlyMap<string, Step>,
  message: string,
  severity: 'error' | 'warning',
): Problem {
  const [first, ...others] = loop.keys.map((key) => steps.get(key)).filter((step) => step !== undefined);
  const place = first && placeOfStep(first);
  if (!first || !place) throw new Error('A loop has steps.');
  const related = others.slice(0, 10).map((step) => ({ place: placeOfStep(step), message: 'Also in the loop' }));
  return { place, message, severity, related, ...(first.id ? { at: first.id.value } : {}) };
}

export const examples: readonly Example[] = [
  `
steps:
  - id: clean
        ^^^^^ From the loop clean > verify > clean no end can be reached. Give one of its steps a way out.
    instructions: Clean the host.
  - id: verify
    instructions: Look again.
    next: clean
`,
  `
steps:
  - id: clean
    instructions: Clean the host.
  - id: verify
    decision: Is it clean?
    repeat: { at_most: 3 }
    options:
      - { id: yes, label: Yes, next: end }
      - { id: no, label: No, next: clean }
`,
  `
steps:
  - id: clean
        ^^^^^ The loop clean > verify > clean has no bound. Say on the step that goes back how often it may run: "repeat: { at_most: 3 }".
    instructions: Clean the host.
  - id: verify
    decision: Is it clean?
    options:
      - { id: yes, label: Yes, next: end }
      - { id: no, label: No, next: clean }
`,
];
