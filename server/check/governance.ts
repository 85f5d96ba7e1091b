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

const looking = <K extends 'step' | 'playbook' | 'definitions'>(kind: K) =>
  rules.flatMap((rule) => {
    const look = rule[kind];
    return look ? [{ rule, look: look as NonNullable<Rule[K]> }] : [];
  });

const AT_STEPS = looking('step');
const AT_PLAYBOOKS = looking('playbook');
const AT_DEFINITIONS = looking('definitions');

/** Takes the URI of a file. Gives what the rules find in it. Diagnostics, lenses, actions and badges ask for it in turn. */
export const governanceProblems = fact((snapshot: Reader, uri: string): readonly Found[] => {
  const found: Found[] = [];
  const playbook = playbookOf(snapshot, uri)?.value;
  if (playbook) {
    for (const { node } of playbook.steps?.items ?? []) found.push(...stepProblemsOf(snapshot, node));
    for (const { rule, look } of AT_PLAYBOOKS) {
      run(rule, () => look({ snapshot, uri, playbook }), headOf(playbook.node), found);
    }
  }
  const root = (playbook ?? organizationOf(snapshot, uri)?.value)?.node;
  if (!root) return found;
  for (const { rule, look } of AT_DEFINITIONS) run(rule, () => look({ snapshot, uri }), headOf(root), found);
  return found;
});

const NOTHING: readonly Found[] = [];

/** The findings of all rules that look at one step: kept as long as the step and what they read stay the same. */
const stepProblemsOf = fact((snapshot: Reader, node: MapNode): readonly Found[] => {
  const { uri } = node.place.piece;
  const step = itemOf('step')(snapshot, node).value;
  const at = step.id?.value;
  const found: Found[] = [];
  const context = { snapshot, uri, step };
  const place = headOf(node);
  for (const { rule, look } of AT_STEPS) run(rule, () => look(context), place, found);
  if (found.length === 0) return NOTHING;
  return at === undefined ? found : found.map((problem) => ({ ...problem, at }));
});

/** Adds the findings of a rule. A rule that fails costs its own findings, and says so; the others go on. */
export function run(rule: Rule, problems: () => Iterable<Problem>, place: Place, found: Found[]): void {
  const before = found.length;
  try {
    for (const problem of problems()) {
      found.push({ ...problem, rule: rule.id, severity: problem.severity ?? rule.severity });
    }
  } catch (error) {
    if (error instanceof StaleSnapshot) throw error;
    found.length = before;
    const message = `The rule "${rule.id}" failed here, so it was not checked. This is a bug of Incident Playbooks: please report it (${String(error)}).`;
    found.push({ rule: INTERNAL_ERROR, severity: 'error', place, message });
  }
}
