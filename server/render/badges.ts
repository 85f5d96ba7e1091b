/** Which box of the picture a finding belongs to. */
import type { Finding } from '../check/finding.js';
import type { Severity } from '../rules/rule.js';
import type { Badges } from './picture.js';

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** Takes findings and the key of the box that each belongs to, if any. Gives a badge for each box that has some. */
export function badgesOf(findings: readonly Finding[], keyOf: (finding: Finding) => string | undefined): Badges {
  const byKey = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = keyOf(finding);
    if (key !== undefined) byKey.set(key, [...(byKey.get(key) ?? []), finding]);
  }
  return new Map(
    [...byKey].map(([key, own]) => {
      const counts = ORDER.map((severity) => ({
        severity,
        count: own.filter((finding) => finding.severity === severity).length,
      })).filter(({ count }) => count > 0);
      const messages = own.map((finding) => `${finding.severity}: ${finding.message}`);
      return [key, { counts, messages }];
    }),
  );
}
