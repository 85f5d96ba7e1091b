/** Runs the examples of every rule, and holds every rule to what all rules promise. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { rules } from '../server/rules/index.js';
import type { Example } from '../server/rules/rule.js';
import { checkRule } from './harness/check-rule.js';
import { parseFixture } from './harness/fixture.js';
import { marksOf, snapshotOf, withFormat } from './harness/workspace.js';

const folder = new URL('../server/rules/', import.meta.url);

describe('rules', () => {
  it('are all in the list', () => {
    const files = readdirSync(folder).filter(
      (name) => name.endsWith('.ts') && name !== 'index.ts' && name !== 'rule.ts',
    );
    assert.deepEqual(rules.map(({ id }) => `${id}.ts`).sort(), files.sort());
  });

  for (const rule of rules) {
    describe(rule.id, () => {
      let examples: readonly Example[];
      before(async () => {
        examples = ((await import(`../server/rules/${rule.id}.js`)) as { examples: readonly Example[] }).examples;
      });

      it('reports what its examples mark, and nothing else', () => {
        for (const example of examples) checkRule(rule.id, example);
      });

      it('has an example that is reported and one that is not', () => {
        const marks = examples.map((example) => parseFixture(example).files.flatMap((file) => file.marks).length);
        assert.ok(marks.some((count) => count > 0));
        assert.ok(marks.some((count) => count === 0));
      });

      it('says in its first line what its summary says', () => {
        const source = readFileSync(new URL(`${rule.id}.ts`, folder), 'utf8');
        assert.equal(source.split('\n')[0], `/** ${rule.summary} */`);
      });

      it('gives places inside the text, and the same ones twice', () => {
        for (const example of examples) {
          const files = parseFixture(example).files.map(withFormat);
          for (const { name, text } of files) {
            const marks = marksOf(snapshotOf(files), name, rule.id);
            for (const { start, end } of marks) assert.ok(start >= 0 && start < end && end <= text.length);
            assert.deepEqual(marksOf(snapshotOf(files), name, rule.id), marks);
          }
        }
      });

      it('says what to do', () => {
        assert.match(rule.why, /\.$/);
        const marked = examples.flatMap((example) => parseFixture(example).files.flatMap((file) => file.marks));
        for (const { text } of marked) assert.match(text, /^[^a-z].*[.?]$/, text);
      });
    });
  }
});
