import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parse } from 'yaml';
import { processorMilliseconds } from '../../test/harness/processor-time.js';
import type { Node } from './node.js';
import { readTree, type Tree } from './tree.js';

const URI = 'file:///a.yaml';
const read = (text: string, previous?: Tree) => readTree(URI, text, previous);
const messages = (text: string) => read(text).problems.map(({ message }) => message);

/** The tree as plain values, to compare with what `yaml` itself reads. */
function plain(node: Node | undefined): unknown {
  if (!node) return undefined;
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'sequence') return node.items.map(plain);
  return Object.fromEntries([...node.pairs].map(([key, { value }]) => [key, plain(value)]));
}

describe('reading a tree', () => {
  const valid: Record<string, string> = {
    'lists and maps': 'a: 1\nb:\n  - x: 1\n    y: [1, {z: 2}]\n  - w\nc:\n  k: v\n  l:\n    - 1\n',
    'a list without indentation': 'steps:\n- id: a\n  t: 1\n- id: b\nend: 1\n',
    'block scalars with lines that look like items':
      'steps:\n  - id: a\n    text: |\n      - id: not a step\n\n      key: value\n  - id: b\n    text: >-\n      folded\n      text\n',
    'comments everywhere':
      '# top\na: 1 # one\n\n# between\nsteps: # here\n  # first\n  - id: a\n# at the edge\n  - id: b\n',
    'flow collections over lines': 'a: [1,\n  2,\n  3]\nb: {x: 1,\n  y: 2\n  }\nc: 1\n',
    'a flow document': '{ "format": "x", "steps": [ {"id": "a"},\n {"id": "b"} ] }\n',
    'quoted text over lines': "a: \"one\n  two\"\nb: 'it''s'\nc: plain\n  text\n",
    'anchors across items': 'a: &x { k: 1 }\nsteps:\n  - v: *x\n  - v: &y [1]\n  - v: *y\n',
    'windows line endings': 'a: 1\r\nsteps:\r\n  - id: a\r\n    t: |\r\n      x\r\n  - id: b\r\n',
    'a byte order mark': '\ufeffa: 1\nb: 2\n',
    'a document marker': '---\na: 1\nb: 2\n',
    'text behind a header': 'a:\n  plain text\n  goes on\nb:\n  "quoted: text"\nc:\n  [1, 2]\n',
  };
  for (const [name, text] of Object.entries(valid)) {
    it(`gives what YAML says: ${name}`, () => {
      const tree = read(text);
      assert.deepEqual(tree.problems, []);
      assert.deepEqual(plain(tree.root), parse(text));
    });
  }

  it('places every value where it stands in the file', () => {
    const text = 'a: 1\nsteps:\n  - id: one\n  - id: two\n';
    const tree = read(text);
    const steps = tree.root?.pairs.get('steps')?.value;
    const second = steps?.kind === 'sequence' ? steps.items[1] : undefined;
    const id = second?.kind === 'map' ? second.pairs.get('id')?.value : undefined;
    const span = id && tree.spanOf(id.place);
    assert.equal(text.slice(span?.start, span?.end), 'two');
  });

  it('keeps the rest of a step in which a quote is open', () => {
    const tree = read('steps:\n  - id: a\n    title: "open\n    owner: x\n  - id: b\n    owner: y\n');
    assert.deepEqual(plain(tree.root), {
      steps: [
        { id: 'a', title: 'open', owner: 'x' },
        { id: 'b', owner: 'y' },
      ],
    });
    assert.deepEqual(
      tree.problems.map(({ message }) => message),
      ['This text starts with a quote that is never closed. Close it with ".'],
    );
  });

  it('keeps the rest of a step in which a key is half typed', () => {
    const tree = read('steps:\n  - id: a\n    own\n    title: t\n');
    assert.deepEqual(plain(tree.root), { steps: [{ id: 'a', title: 't' }] });
    assert.deepEqual(
      tree.problems.map(({ message }) => message),
      ['"own" is not complete: a key needs a colon and a value.'],
    );
  });

  describe('a dash or a colon without its blank', () => {
    const hyphen = (word: string) => `"-${word}" begins no list item. Put a space after the hyphen: "- ${word}".`;
    const colon = (key: string, value: string) =>
      `"${key}:${value}" is no key with a value. Put a space after the colon: "${key}: ${value}".`;
    const cases: readonly [string, string, readonly string[], unknown][] = [
      [
        'between the items of a list',
        'steps:\n  - id: a\n    title: t\n  -id: b\n    title: u\n  - id: c\n',
        [hyphen('id')],
        { steps: [{ id: 'a', title: 't' }, { title: 'u' }, { id: 'c' }] },
      ],
      ['in the first item', 'steps:\n  -id: b\n    title: u\n', [hyphen('id')], { steps: [{ title: 'u' }] }],
      ['behind plain items', 'a:\n  - x\n  -y\n', [hyphen('y')], { a: ['x', null] }],
      [
        'at the margin',
        'steps:\n- id: a\n-id: b\n- id: c\n',
        [hyphen('id')],
        { steps: [{ id: 'a' }], '-id': 'b', '': null },
      ],
      [
        'with Windows line endings',
        'steps:\r\n  - id: a\r\n  -id: b\r\n    title: u\r\n',
        [hyphen('id')],
        { steps: [{ id: 'a' }, { title: 'u' }] },
      ],
      [
        'behind a key of a step',
        'steps:\n  - id: a\n    owner:x\n    within: 1h\n',
        [colon('owner', 'x')],
        { steps: [{ id: 'a', owner: 'x', within: '1h' }] },
      ],
      [
        'behind the first key of a step',
        'steps:\n  - id:a\n    owner: x\n',
        [colon('id', 'a')],
        { steps: [{ id: 'a', owner: 'x' }] },
      ],
      [
        'behind a key at the top',
        'id: a\ntitle:b\nseverity: low\n',
        [colon('title', 'b')],
        { id: 'a', severity: 'low' },
      ],
      [
        'only in prose',
        'steps:\n  - text: |\n      -id: b\n      owner:x\n',
        [],
        { steps: [{ text: '-id: b\nowner:x\n' }] },
      ],
    ];
    for (const [where, text, expected, value] of cases) {
      it(`is named, and the rest is kept: ${where}`, () => {
        const { problems, root } = read(text);
        assert.deepEqual(
          problems.map(({ message }) => message),
          expected,
        );
        assert.deepEqual(plain(root), value);
      });
    }

    it('is put right by the fix', () => {
      for (const [, text] of cases) {
        const tree = read(text);
        const [edit] = tree.problems.flatMap(({ fixes }) => fixes ?? []).flatMap(({ edits }) => edits);
        if (!edit) continue;
        const { start, end } = tree.spanOf(edit.place);
        assert.deepEqual(messages(text.slice(0, start) + edit.text + text.slice(end)), []);
      }
    });
  });

  it('says what is wrong in words', () => {
    assert.deepEqual(messages('steps:\n  - id: a\n\ttitle: t\n'), [
      'YAML does not allow tabs for indentation. Use spaces.',
    ]);
    assert.deepEqual(messages('title: Do: this\n'), [
      'A value cannot hold ": " without quotes. Put the text in quotes.',
    ]);
    assert.deepEqual(messages('a: 1\na: 2\n'), [
      'The key "a" stands here twice. Keep one.',
      'The key "a" stands here twice. Keep one.',
    ]);
    assert.deepEqual(messages('a: *nobody\n'), [
      'No anchor "&nobody" stands before this alias. Define it above, or quote the text if it is none.',
    ]);
    assert.deepEqual(messages('a: !!js/function x\n'), [
      'Tags (tag:yaml.org,2002:js/function) are not part of the format. Take it out.',
    ]);
    assert.deepEqual(messages('%YAML 1.1\n---\na: no\n'), [
      'Directives are not part of the format. Take this line out.',
    ]);
    assert.deepEqual(messages('a: 1\n---\nb: 2\n'), [
      'One file holds one document. What follows this line was not read: move it to a file of its own.',
    ]);
  });

  it('refuses what is not text, or in the middle of a merge', () => {
    for (const [text, words] of [
      ['a: \u0000\n', /control character 0x00/],
      ['a: 1\n<<<<<<< HEAD\nb: 2\n', /merge conflict/],
      ['#'.repeat(1_048_577), /limit is 1 MiB/],
    ] as const) {
      const tree = read(text);
      assert.equal(tree.refused, true);
      assert.match(tree.problems[0]?.message ?? '', words);
    }
  });

  it('points at hidden characters', () => {
    assert.match(messages('a: "x\u202ey"\n')[0] ?? '', /hidden character \(U\+202E\)/i);
  });

  it('reads a version after an edit as it reads it afresh, and keeps the pieces that did not change', () => {
    const line = fc.constantFrom(
      'a: 1',
      'steps:',
      '  - id: x',
      '    owner: y',
      '  - "open',
      '# c',
      '',
      'b: &n [1]',
      'c: *n',
      '\tt',
      '    k: |',
      '      text',
      'end',
      '---',
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 14 }),
        fc.nat(),
        fc.nat(3),
        fc.array(line, { maxLength: 3 }),
        (lines, at, removed, added) => {
          const before = read(lines.join('\n'));
          const after = [...lines];
          after.splice(at % (lines.length + 1), removed, ...added);
          const text = after.join('\n');
          const shape = ({ root, problems, spanOf }: Tree) => [
            plain(root),
            problems.map(({ place, message }) => [message, spanOf(place)]),
          ];
          assert.deepEqual(shape(read(text, before)), shape(read(text)));
        },
      ),
      { numRuns: 1000 },
    );
    const first = read('steps:\n  - id: a\n  - id: b\n  - id: c\n');
    const second = read('steps:\n  - id: a\n  - id: bb\n  - id: c\n', first);
    const items = ({ root }: Tree) => {
      const steps = root?.pairs.get('steps')?.value;
      return steps?.kind === 'sequence' ? steps.items : [];
    };
    assert.equal(items(first)[0], items(second)[0]);
    assert.notEqual(items(first)[1], items(second)[1]);
    assert.equal(items(first)[2], items(second)[2]);
  });

  it('survives any text', () => {
    const token = fc.constantFrom(
      'a',
      ': ',
      '- ',
      '\n',
      '  ',
      '[',
      ']',
      '{',
      '}',
      '"',
      "'",
      '|',
      '>',
      '&x ',
      '*x',
      '#',
      '? ',
      '\t',
      '---\n',
      '!t ',
      '%',
      ',',
      '\r',
    );
    fc.assert(
      fc.property(
        fc.array(token, { maxLength: 60 }).map((tokens) => tokens.join('')),
        (text) => {
          const { problems, spanOf } = read(text);
          for (const { place } of problems) {
            const { start, end } = spanOf(place);
            assert.ok(start >= 0 && start <= end && end <= text.length, JSON.stringify({ text, start, end }));
          }
        },
      ),
      { numRuns: 3000 },
    );
  });

  describe('reads hostile texts in time, twice in one process', () => {
    const megabyte = 1_000_000;
    const shapes: Record<string, string> = {
      'nested brackets': '['.repeat(5000),
      'nested maps': '{a: '.repeat(5000),
      'nested lists': 'a:\n  '.concat('- '.repeat(5000)),
      'nested explicit keys': '? '.repeat(5000),
      'a megabyte of brackets': '['.repeat(megabyte),
      'a megabyte of closing brackets': ']'.repeat(megabyte),
      'a megabyte of quotes': '"'.repeat(megabyte),
      'a megabyte of anchors': 'a: '.concat('&a '.repeat(megabyte / 3)),
      'a megabyte of quotes on lines': 'a:\n'.concat(' "\n'.repeat(megabyte / 3)),
      'a megabyte of keys': 'a:\n'.repeat(megabyte / 3),
      'a megabyte of list items': 'steps:\n'.concat('- a\n'.repeat(megabyte / 4)),
      'a megabyte of broken steps': 'steps:\n'.concat('- "a\n'.repeat(megabyte / 5)),
      'a megabyte of documents': '---\n'.repeat(megabyte / 4),
      'different keys': Array.from({ length: 20_000 }, (_, index) => `k${index}: 1`).join('\n'),
      'a tree of aliases': `a0: &a0 [x, x]\n${Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`).join('\n')}`,
    };
    for (const [name, text] of Object.entries(shapes)) {
      it(name, function () {
        this.timeout(60_000);
        for (let time = 0; time < 2; time++) {
          const spent = processorMilliseconds(() => read(text));
          assert.ok(spent < 3000, `${Math.round(spent)} ms`);
        }
      });
    }
  });
});
