/** Creates a step that another one leads to and that there is not. */
import { graphOf, keyOf } from '../../graph/graph.js';
import { titleFromId } from '../../model/id.js';
import type { Step } from '../../model/step.js';
import { insertPair } from '../../text/edit.js';
import { itemSpans, type TextEdit } from '../../text/top-level-items.js';
import { writeScalar } from '../../text/write-scalar.js';
import type { Reader } from '../../workspace/fact.js';
import { playbookOf, treeOf } from '../../workspace/files.js';
import type { Occurrence } from '../occurrences.js';
import type { CodeAction } from './action.js';

/**
 * Takes a playbook and an id in it. Gives the action that writes the step behind the one that leads to it, or further down:
 * never between a step and the one below that it goes on to.
 */
export function createStep(reader: Reader, uri: string, { kind, id, place, isDefinition }: Occurrence): CodeAction[] {
  const steps = playbookOf(reader, uri)?.value.steps?.items ?? [];
  const tree = treeOf(reader, uri);
  if (kind !== 'step' || isDefinition || !tree || steps.some((step) => step.id?.value === id)) return [];
  const spans = itemSpans(
    tree,
    steps.map(({ node }) => node),
  );
  if (!spans || steps.length === 0) return [];
  const from = Math.max(
    0,
    steps.findIndex(({ node }) => node.place.piece === place.piece),
  );
  const below = steps.findIndex((_, index) => index >= from && !goesOnBelow(reader, uri, steps, index));
  const behind = below === -1 ? steps.length - 1 : below;
  const last = steps[behind];
  const end = spans[behind]?.end ?? 0;
  const newline = tree.text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /^ */.exec(last?.node.place.piece.text ?? '')?.[0] ?? '  ';
  const isSpaced = /^[ \t\r]*\n/.test(tree.text.slice(spans[0]?.end ?? 0, spans[1]?.start ?? 0));
  const lines = [
    `- id: ${writeScalar(id)}`,
    `  title: ${writeScalar(titleFromId(id))}`,
    '  instructions: <how it is done>',
    '  next: end',
  ];
  const gap = end > 0 && tree.text[end - 1] !== '\n' ? newline : '';
  const text = gap + (isSpaced ? newline : '') + lines.map((line) => indent + line + newline).join('');
  // The last step ends the playbook; with another one below it must say so.
  const ends = below === -1 && last ? insertPair(last.node, 'next', 'end') : undefined;
  const edits: TextEdit[] = ends ? [{ span: tree.spanOf(ends.place), text: ends.text }] : [];
  if (below === -1 && !ends) return [];
  const edit = { span: { uri, start: end, end }, text };
  // Two insertions at one place are one, or it would be open which comes first.
  const [first] = edits;
  const merged = first?.span.start === end ? [{ span: edit.span, text: first.text + text }] : [...edits, edit];
  return [{ title: `Create the step "${id}"`, kind: 'quickfix', edits: merged }];
}

/** Whether a step goes on to the one below it because it says nothing else. */
function goesOnBelow(reader: Reader, uri: string, steps: readonly Step[], index: number): boolean {
  const step = steps[index];
  if (!step || step.next || step.decision || step.parallel) return false;
  const node = graphOf(reader, uri).nodes.get(keyOf(step, index));
  return node?.block === undefined;
}
