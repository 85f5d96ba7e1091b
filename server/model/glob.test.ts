import assert from 'node:assert/strict';
import { processorMilliseconds } from '../../test/harness/processor-time.js';
import { lastDecides, readGlob } from './glob.js';

function globOf(pattern: string) {
  const glob = readGlob(pattern);
  assert.ok('matches' in glob, `${pattern}: ${JSON.stringify(glob)}`);
  return glob;
}

describe('patterns for paths', () => {
  const cases: readonly [string, string, boolean][] = [
    ['drafts/**', 'drafts/a.yaml', true],
    ['drafts/**', 'drafts/deep/in/a.yaml', true],
    ['drafts/**', 'other/drafts/a.yaml', false],
    ['drafts/', 'drafts/a.yaml', true],
    ['drafts', 'other/drafts/a.yaml', true],
    ['/drafts', 'drafts/a.yaml', true],
    ['/drafts', 'other/drafts/a.yaml', false],
    ['./drafts', 'other/drafts/a.yaml', false],
    ['/drafts/', 'drafts/a.yaml', true],
    ['**/drafts/*.yaml', 'drafts/a.yaml', true],
    ['**/drafts/*.yaml', 'x/y/drafts/a.yaml', true],
    ['**/drafts/*.yaml', 'x/drafts/y/a.yaml', false],
    ['**/drafts/**', 'x/drafts/y/a.yaml', true],
    ['**/drafts', 'drafts/y/a.yaml', true],
    ['*.incident-playbook.yaml', 'x/y/a.incident-playbook.yaml', true],
    ['./a/*/c.yaml', 'a/b/c.yaml', true],
    ['a/./b//c.yaml', 'a/b/c.yaml', true],
    ['a/*/c.yaml', 'a/b/b/c.yaml', false],
    ['a/?.yaml', 'a/b.yaml', true],
    ['a/?.yaml', 'a/bb.yaml', false],
    ['a?b', 'a/b', false],
    ['a*b', 'a/b', false],
    ['a/**/c.yaml', 'a/c.yaml', true],
    ['a/**/c.yaml', 'a/b/b/c.yaml', true],
    ['a/**/c.yaml', 'ac.yaml', false],
    ['a.b', 'aXb', false],
    ['**', 'a/b', true],
    ['**/*', 'a/b', true],
    ['drafts/{a,b}/**', 'drafts/a/x.yaml', true],
    ['drafts/{a,b}/**', 'drafts/b/x.yaml', true],
    ['drafts/{a,b}/**', 'drafts/c/x.yaml', false],
    ['{drafts/**,*.old.yaml}', 'drafts/x.yaml', true],
    ['{drafts/**,*.old.yaml}', 'deep/in/x.old.yaml', true],
    ['{drafts/**,*.old.yaml}', 'deep/drafts/x.yaml', false],
    ['{build/,out/}', 'build/x.yaml', true],
    ['x{,.old}.yaml', 'x.yaml', true],
    ['x{,.old}.yaml', 'x.old.yaml', true],
    ['x.{y{,a}ml,json}', 'x.yml', true],
    ['x.{y{,a}ml,json}', 'x.yaml', true],
    ['{**,a}/c.yaml', 'x/y/c.yaml', true],
    ['drafts/[ab]/**', 'drafts/a/x.yaml', true],
    ['drafts/[ab]/**', 'drafts/c/x.yaml', false],
    ['drafts/[!ab]/**', 'drafts/c/x.yaml', true],
    ['drafts/[^ab]/**', 'drafts/a/x.yaml', false],
    ['v[0-9].yaml', 'v7.yaml', true],
    ['v[0-9].yaml', 'vx.yaml', false],
    ['v[0-9-].yaml', 'v-.yaml', true],
    ['v[]x].yaml', 'v].yaml', true],
    ['a[!b]c', 'a/c', false],
    ['plan [[]old].yaml', 'plan [old].yaml', true],
    ['[*].yaml', '*.yaml', true],
    ['[*].yaml', 'x.yaml', false],
    ['copy (1).yaml', 'copy (1).yaml', true],
    ['übung/**', 'u\u0308bung/a.yaml', true],
    ['🚨*.yaml', '🚨1.yaml', true],
    ['?.yaml', '🚨.yaml', true],
  ];
  for (const [pattern, path, matches] of cases) {
    it(`${pattern} ${matches ? 'matches' : 'does not match'} ${path}`, () => {
      assert.equal(globOf(pattern).matches(path), matches);
    });
  }

  it('let the last one that matches decide', () => {
    const globs = ['drafts/**', '!drafts/kept/**', 'drafts/kept/old.yaml'].map(globOf);
    assert.equal(lastDecides(globs, 'drafts/a.yaml'), true);
    assert.equal(lastDecides(globs, 'drafts/kept/a.yaml'), false);
    assert.equal(lastDecides(globs, 'drafts/kept/old.yaml'), true);
    assert.equal(lastDecides(globs, 'a.yaml'), false);
  });

  const foreign: readonly [string, RegExp, string?][] = [
    ['drafts\\old\\**', /divided by "\/"/, 'drafts/old/**'],
    ['.\\drafts', /divided by "\/"/, './drafts'],
    ['build\new', /begins an escape/],
    ['C:\\work\\drafts', /relative to the folder/],
    ['c:/books/drafts', /relative to the folder/],
    ['\\\\server\\share', /relative to the folder/],
    ['~/drafts', /relative to the folder/],
    ['file:///drafts', /relative to the folder/],
    ['../drafts/**', /cannot lead out/],
    ['a/../../drafts', /cannot lead out/],
    ['drafts/**.yaml', /"\*\*" stands for folders/, 'drafts/**/*.yaml'],
    ['!**.yaml', /"\*\*" stands for folders/, '!**/*.yaml'],
    ['dra**/x', /"\*\*" stands for folders/],
    ['{a,b', /"\{" is not closed/],
    ['a,b}', /"\}" has no "\{"/],
    ['{a}', /one choice/],
    ['v{1..3}', /one choice/],
    ['[ab', /"\[" is not closed/],
    ['[a/b]', /"\[" is not closed/],
    ['[]', /"\[" is not closed/],
    ['[z-a]', /holds no sign/],
    ['[[:alpha:]]', /Named classes/],
    ['!(keep)', /not understood/],
    ['@(a|b)', /not understood/],
    ['*(a|b)', /not understood/],
    ['!!a', /second one/],
    ['!', /names no file/],
    ['/', /names no file/],
    ['.', /names no file/],
    ['{'.repeat(500), /too deeply/],
  ];
  for (const [pattern, fault, repair] of foreign) {
    it(`${pattern.slice(0, 40)} is no pattern here, and the words say what to write`, () => {
      const read = readGlob(pattern);
      assert.ok('fault' in read);
      assert.match(read.fault, fault);
      assert.equal(read.repair, repair);
      if (read.repair !== undefined) globOf(read.repair);
    });
  }

  it('take no time when they are made to take much', () => {
    const spent = processorMilliseconds(() => {
      assert.equal(globOf(`${'*a'.repeat(400)}b`).matches('a'.repeat(5000)), false);
      assert.equal(globOf(`${'**/a/'.repeat(150)}b`).matches('a/'.repeat(3000)), false);
    });
    assert.ok(spent < 1000, `${spent} ms`);
  });

  it('take no time over braces, which are not expanded', () => {
    const spent = processorMilliseconds(() => {
      assert.equal(globOf(`${'{a,aa}'.repeat(160)}b`).matches('a'.repeat(5000)), false);
      assert.equal(globOf(`${'{a*,*a}'.repeat(140)}b`).matches('a'.repeat(5000)), false);
      const nested = `${'{,a'.repeat(19)}${'}'.repeat(19)}${'{,a}'.repeat(200)}b`;
      assert.equal(globOf(nested).matches('a'.repeat(2000)), false);
    });
    assert.ok(spent < 1000, `${spent} ms`);
  });
});
