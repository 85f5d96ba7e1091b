/** A way out that leads to a step, an option or a playbook that does not exist. */
import { END, isId } from '../model/id.js';
import { didYouMean, nearest } from '../model/near.js';
import { changeToNear } from '../model/near-fixes.js';
import type { Placed } from '../model/placed.js';
import { kindOf, optionsById } from '../model/step.js';
import { excludedDefinitions, playbookIdsOf } from '../workspace/definitions.js';
import { scopeOf } from '../workspace/scope.js';
import type { Example, Problem, Rule } from './rule.js';

export const rule: Rule = {
  id: 'next-undefined',
  category: 'flow',
  severity: 'error',
  summary: 'A way out that leads to a step, an option or a playbook that does not exist.',
  why: 'Under pressure people follow the arrows. This one ends in the air.',

  *playbook({ snapshot, uri, playbook }) {
    const steps = new Set((playbook.steps?.items ?? []).map(({ id }) => id?.value).filter((id) => id !== undefined));
    yield* missing(playbook.start, 'step', steps, false);
    for (const step of playbook.steps?.items ?? []) {
      const at = step.id?.value;
      yield* missing(step.next, 'step', steps, true, at);
      yield* missing(step.join, 'step', steps, true, at);
      yield* missing(step.automation?.on_failure, 'step', steps, true, at);
      for (const option of step.options?.items ?? []) yield* missing(option.next, 'step', steps, true, at);
      for (const branch of step.parallel?.items ?? []) {
        for (const member of branch.items) yield* missing(member, 'step', steps, false, at);
      }
      if (kindOf(step) === 'decision') yield* missing(step.if_no_decision, 'option', optionsById(step), false, at);
      if (!step.playbook) continue;
      const related = excludedDefinitions(snapshot, uri, 'playbook', step.playbook.value);
      for (const problem of missing(
        step.playbook,
        'playbook',
        playbookIdsOf(snapshot, scopeOf(snapshot, uri)),
        false,
        at,
      )) {
        yield { ...problem, related };
      }
    }
  },
};

function* missing(
  target: Placed<string> | undefined,
  what: 'step' | 'option' | 'playbook',
  known: { has(id: string): boolean; keys(): Iterable<string> },
  endAllowed: boolean,
  at?: string,
): Iterable<Problem> {
  if (!target || known.has(target.value) || (endAllowed && target.value === END)) return;
  // A text that is no id at all is reported by the schema.
  if (!isId(target.value)) return;
  const near = nearest(target.value, [...known.keys(), ...(endAllowed ? [END] : [])]);
  yield {
    place: target.place,
    message: `There is no ${what} "${target.value}"${didYouMean(near)}`,
    fixes: changeToNear(target, near),
    ...(at === undefined ? {} : { at }),
  };
}

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    next: recoverr
          ^^^^^^^^ There is no step "recoverr": did you mean "recover"?
  - id: recover
    instructions: Plug it in again.
    next: end
`,
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    next: recover
  - id: recover
    instructions: Plug it in again.
    next: end
`,
  `
start: begin
       ^^^^^ There is no step "begin".
steps:
  - id: ask
    decision: Do we pull the cable?
    if_no_decision: maybe
                    ^^^^^ There is no option "maybe".
    options:
      - { id: pull, label: Yes, next: ende }
                                      ^^^^ There is no step "ende": did you mean "end"?
      - { id: wait, label: No, next: other }
  - id: other
    playbook: ransomware
              ^^^^^^^^^^ There is no playbook "ransomware".
`,
];
