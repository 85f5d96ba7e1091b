/** A playbook for high or critical incidents whose last exercise is too long ago. */
import { formatDuration } from '../model/duration.js';
import { heldExercises, isForSevereIncidents, isRetired } from '../model/life-cycle.js';
import { configurationFor } from '../workspace/configuration.js';
import { todayOf } from '../workspace/snapshot.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'exercise-overdue',
  category: 'life cycle',
  severity: 'warning',
  summary: 'A playbook for high or critical incidents whose last exercise is too long ago.',
  why: 'What was exercised once is known to those who were there. After a year half of them have another post.',

  *playbook({ snapshot, uri, playbook }) {
    if (!isForSevereIncidents(playbook) || isRetired(playbook)) return;
    const last = heldExercises(playbook, todayOf(snapshot)).at(-1);
    const interval = configurationFor(snapshot, uri).limits.exerciseInterval;
    const days = last ? todayOf(snapshot) - last.day : 0;
    if (!last?.exercise.on || days * 86_400 <= interval) return;
    const message = `The last exercise was ${days} days ago, and ${formatDuration(interval)} is the longest interval. Hold one and note it in "exercises".`;
    yield { place: last.exercise.on.place, message };
  },
};

export const examples: readonly Example[] = [
  `
severity: high
exercises: [{ on: 2025-10-01, kind: tabletop }]
                  ^^^^^^^^^^ The last exercise was 415 days ago, and 365d is the longest interval. Hold one and note it in "exercises".
steps: [{ id: look, instructions: Look. }]
`,
  `
severity: high
exercises: [{ on: 2025-10-01, kind: tabletop }, { on: 2026-10-01, kind: tabletop }]
steps: [{ id: look, instructions: Look. }]
`,
  `
severity: high
exercises: [{ on: 2026-05-01, kind: tabletop }]
                  ^^^^^^^^^^ The last exercise was 203 days ago, and 180d is the longest interval. Hold one and note it in "exercises".
steps: [{ id: look, instructions: Look. }]
#- .incident-playbooks.yaml
limits: { exercise_interval: 180d }
`,
];
