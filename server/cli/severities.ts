/** From which severity on findings count. */
import type { Severity } from '../rules/rule.js';

const WORST_FIRST: readonly Severity[] = ['error', 'warning', 'info'];

/** Whether a severity is the given one or a worse one; nothing is as bad as `never`. */
export function isAtLeast(severity: Severity, threshold: Severity | 'never'): boolean {
  return threshold !== 'never' && WORST_FIRST.indexOf(severity) <= WORST_FIRST.indexOf(threshold);
}
