/** Our schema as other tools can read it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../harness/paths.js';

/** The schema as one document, because not every tool follows references between files. */
export function wholeSchema(): Record<string, unknown> {
  const read = (name: string) =>
    JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')) as { definitions: object };
  const text = JSON.stringify({
    ...read('playbook'),
    definitions: { ...read('playbook').definitions, ...read('common').definitions },
  });
  return JSON.parse(
    text
      .replaceAll('"common.schema.json#', '"#')
      .replaceAll(/"(?:format|x-refers-to)":"[a-z-]+",?/g, '')
      .replaceAll(',}', '}'),
  ) as Record<string, unknown>;
}
