/** Checks that a rule reports exactly what a fixture marks. */
import assert from 'node:assert/strict';
import { parseFixture, printMarks } from './fixture.js';
import { marksOf, snapshotOf, withFormat } from './workspace.js';

/** Takes the id of a rule and a fixture. Fails where a mark has no finding of this rule, or a finding no mark. */
export function checkRule(rule: string, source: string): void {
  const files = parseFixture(source).files.map(withFormat);
  const snapshot = snapshotOf(files);
  for (const { name, text, marks } of files) {
    assert.equal(printMarks(text, marksOf(snapshot, name, rule)), printMarks(text, marks), name);
  }
}
