/** Writes an exercise that was held into its playbook: an item under `exercises`. */
import { appendItem, type TextEdit } from '../text/top-level-items.js';
import { writeScalar } from '../text/write-scalar.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import type { Exercise } from './review.js';

/** Takes a playbook and an exercise. Gives the edit that writes it down; undefined where the list stands in braces. */
export function exerciseEdit(reader: Reader, uri: string, exercise: Exercise): TextEdit | undefined {
  const tree = treeOf(reader, uri);
  if (!tree || !playbookOf(reader, uri)) return undefined;
  const { on, kind, ledBy, summary, findings } = exercise;
  return appendItem(tree, 'exercises', [
    `- on: ${on}`,
    `  kind: ${kind}`,
    ...(ledBy ? [`  led_by: ${writeScalar(ledBy)}`] : []),
    ...(summary ? [`  summary: ${writeScalar(summary)}`] : []),
    ...(findings.length > 0 ? ['  findings:'] : []),
    ...findings.flatMap(({ id, title, owner, due }) => [
      `    - id: ${writeScalar(id)}`,
      `      title: ${writeScalar(title)}`,
      ...(owner ? [`      owner: ${writeScalar(owner)}`] : []),
      ...(due ? [`      due: ${due}`] : []),
    ]),
  ]);
}
