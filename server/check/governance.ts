/** Runs the rules over a file. */
import { headOf } from '../model/schema-problem.js';
import { rules } from '../rules/index.js';
import type { Problem, Rule } from '../rules/rule.js';
import type { MapNode } from '../text/node.js';
import type { Place } from '../text/place.js';
import { fact, type Reader } from '../workspace/fact.js';
import { itemOf, organizationOf, playbookOf } from '../workspace/files.js';
import { StaleSnapshot } from '../workspace/snapshot.js';
import { type Found, INTERNAL_ERROR } from './finding.js';

/** Takes the URI of a file. Gives what the rules find in it. */
export function* governanceProblems(snapshot: Reader, uri: string): Iterable<Found> {
  const playbook = playbookOf(snapshot, uri)?.value;
  if (playbook) {
    for (const { node } of playbook.steps?.items ?? []) yield* stepProblemsOf(snapshot, node);
    for (const rule of rules) {
      const { playbook: look } = rule;
      if (look) yield* run(rule, () => look({ snapshot, uri, playbook }), headOf(playbook.node));
    }
  }
  const root = (playbook ?? organizationOf(snapshot, uri)?.value)?.node;
  if (!root) return;
  for (const rule of rules) {
    const { definitions: look } = rule;
    if (look) yield* run(rule, () => look({ snapshot, uri }), headOf(root));
  }
}

/** The findings of all rules that look at one step: kept as long as the step and what they read stay the same. */
const stepProblemsOf = fact((snapshot: Reader, node: MapNode): readonly Found[] => {
  const { uri } = node.place.piece;
  const step = itemOf('step')(snapshot, node).value;
  const at = step.id?.value;
  return rules.flatMap((rule) => {
    const { step: look } = rule;
    const problems = look ? [...run(rule, () => look({ snapshot, uri, step }), headOf(node))] : [];
    return at === undefined ? problems : problems.map((problem) => ({ ...problem, at }));
  });
});

/** Names the findings of a rule. A rule that fails costs its own findings, and says so; the others go on. */
export function* run(rule: Rule, problems: () => Iterable<Problem>, place: Place): Iterable<Found> {
  try {
    for (const problem of problems()) yield { ...problem, rule: rule.id, severity: problem.severity ?? rule.severity };
  } catch (error) {
    if (error instanceof StaleSnapshot) throw error;
    const message = `The rule "${rule.id}" failed here, so it was not checked. This is a bug of Incident Playbooks: please report it (${String(error)}).`;
    yield { rule: INTERNAL_ERROR, severity: 'error', place, message };
  }
}
