/** Sorts the steps of a playbook in the order in which they are gone through. */
import { dominatorsOf } from '../../graph/dominators.js';
import { graphOf, keyOf } from '../../graph/graph.js';
import { END } from '../../model/id.js';
import { insertPair } from '../../text/edit.js';
import { itemSpans } from '../../text/top-level-items.js';
import type { Reader } from '../../workspace/fact.js';
import { playbookOf, treeOf } from '../../workspace/files.js';
import type { CodeAction } from './action.js';

/** What keeps the blank lines behind a text as part of it: moved lines would change it. */
const KEEPS_BLANK_LINES = /[|>]\d?\+/;

/**
 * Takes the URI of a playbook. Gives the action that puts its steps in reverse postorder from the start: each before those
 * that follow it, the first option's way first, what nothing leads to at the end. A step that went on to the one below it
 * says so afterwards, so that the playbook means what it meant. None where the steps are sorted.
 */
export function sortSteps(reader: Reader, uri: string): CodeAction[] {
  const playbook = playbookOf(reader, uri)?.value;
  const tree = treeOf(reader, uri);
  const steps = playbook?.steps?.items ?? [];
  const graph = graphOf(reader, uri);
  if (!playbook || !tree || steps.length < 2 || graph.nodes.size !== steps.length) return [];
  const reached = dominatorsOf(reader, uri).order.map((key) => graph.nodes.get(key)?.index ?? 0);
  const isReached = new Set(reached);
  const order = [...reached, ...[...steps.keys()].filter((index) => !isReached.has(index))];
  if (order.every((index, position) => index === position)) return [];

  const action = { title: 'Sort the steps in the order of the flow', kind: 'source.sortSteps', edits: [] } as const;
  const refuse = (refusal: string): CodeAction[] => [{ ...action, refusal }];
  const spans = itemSpans(
    tree,
    steps.map(({ node }) => node),
  );
  if (!spans) return refuse('The steps do not stand on lines of their own.');
  const { parts, text } = tree;
  if (parts.some(({ parsed }) => parsed.usesAliases || parsed.anchors.size > 0)) {
    return refuse('The file uses anchors (&): what refers to one must stand behind it.');
  }
  const texts = spans.map(({ start, end }) => text.slice(start, end));
  if (texts.some((one) => KEEPS_BLANK_LINES.test(one))) {
    return refuse('A text ends with blank lines that belong to it ("|+").');
  }
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const moved: string[] = [];
  for (const [position, index] of order.entries()) {
    const [step, span] = [steps[index], spans[index]];
    const written = step && span ? sayNext(index, order[position + 1]) : undefined;
    if (written === undefined) return refuse('A step that goes on to the one below it cannot say so.');
    moved.push(written.endsWith('\n') ? written : written + newline);
  }
  const edits = spans.map((span, position) => ({ span, text: moved[position] ?? '' }));
  return [{ ...action, edits }];

  /** The text of a step, which says what it goes on to where that is no longer the one below it. */
  function sayNext(index: number, below: number | undefined): string | undefined {
    const [step, span] = [steps[index], spans?.[index]];
    if (!step || !span) return undefined;
    const own = text.slice(span.start, span.end);
    const node = graph.nodes.get(keyOf(step, index));
    if (step.next || step.decision || step.parallel || node?.block !== undefined) return own;
    if ((below ?? steps.length) === index + 1) return own;
    const follower = steps[index + 1];
    const target = follower === undefined ? END : follower.id?.value;
    const edit = target === undefined ? undefined : insertPair(step.node, 'next', target);
    if (!edit || !tree) return undefined;
    const at = Math.min(tree.spanOf(edit.place).start - span.start, own.length);
    return own.slice(0, at) + edit.text + own.slice(at);
  }
}
