/** A playbook with no containment step, or with a way to its end that contains nothing. */
import { graphOf, stepsByKey } from '../graph/graph.js';
import { reachedWithout } from '../graph/reached-without.js';
import { toldInShort } from '../graph/tell-way.js';
import { containmentInside, containmentOf, containsWhenDone } from '../graph/times.js';
import { END } from '../model/id.js';
import { headOf } from '../model/schema-problem.js';
import { placeOfStep } from '../model/step.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'containment-missing',
  category: 'flow',
  severity: 'warning',
  summary: 'A playbook with no containment step, or with a way to its end that contains nothing.',
  why: 'An incident that is analysed, reported and closed, and goes on.',

  *playbook({ snapshot, uri, playbook }) {
    const graph = graphOf(snapshot, uri);
    if (graph.start === undefined) return;
    if (!containmentOf(snapshot, uri).isPlanned) {
      const message =
        'No step of this playbook contains anything. Add an action with "phase: containment", or call a playbook that has one.';
      yield { place: headOf(playbook.node), message };
      return;
    }
    const contains = (key: string) => {
      const node = graph.nodes.get(key);
      const called = containmentInside(snapshot, uri, node);
      return called ? called.uncontained === undefined : containsWhenDone(snapshot, uri, node);
    };
    const { reached, wayTo } = reachedWithout(graph, (edge) => edge.contained === false || contains(edge.from));
    if (!reached.has(END)) return;
    const steps = stepsByKey(playbook);
    const way = wayTo(END).slice(0, -1);
    const last = steps.get(way.at(-1) ?? '');
    if (!last) return;
    const message = `The way ${toldInShort(way)} ends the playbook with nothing contained. Contain first, or say "contained: false" on the option that finds a false alarm.`;
    const related = way.slice(0, -1).flatMap((key, index) => {
      const step = steps.get(key);
      return step ? [{ place: placeOfStep(step), message: `Way without containment, step ${index + 1}` }] : [];
    });
    yield { place: placeOfStep(last), message, related, ...(last.id ? { at: last.id.value } : {}) };
  },
};

export const examples: readonly Example[] = [
  `
id: phishing
    ^^^^^^^^ No step of this playbook contains anything. Add an action with "phase: containment", or call a playbook that has one.
steps:
  - id: look
    phase: analysis
    instructions: Look.
`,
  `
steps:
  - id: is-it-real
    decision: Is it real?
    options:
      - { id: yes, next: isolate }
      - { id: no, contained: false, next: end }
  - id: isolate
    phase: containment
    instructions: Pull the cable.
`,
  `
steps:
  - id: is-it-real
    decision: Is it real?
    options:
      - { id: yes, next: isolate }
      - { id: no, next: report }
  - id: isolate
    phase: containment
    instructions: Pull the cable.
  - id: report
        ^^^^^^ The way is-it-real > report ends the playbook with nothing contained. Contain first, or say "contained: false" on the option that finds a false alarm.
    instructions: Report.
`,
  `
steps:
  - { id: both, parallel: [[isolate], [look]], join: report }
  - { id: isolate, phase: containment, instructions: Pull the cable. }
  - { id: look, instructions: Look. }
  - { id: report, instructions: Report. }
`,
  `
steps:
  - id: takeback
    playbook: takeback
#- takeback.yaml
id: takeback
steps:
  - { id: isolate, phase: containment, instructions: Pull the cable. }
`,
];
