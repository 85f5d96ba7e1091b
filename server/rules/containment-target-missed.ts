/** In the worst case containment comes later than the playbook's target. */
import { graphOf, stepsByKey } from '../graph/graph.js';
import { relatedOn, toldCost, toldInShort, toldSeconds } from '../graph/tell-way.js';
import { containmentOf } from '../graph/times.js';
import { visitsOf } from '../graph/way.js';
import { formatDuration, parseDuration } from '../model/duration.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'containment-target-missed',
  category: 'flow',
  severity: 'error',
  summary: "In the worst case containment comes later than the playbook's target.",
  why: 'The target was promised to the board. Whether the steps, and above all the waiting for decisions, fit into it is arithmetic.',

  *playbook({ snapshot, uri, playbook }) {
    const wanted = playbook.containment_target;
    const target = wanted && parseDuration(wanted.value);
    const { way, waiting } = containmentOf(snapshot, uri);
    if (!wanted || target === undefined || !way || way.cost <= target) return;
    const visits = visitsOf(way).filter(({ cost }) => cost > 0);
    const decides = new Set(
      [...graphOf(snapshot, uri).nodes.values()].filter(({ kind }) => kind === 'decision').map(({ key }) => key),
    );
    const takes = Number.isFinite(way.cost)
      ? `can take ${toldSeconds(way.cost)}${waiting > 0 ? `, ${toldSeconds(waiting)} of it waiting for decisions` : ''}`
      : 'can take without end, because a loop before it has no bound';
    const message = `Containment ${takes}, and the target is ${formatDuration(target)}: ${toldInShort(visits.map(({ key }) => key))}. Shorten the way, or change the target.`;
    const related = relatedOn(
      stepsByKey(playbook),
      visits,
      (visit, position) =>
        `Step ${position} of the worst way: ${decides.has(visit.key) ? 'waits' : 'takes'} ${toldCost(visit)}`,
    );
    yield { place: wanted.place, message, related };
  },
};

export const examples: readonly Example[] = [
  `
containment_target: 1h
                    ^^ Containment can take 1h 30m, 1h of it waiting for decisions, and the target is 1h: ask > isolate. Shorten the way, or change the target.
steps:
  - id: ask
    decision: Do we pull the cable?
    within: 1h
    options:
      - { id: yes, next: isolate }
      - { id: no, contained: false, next: end }
  - id: isolate
    phase: containment
    within: 30m
    instructions: Pull the cable.
`,
  `
containment_target: 1h
steps:
  - { id: look, within: 30m, instructions: Look. }
  - { id: isolate, phase: containment, within: 30m, instructions: Pull the cable. }
  - { id: clean, phase: eradication, within: 2d, instructions: Clean. }
`,
  `
containment_target: 1h
                    ^^ Containment can take 1h 5m, 45m of it waiting for decisions, and the target is 1h: look > again > isolate. Shorten the way, or change the target.
steps:
  - { id: look, within: 5m, instructions: Look. }
  - id: again
    decision: Is it over?
    within: 15m
    repeat: { at_most: 3 }
    options:
      - { id: yes, next: isolate }
      - { id: no, next: look }
  - { id: isolate, phase: containment, within: 5m, instructions: Pull the cable. }
`,
];
