import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { ignorePatterns } from './git-ignore.js';

describe('patterns of .gitignore', () => {
  const cases: readonly [string, string, boolean | undefined][] = [
    ['build/', 'build/', true],
    ['build/', 'deep/build/', true],
    ['build/', 'build', undefined],
    ['/build', 'deep/build', undefined],
    ['docs/*.yaml', 'docs/a.yaml', true],
    ['docs/*.yaml', 'docs/in/a.yaml', undefined],
    ['*.yaml\n!keep.yaml', 'x/keep.yaml', false],
    ['!keep.yaml\n*.yaml', 'x/keep.yaml', true],
    ['**/out', 'a/b/out/', true],
    ['a/**/b', 'a/b', true],
    ['a/**', 'a/', undefined],
    ['a/**', 'a/x', true],
    ['draft-[0-9].yaml', 'draft-7.yaml', true],
    ['draft-[!0-9].yaml', 'draft-7.yaml', undefined],
    ['[[:upper:]]*.yaml', 'A.yaml', true],
    ['[a', '[a', undefined],
    ['a\\*', 'a*', true],
    ['a\\*', 'ab', undefined],
    ['\\#a', '#a', true],
    ['# a', 'a', undefined],
    ['a.yaml   \r', 'a.yaml', true],
    ['a.yaml\\ ', 'a.yaml ', true],
    ['\ufeffa.yaml', 'a.yaml', true],
    ['caf?', 'café', undefined],
    ['caf??', 'café', true],
    ['/', 'a', undefined],
  ];
  for (const [text, path, expected] of cases) {
    it(`${JSON.stringify(text)} and ${path}: ${expected ?? 'nothing said'}`, () => {
      assert.equal(ignorePatterns(text).say(path.replace(/\/$/, ''), path.endsWith('/')), expected);
    });
  }

  it('say what git says', function () {
    if (spawnSync('git', ['--version']).status !== 0) this.skip();
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ignore-')));
    const git = (args: readonly string[], input = '') =>
      spawnSync('git', args, { cwd: folder, encoding: 'utf8', input });
    try {
      git(['init', '-q']);
      const part = fc.constantFrom(
        'a',
        'b',
        'ab',
        'ba.y',
        '*',
        '**',
        '?',
        'a*',
        '*b',
        '[ab]',
        '[!a]',
        '[^b]*',
        '\\a',
        '\\*',
        '[]a]',
        '.y',
      );
      const pattern = fc
        .tuple(
          fc.constantFrom('', '!', '/', '!/', ' '),
          fc.array(part, { minLength: 1, maxLength: 4 }),
          fc.constantFrom('/', '/**/'),
          fc.constantFrom('', '/', ' ', '\\ ', '/**'),
        )
        .map(([start, parts, between, end]) => `${start}${parts.join(between)}${end}`);
      const name = fc.constantFrom('a', 'b', 'ab', 'ba.y', 'aab', ']', 'a ', '*');
      const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
      fc.assert(
        fc.property(
          fc.array(pattern, { maxLength: 4 }),
          fc.array(path, { minLength: 20, maxLength: 20 }),
          (lines, paths) => {
            const text = lines.join('\n');
            writeFileSync(join(folder, '.gitignore'), text);
            // A folder that is ignored decides for all that is in it, so each path is asked for from its first folder on.
            const { stdout } = git(['check-ignore', '--no-index', '-z', '--stdin'], paths.join('\0'));
            const ignored = new Set(stdout.split('\0'));
            const { say } = ignorePatterns(text);
            for (const one of paths) {
              const names = one.split('/');
              const isOut = names.some(
                (_, index) => say(names.slice(0, index + 1).join('/'), index < names.length - 1) === true,
              );
              assert.equal(isOut, ignored.has(one), `${JSON.stringify(text)} and ${one}`);
            }
          },
        ),
        { numRuns: 150 },
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  }).timeout(60_000);

  it('take no time over patterns that are made to take much', () => {
    const name = 'a'.repeat(255);
    for (const line of [
      `${'*a'.repeat(4000)}b`,
      `${'**/a/'.repeat(2000)}b`,
      `a${' '.repeat(500_000)}b`,
      '[[:alpha:]]*'.repeat(2000),
    ]) {
      const { say } = ignorePatterns(`${line}\n`.repeat(Math.ceil(500_000 / line.length)));
      for (let count = 0; count < 10; count++) say(`${`${name}/`.repeat(10)}${name}`, false);
    }
  }).timeout(5000);
});
