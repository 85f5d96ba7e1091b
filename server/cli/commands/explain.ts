/** `explain RULE` prints the page of a rule, `rules` lists them all. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { structureRules } from '../../check/structure-rules.js';
import { didYouMean, nearest } from '../../model/near.js';
import { rulePage } from '../../product.js';
import { rules } from '../../rules/index.js';
import { UsageError } from '../usage-error.js';

/** The pages lie beside the bundle, in the package and in the repository alike. */
const PAGES = join(__dirname, '../server/rules/pages');

const ALL = [
  ...rules.map((rule) => ({ ...rule, category: rule.category as string })),
  ...structureRules.map((rule) => ({ ...rule, category: 'structure' })),
];

/**
 * Takes the id of a rule.
 *
 * @throws UsageError where there is no such rule; the message names the nearest ones.
 */
export function assertRule(id: string): void {
  if (ALL.some((rule) => rule.id === id)) return;
  const near = nearest(
    id,
    ALL.map((rule) => rule.id),
  );
  const end = near.length > 0 ? didYouMean(near) : '. "incident-playbooks rules" lists them.';
  throw new UsageError(`There is no rule "${id}"${end}`);
}

/**
 * Takes the id of a rule. Gives its page as Markdown.
 *
 * @throws UsageError where there is no such rule.
 */
export function explain(id: string): string {
  assertRule(id);
  return pageOf(id);
}

/** Takes the id of a rule. Gives its page; where the pages are not installed, what the rule says of itself. */
export function pageOf(id: string): string {
  try {
    return readFileSync(join(PAGES, `${id}.md`), 'utf8');
  } catch {
    const rule = ALL.find((one) => one.id === id);
    return `# ${id}\n\n${rule?.summary ?? ''}\n\n## Why\n\n${rule?.why ?? ''}\n\n${rulePage(id)}\n`;
  }
}

/** Takes whether a program reads it. Gives the list of all rules. */
export function listRules(asJson: boolean): string {
  if (asJson) {
    const plain = ALL.map(({ id, category, severity, summary, why }) => ({
      id,
      category,
      severity,
      summary,
      why,
      page: rulePage(id),
    }));
    return `${JSON.stringify(plain, undefined, 2)}\n`;
  }
  const width = Math.max(...ALL.map(({ id }) => id.length));
  const categories = [...new Set(ALL.map(({ category }) => category))];
  const order = ['ownership', 'decisions', 'impact', 'flow', 'life cycle', 'structure'];
  return categories
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((category) => {
      const lines = ALL.filter((rule) => rule.category === category).map(
        ({ id, severity, summary }) => `  ${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`,
      );
      return `${category}\n${lines.join('')}`;
    })
    .join('\n');
}
