import assert from 'node:assert/strict';
import fc from 'fast-check';
import { topLevelText } from './top-level-text.js';
import { readTree } from './tree.js';

describe('the text behind a top-level key', () => {
  it('is what reading the file gives, wherever it is given', () => {
    const value = fc.constantFrom(
      'playbook/v1',
      '"x"',
      "'y' ",
      '1',
      'true',
      '&a b',
      '|',
      'a # b',
      'a#b',
      'a: b',
      '',
      '~',
      '*a',
      '- x',
      'a b',
      '!t x',
      '.5',
      '-x',
    );
    const line = fc.oneof(
      fc
        .tuple(fc.constantFrom('id', 'format', '"id"', '? id', ' id', 'idx', '- id'), value)
        .map(([key, text]) => `${key}: ${text}`),
      fc.constantFrom(
        '# comment',
        '---',
        '...',
        '{ id: a }',
        'title: |',
        '  id: deep',
        'steps:',
        '  - id: x',
        '\t',
        'id:x',
        '[a]',
        '\ufeffid: y',
      ),
    );
    let judged = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (lines, newline) => {
        const text = ['title: x', ...lines].slice(lines.length % 2).join(newline);
        const plain = topLevelText(text, 'id');
        const tree = readTree('file:///a.yaml', text);
        // A text with faults in it may be cut in another way; what is said of it is said by the reader.
        if (plain === undefined || tree.problems.length > 0) return;
        judged++;
        const read = tree.root?.pairs.get('id')?.value;
        assert.equal(plain, read?.kind === 'scalar' ? read.value : null, JSON.stringify(text));
      }),
      { numRuns: 5000 },
    );
    assert.ok(judged > 300, `${judged}`);
  });
});
