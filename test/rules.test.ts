/** Runs the examples of every rule, and holds every rule to what all rules promise. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { check } from '../server/check/check.js';
import type { Finding, FindingFix } from '../server/check/finding.js';
import { structureRules } from '../server/check/structure-rules.js';
import { rules } from '../server/rules/index.js';
import type { Example, Severity } from '../server/rules/rule.js';
import { checkRule } from './harness/check-rule.js';
import { parseFixture } from './harness/fixture.js';
import { marksOf, snapshotOf, uriOf, withFormat } from './harness/workspace.js';

const folder = new URL('../server/rules/', import.meta.url);

/** What was promised: every rule by its id, which never changes, with the severity that it has by default. */
const PROMISED: Readonly<Record<string, Severity>> = {
  'step-owner-missing': 'error',
  'step-owner-shared': 'error',
  'role-undefined': 'error',
  'person-undefined': 'error',
  'role-holder-missing': 'warning',
  'role-contact-missing': 'warning',
  'role-deputy-missing': 'warning',
  'role-deputy-same-person': 'error',
  'role-contact-lost': 'warning',
  'accountable-missing': 'error',
  'decision-authority-missing': 'error',
  'decision-authority-is-owner': 'warning',
  'decision-deadline-missing': 'error',
  'decision-default-missing': 'error',
  'decision-escalation-missing': 'warning',
  'escalation-cycle': 'error',
  'decision-options-too-few': 'error',
  'decision-impact-missing': 'warning',
  'option-impact-understated': 'warning',
  'authority-overloaded': 'warning',
  'step-impact-unmapped': 'error',
  'service-undefined': 'error',
  'service-owner-missing': 'warning',
  'service-tolerance-missing': 'warning',
  'outage-exceeds-tolerance': 'error',
  'disruptive-step-unauthorized': 'error',
  'evidence-missing': 'info',
  'isolation-not-permitted': 'error',
  'pre-authorization-expired': 'error',
  'pre-authorization-unlimited': 'warning',
  'rollback-missing': 'warning',
  'step-id-duplicate': 'error',
  'next-undefined': 'error',
  'step-unreachable': 'warning',
  'loop-without-exit': 'error',
  'playbook-call-cycle': 'error',
  'time-budget-missing': 'warning',
  'containment-target-missed': 'error',
  'containment-missing': 'warning',
  'automation-unverified': 'warning',
  'automation-fallback-missing': 'warning',
  'done-criteria-missing': 'info',
  'obligation-undefined': 'error',
  'obligation-late': 'error',
  'clock-not-started': 'warning',
  'placeholder-left': 'warning',
  'text-truncated': 'warning',
  'list-comma-suspicious': 'warning',
  'review-overdue': 'warning',
  'review-missing': 'warning',
  'approval-missing': 'error',
  'approver-is-author': 'warning',
  'exercise-missing': 'warning',
  'exercise-overdue': 'warning',
  'finding-overdue': 'warning',
  'finding-repeated': 'warning',
  'waiver-expired': 'error',
  'waiver-incomplete': 'error',
  'waiver-unused': 'warning',
};

function applied(text: string, uri: string, { edits }: FindingFix): string {
  return edits
    .filter(({ span }) => span.uri === uri)
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((so_far, { span, text: insert }) => so_far.slice(0, span.start) + insert + so_far.slice(span.end), text);
}

describe('rules', () => {
  it('are all that were promised, with their severities', () => {
    const severities = Object.fromEntries(rules.map(({ id, severity }) => [id, severity]));
    assert.deepEqual(
      Object.keys(PROMISED).filter((id) => severities[id] !== PROMISED[id]),
      [],
    );
  });

  it('are all in the list', () => {
    const files = readdirSync(folder).filter(
      (name) => name.endsWith('.ts') && name !== 'index.ts' && name !== 'rule.ts',
    );
    assert.deepEqual(rules.map(({ id }) => `${id}.ts`).sort(), files.sort());
  });

  for (const { id, examples } of structureRules) {
    it(`reports what the examples of ${id} mark`, () => {
      for (const example of examples) checkRule(id, example);
    });
  }

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

      it('offers only fixes that mend what they are offered for, and break nothing', () => {
        for (const example of examples) {
          const files = parseFixture(example).files.map(withFormat);
          const before = files.flatMap(({ name }) => [...check(snapshotOf(files), uriOf(name))]);
          for (const finding of before.filter((one) => one.rule === rule.id)) {
            for (const fix of finding.fixes) {
              const fixed = files.map((file) => ({ ...file, text: applied(file.text, uriOf(file.name), fix) }));
              const after = fixed.flatMap(({ name }) => [...check(snapshotOf(fixed), uriOf(name))]);
              const broken = ({ rule: id }: Finding) => id === 'yaml-syntax' || id === 'schema';
              const same = ({ rule: id, message }: Finding) => id === rule.id && message === finding.message;
              assert.equal(
                after.filter(same).length,
                before.filter(same).length - 1,
                `${fix.title}: ${finding.message}`,
              );
              assert.equal(after.filter(broken).length, before.filter(broken).length, fix.title);
            }
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
