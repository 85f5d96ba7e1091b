/** A playbook for high or critical incidents that has never been exercised. */
import { heldExercises, isForSevereIncidents, isRetired } from '../model/life-cycle.js';
import { headOf } from '../model/schema-problem.js';
import { todayOf } from '../workspace/snapshot.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'exercise-missing',
  category: 'life cycle',
  severity: 'warning',
  summary: 'A playbook for high or critical incidents that has never been exercised.',
  why: 'Nearly everyone has a plan, and few could carry it out. An exercise is how one finds out which of the two it is.',

  *playbook({ snapshot, playbook }) {
    const { severity } = playbook;
    if (!isForSevereIncidents(playbook) || isRetired(playbook)) return;
    if (heldExercises(playbook, todayOf(snapshot)).length > 0) return;
    const planned = (playbook.exercises?.items.length ?? 0) > 0;
    const message = planned
      ? 'No exercise of this playbook has been held yet: those in "exercises" are still to come, or have no date.'
      : `${severity ? `This playbook is for ${severity.value} incidents` : 'This playbook does not say for how severe incidents it is,'} and has never been exercised. Hold an exercise and note it in "exercises".`;
    const place = planned && playbook.exercises ? playbook.exercises.node.place : severity?.place;
    yield { place: place ?? headOf(playbook.node), message };
  },
};

export const examples: readonly Example[] = [
  `
severity: critical
          ^^^^^^^^ This playbook is for critical incidents and has never been exercised. Hold an exercise and note it in "exercises".
steps: [{ id: look, instructions: Look. }]
`,
  `
severity: critical
exercises: [{ on: 2026-06-12, kind: tabletop }]
steps: [{ id: look, instructions: Look. }]
`,
  `
severity: high
exercises: [{ on: 2027-06-12, kind: tabletop }]
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ No exercise of this playbook has been held yet: those in "exercises" are still to come, or have no date.
steps: [{ id: look, instructions: Look. }]
`,
  `
severity: medium
steps: [{ id: look, instructions: Look. }]
`,
  `
id: watch
    ^^^^^ This playbook does not say for how severe incidents it is, and has never been exercised. Hold an exercise and note it in "exercises".
steps: [{ id: look, instructions: Look. }]
`,
];
