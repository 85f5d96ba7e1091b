/** A notification that can come later than its obligation allows, counted from the event that starts its clock. */
import { clockRunOf } from '../graph/clocks.js';
import { keyOf, stepsByKey } from '../graph/graph.js';
import { relatedOn, toldCost, toldInShort, toldSeconds } from '../graph/tell-way.js';
import { visitsOf } from '../graph/way.js';
import { formatDuration, parseLimit } from '../model/duration.js';
import { definitionOf } from '../workspace/definitions.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'obligation-late',
  category: 'flow',
  severity: 'error',
  summary:
    'A notification that can come later than its obligation allows, counted from the event that starts its clock.',
  why: 'A missed deadline is a second incident, with a fine. The budgets of the steps before it show it today.',

  *playbook({ snapshot, uri, playbook }) {
    const steps = stepsByKey(playbook);
    const asked = new Set<string>();
    for (const step of playbook.steps?.items ?? []) {
      const id = step.notify?.obligation?.value;
      const obligation = id === undefined ? undefined : definitionOf(snapshot, uri, 'obligations', id)?.value;
      const allowed = obligation?.within && parseLimit(obligation.within.value);
      const event = obligation?.from?.value;
      if (id === undefined || !obligation?.within || !allowed || event === undefined || asked.has(id)) continue;
      asked.add(id);
      const isObligation = definitionOf(snapshot, uri, 'obligations', event) !== undefined;
      const run = clockRunOf(snapshot, uri, id, event, isObligation);
      // Four business days are never less than four days.
      const limit = 'seconds' in allowed ? allowed.seconds : allowed.businessDays * 86_400;
      if (!run || run.way.cost <= limit) continue;
      const visits = visitsOf(run.way).filter(({ cost }) => cost > 0);
      const notifier = steps.get(visits.at(-1)?.key ?? '') ?? step;
      const since = run.starter === undefined ? 'the start of the playbook' : `"${run.starter}"`;
      const written = 'seconds' in allowed ? formatDuration(limit) : `${allowed.businessDays} business days`;
      const message = `"${id}" can go out ${toldSeconds(run.way.cost)} after ${since}, where ${event} starts its clock, and only ${written} are allowed: ${toldInShort(visits.map(({ key }) => key))}. Notify earlier.`;
      const related = [
        ...relatedOn(steps, visits, (visit) => `Takes ${toldCost(visit)}`),
        { place: obligation.within.place, message: `The limit of "${id}"` },
      ];
      const index = playbook.steps?.items.indexOf(notifier) ?? 0;
      const place = notifier.notify?.obligation?.place ?? step.notify?.obligation?.place ?? step.node.place;
      yield { place, message, related, at: keyOf(notifier, index) };
    }
  },
};

const law = `
#- law.incident-org.yaml
format: organization/v1
obligations:
  initial: { title: Initial report, within: 4h, from: classification }
  final: { title: Final report, within: 1d, from: initial }
  filing: { title: Filing, within: 4bd, from: materiality }
`;

export const examples: readonly Example[] = [
  `
steps:
  - { id: look, instructions: Look., within: 8h }
  - { id: classify, instructions: Classify., within: 1h, starts_clock: [classification] }
  - { id: ask, instructions: Ask counsel., within: 3h }
  - id: report
    instructions: Report.
    within: 30m
    notify: { obligation: initial }
                          ^^^^^^^ "initial" can go out 4h 30m after "classify", where classification starts its clock, and only 4h are allowed: classify > ask > report. Notify earlier.
${law}`,
  `
steps:
  - { id: look, instructions: Look., within: 8h }
  - { id: classify, instructions: Classify., within: 1h, starts_clock: [classification] }
  - { id: report, instructions: Report., within: 3h, notify: { obligation: initial } }
  - { id: clean, instructions: Clean., within: 20h }
  - { id: close, instructions: Report again., within: 4h, notify: { obligation: final } }
${law}`,
  `
steps:
  - { id: report, instructions: Report., within: 3h, notify: { obligation: initial } }
  - { id: clean, instructions: Clean., within: 3d }
  - id: close
    instructions: Report again.
    within: 4h
    notify: { obligation: final }
                          ^^^^^ "final" can go out 3d 4h after "report", where initial starts its clock, and only 1d are allowed: clean > close. Notify earlier.
${law}`,
  `
steps:
  - { id: early, instructions: Warn them., within: 1h, notify: { obligation: initial } }
  - { id: classify, instructions: Classify., within: 1h, starts_clock: [classification] }
  - { id: ask, instructions: Ask counsel., within: 9h }
  - id: report
    instructions: Report.
    within: 1h
    notify: { obligation: initial }
                          ^^^^^^^ "initial" can go out 11h after "classify", where classification starts its clock, and only 4h are allowed: classify > ask > report. Notify earlier.
${law}`,
  `
steps:
  - { id: judge, instructions: Judge., within: 1d, starts_clock: [materiality] }
  - id: file
    instructions: File it.
    within: 4d
    notify: { obligation: filing }
                          ^^^^^^ "filing" can go out 5d after "judge", where materiality starts its clock, and only 4 business days are allowed: judge > file. Notify earlier.
${law}`,
];
