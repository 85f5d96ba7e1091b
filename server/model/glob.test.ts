import assert from 'node:assert/strict';
import { globMatches } from './glob.js';

describe('patterns for paths', () => {
  const cases: readonly [string, string, boolean][] = [
    ['drafts/**', 'drafts/a.yaml', true],
    ['drafts/**', 'drafts/deep/in/a.yaml', true],
    ['drafts/**', 'other/drafts/a.yaml', false],
    ['drafts/', 'drafts/a.yaml', true],
    ['drafts', 'other/drafts/a.yaml', true],
    ['**/drafts/*.yaml', 'drafts/a.yaml', true],
    ['**/drafts/*.yaml', 'x/y/drafts/a.yaml', true],
    ['**/drafts/*.yaml', 'x/drafts/y/a.yaml', false],
    ['*.incident-playbook.yaml', 'x/y/a.incident-playbook.yaml', true],
    ['./a/*/c.yaml', 'a/b/c.yaml', true],
    ['a/*/c.yaml', 'a/b/b/c.yaml', false],
    ['a/?.yaml', 'a/b.yaml', true],
    ['a/?.yaml', 'a/bb.yaml', false],
    ['a/**/c.yaml', 'a/c.yaml', true],
    ['a.b', 'aXb', false],
    ['**', 'a/b', true],
  ];
  for (const [pattern, path, matches] of cases) {
    it(`${pattern} ${matches ? 'matches' : 'does not match'} ${path}`, () => {
      assert.equal(globMatches(pattern, path), matches);
    });
  }

  it('takes no time over a pattern that is made to take much', () => {
    assert.equal(globMatches(`${'*a'.repeat(400)}b`, 'a'.repeat(5000)), false);
    assert.equal(globMatches(`${'**/a/'.repeat(150)}b`, 'a/'.repeat(3000)), false);
  }).timeout(1000);
});
