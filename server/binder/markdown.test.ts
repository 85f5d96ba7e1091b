import assert from 'node:assert/strict';
import fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { visible } from '../render/element.js';
import type { Binder, Block, Inline } from './document.js';
import { binderMarkdown } from './markdown.js';

const markdown = new MarkdownIt({ html: true });
const FONTS = { regular: '', bold: '' };

/** Each element that a reader sees in a Markdown text, with its words, in their order. */
function seen(text: string): [string, string][] {
  let name = '';
  return markdown.parse(text, {}).flatMap(({ type, tag, children, content }): [string, string][] => {
    if (type !== 'inline') {
      if (type.endsWith('_open')) name = tag;
      return type === 'fence' ? [['fence', content]] : [];
    }
    const words = (children ?? []).map(({ type: kind, content: own }) => {
      if (kind === 'html_inline') return own === '<br>' ? ' ' : '';
      return kind.endsWith('break') ? ' ' : own;
    });
    return [[name, plain(words.join(''))]];
  });
}

const plain = (text: string) => visible(text).replace(/\s+/g, ' ').trim();

function written(blocks: readonly Block[], title = 'Section'): [string, string][] {
  const binder: Binder = {
    title: 'Binder',
    organization: 'Southwind',
    marking: '',
    revision: '',
    printed: '2026-11-20',
    accent: '#000000',
    logo: undefined,
    cover: [],
    sections: [{ id: 'section', title, blocks }],
  };
  const file = binderMarkdown(binder, FONTS).find(({ name }) => name === '01-section.md');
  return seen(String(file?.content));
}

const PIECES = [
  ...'ab1.)-+#>*_`[]<>()!|~\\&;:="\'/ \n\t',
  ' #',
  '##',
  '**',
  '***',
  '~~',
  '---',
  '===',
  '```',
  '&amp;',
  '&#35;',
  '<b>',
  '<!--',
  '<br>',
  '![a](b)',
  'https://a.example/x_y_z',
  '[x]',
  'é',
  '字',
  '\u202e',
  '“',
];
const text = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 })
  .map((pieces) => pieces.join(''))
  .filter((value) => plain(value) !== '');
const inlines = (...parts: readonly Inline[]): readonly Inline[] => parts;

describe('a binder in Markdown', () => {
  const shows = (block: (words: string) => Block, expected: (words: string) => [string, string][]) =>
    fc.assert(
      fc.property(text, (words) => {
        assert.deepEqual(written([block(words)]).slice(2), expected(plain(words)), JSON.stringify(words));
      }),
      { numRuns: 1000 },
    );

  it('shows the titles of sections as they are', () => {
    fc.assert(
      fc.property(text, (words) => {
        assert.deepEqual(written([], words)[0], ['h1', plain(words)]);
      }),
      { numRuns: 1000 },
    );
  });

  it('shows headings as they are, with signs like those of Markdown at their end too', () => {
    shows(
      (words) => ({ kind: 'heading', level: 2, text: words }),
      (words) => [['h2', words]],
    );
    assert.deepEqual(written([{ kind: 'heading', level: 3, text: 'Level #' }]).at(-1), ['h4', 'Level #']);
  });

  it('shows paragraphs as they are', () => {
    shows(
      (words) => ({ kind: 'paragraph', inlines: [{ text: words }] }),
      (words) => [['p', words]],
    );
  });

  it('shows words as they are beside bold ones', () => {
    fc.assert(
      fc.property(text, text, text, (before, bold, after) => {
        const block: Block = {
          kind: 'paragraph',
          inlines: inlines({ text: before }, { text: bold, bold: true }, { text: after }),
        };
        assert.deepEqual(written([block]).slice(2), [['p', plain(before + bold + after)]]);
      }),
      { numRuns: 1000 },
    );
  });

  it('shows lists and boxes to tick as they are', () => {
    const item = (words: string): readonly Block[] => [{ kind: 'paragraph', inlines: [{ text: words }] }];
    for (const start of [undefined, 1, 10]) {
      shows(
        (words) => ({ kind: 'list', start, items: [item(words), item(words)] }),
        (words) => [
          ['p', words],
          ['p', words],
        ],
      );
    }
    shows(
      (words) => ({ kind: 'ticks', items: [words] }),
      (words) => [['p', `[ ] ${words}`]],
    );
  });

  it('shows tables as they are', () => {
    shows(
      (words) => ({ kind: 'table', head: [words], widths: [1], rows: [[[{ text: words }]]] }),
      (words) => [
        ['th', words],
        ['td', words],
      ],
    );
  });

  it('shows cards as they are', () => {
    shows(
      (words) => ({ kind: 'card', id: 'a', isDecision: false, title: words, meta: words, blocks: [] }),
      (words) => [
        ['p', ''],
        ['h3', words],
        ['p', words],
      ],
    );
  });
});
