/** What can be done about the text under the cursor or in a selection: all actions there are, each a file in `actions`. */
import { inspect } from '../check/check.js';
import type { Reader } from '../workspace/fact.js';
import { treeOf } from '../workspace/files.js';
import { standsFor } from '../workspace/snapshot.js';
import type { CodeAction } from './actions/action.js';
import { createDefinition } from './actions/create-definition.js';
import { createPlaybook } from './actions/create-playbook.js';
import { createStep } from './actions/create-step.js';
import { extractSteps } from './actions/extract-steps.js';
import { fixAll, fixesFor } from './actions/fixes.js';
import { sortSteps } from './actions/sort-steps.js';
import { waive } from './actions/waive.js';
import { type Occurrence, occurrencesBetween } from './occurrences.js';

/**
 * Takes a file and a range in it. Gives what can be done about the findings and ids there, and about all of the file. Nothing
 * can be done about a text that is not a file of the workspace.
 */
export function codeActionsAt(reader: Reader, uri: string, start: number, end: number): CodeAction[] {
  if (standsFor(reader, uri) !== undefined) return [];
  const { findings } = inspect(reader, uri);
  const here = findings.filter(({ span, waived }) => !waived && span.start <= end && start <= span.end);
  const ids = occurrencesBetween(reader, uri, start, end);
  const startOf = ({ place }: Occurrence) => treeOf(reader, uri)?.spanOf(place).start;
  return [
    ...here.flatMap((finding) => fixesFor(finding, findings)),
    ...ids.flatMap((id) => {
      const finding = here.find(({ rule, span }) => rule.endsWith('-undefined') && span.start === startOf(id));
      const created = [createDefinition, createStep, createPlaybook].flatMap((create) => create(reader, uri, id));
      return created.map((action) => (finding ? { ...action, finding } : action));
    }),
    ...here.flatMap((finding) => waive(reader, uri, finding)),
    ...extractSteps(reader, uri, start, end),
    ...sortSteps(reader, uri),
    ...fixAll(findings),
  ];
}
