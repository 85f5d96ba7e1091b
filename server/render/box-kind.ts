/** Kinds of boxes. The pages and the writer of PDF know this file, and nothing of how a diagram is made. */

export type BoxKind = 'action' | 'decision' | 'parallel' | 'call' | 'unfinished' | 'end' | 'escalation' | 'connector';

/** What stands beside the steps: an end, who is asked next, or where a part of a cut picture goes on. */
export function isBesideSteps(kind: BoxKind): boolean {
  return kind === 'end' || kind === 'escalation' || kind === 'connector';
}
