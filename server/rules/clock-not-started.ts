/** A notification whose clock no step starts. */
import { clockStartersOf } from '../graph/clocks.js';
import { nameOfStep } from '../model/step.js';
import { definitionOf } from '../workspace/definitions.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'clock-not-started',
  category: 'flow',
  severity: 'warning',
  summary: 'A notification whose clock no step starts.',
  why: 'Legal clocks run from an event, not from the first step. When nobody notes it, nobody knows how much time is left.',

  *playbook({ snapshot, uri, playbook }) {
    const starters = clockStartersOf(snapshot, uri);
    for (const step of playbook.steps?.items ?? []) {
      const id = step.notify?.obligation;
      const obligation = id && definitionOf(snapshot, uri, 'obligations', id.value);
      const event = obligation?.value.from?.value;
      if (!id || !obligation || event === undefined || starters.has(event)) continue;
      const isObligation = definitionOf(snapshot, uri, 'obligations', event) !== undefined;
      const advice = isObligation
        ? `No step submits "${event}", which starts it. Add a step that does`
        : `No step starts it. Write "starts_clock: [${event}]" on the step that establishes ${event}`;
      const message = `The clock of "${id.value}" runs from ${event} for step ${nameOfStep(step)}. ${advice}.`;
      const related = obligation.value.from
        ? [{ place: obligation.value.from.place, message: 'What starts the clock' }]
        : [];
      yield { place: id.place, message, related, ...(step.id ? { at: step.id.value } : {}) };
    }
  },
};

const law = `
#- law.incident-org.yaml
format: organization/v1
obligations:
  initial: { title: Initial report, within: 4h, from: classification }
  final: { title: Final report, within: 4w, from: initial }
`;

export const examples: readonly Example[] = [
  `
steps:
  - id: report
    instructions: Report.
    notify: { obligation: initial }
                          ^^^^^^^ The clock of "initial" runs from classification for step "report". No step starts it. Write "starts_clock: [classification]" on the step that establishes classification.
${law}`,
  `
steps:
  - id: classify
    instructions: Classify.
    starts_clock: [classification]
  - id: report
    instructions: Report.
    notify: { obligation: initial }
  - id: close
    instructions: Report again.
    notify: { obligation: final }
${law}`,
  `
steps:
  - id: close
    instructions: Report again.
    notify: { obligation: final }
                          ^^^^^ The clock of "final" runs from initial for step "close". No step submits "initial", which starts it. Add a step that does.
${law}`,
  `
steps:
  - { id: both, parallel: [[first], [look]], join: close }
  - { id: first, instructions: Report., starts_clock: [classification], notify: { obligation: initial } }
  - { id: look, instructions: Look. }
  - { id: close, instructions: Report again., notify: { obligation: final } }
${law}`,
];
