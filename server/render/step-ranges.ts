/** Where each box of the picture stands in the text. */
import type { Finding } from '../check/finding.js';
import { keyOf } from '../graph/graph.js';
import type { Span } from '../text/place.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';

export interface StepRange extends Span {
  readonly key: string;
}

/** Takes the URI of a playbook. Gives the ranges of its steps, in the order of the text, by the keys of their boxes. */
export function stepRangesOf(reader: Reader, uri: string): StepRange[] {
  const tree = treeOf(reader, uri);
  const steps = playbookOf(reader, uri)?.value.steps?.items ?? [];
  if (!tree) return [];
  const seen = new Set<string>();
  return steps.flatMap((step, index) => {
    const key = keyOf(step, index);
    if (seen.has(key)) return [];
    seen.add(key);
    return [{ key, ...tree.spanOf(step.node.place) }];
  });
}

/** Takes ranges and a finding. Gives the key of the box that the finding belongs to, or undefined. */
export function keyOfFinding(ranges: readonly StepRange[], finding: Finding): string | undefined {
  const { start } = finding.span;
  if (ranges[0]?.uri !== finding.span.uri) return undefined;
  return ranges.find((range) => range.start <= start && start < Math.max(range.end, range.start + 1))?.key;
}
