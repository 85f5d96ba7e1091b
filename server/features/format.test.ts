import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { randomFrom } from '../../test/bench/generate-playbook.js';
import { samples } from '../../test/harness/paths.js';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import type { Node } from '../text/node.js';
import { readTree } from '../text/tree.js';
import { formatEdits } from './format.js';

function formatted(text: string): string {
  const uri = uriOf('a.yaml');
  const edits = formatEdits(snapshotOf([{ name: 'a.yaml', text }]), uri);
  return [...edits]
    .sort((a, b) => b.span.start - a.span.start)
    .reduce((so_far, { span, text: next }) => so_far.slice(0, span.start) + next + so_far.slice(span.end), text);
}

/** What a text means: its values, without places. */
function meaningOf(text: string): unknown {
  const plain = (node: Node): unknown =>
    node.kind === 'scalar'
      ? node.value
      : node.kind === 'sequence'
        ? node.items.map(plain)
        : [...node.pairs].map(([key, { value }]) => [key, plain(value)]);
  const { root } = readTree('file:///a.yaml', text);
  return root && plain(root);
}

/** What a reader who has nothing to do with us takes a text to mean; undefined where it takes it for no YAML. */
function meaningElsewhere(text: string): string | undefined {
  const document = parseDocument(text.replace(/^\ufeff/, ''), { logLevel: 'silent', stringKeys: true });
  return document.errors.length > 0 ? undefined : JSON.stringify(document.toJS());
}

const ODD_BLANKS = ['\u00a0', '\u3000', '\u2003', '\u200b', '\t', ' '];

/** A playbook whose blanks stand where they matter: in every style of scalar, at the ends of lines and of the file. */
function playbookOfBlanks(random: () => number): string {
  const one = <T>(of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
  const times = (most: number, make: () => string) =>
    Array.from({ length: Math.floor(random() * (most + 1)) }, make).join('');
  const blanks = () => times(2, () => one([' ', '  ', '\t']));
  const odd = () => (random() < 0.3 ? one(ODD_BLANKS) : '');
  const word = () =>
    `${one(['ask', 'Mrs', "it's", 'a "b', '#4711', '# no', 'x:y', 'ÄÖ', '{c}', '- d', '|', '...'])}${odd()}`;
  const words = () => `ask ${times(3, () => `${word()} `)}${odd()}`.replace(/[ \t]+(?=#)|: /g, '_');
  const plain = () => words().replace(/[ \t]+$/, '');
  const block = (indent: string) => {
    const lines = () =>
      times(3, () => `${one([`${indent}${words()}`, `${indent}  ${words()}`, '', indent, `${indent}\t`])}\n`);
    return `${one(['|', '>'])}${one(['', '+', '-'])}${one(['', '', ' # comment'])}${blanks()}\n${indent}${words()}\n${lines()}`;
  };
  const quoted = (indent: string) =>
    one([`"a ${blanks()}\n${one(['', blanks()])}\n${indent}b\\${' '}"`, `'a,  {b}${odd()}'`, `"c,d  "`, `'it''s'`]);
  const flowItem = () =>
    one([`"a,b"`, `'c , d'`, 'e "f', 'g', `h${odd()}i`, '{}', '{k:  v ,l: [m,n ]}', '"o":p', '[ ]']);
  const flow = () => `[${blanks()}${flowItem()}${blanks()}${times(3, () => `,${blanks()}${flowItem()}${blanks()}`)}]`;
  const value = (indent: string) =>
    one([
      () => ` ${plain()}${blanks()}\n`,
      () => ` ${plain()}${blanks()}\n${one(['', '\n', `${indent}\n`])}${indent}${plain()}${blanks()}\n`,
      () => ` ${block(indent)}`,
      () => ` ${quoted(indent)}${blanks()}\n`,
      () => ` ${flow()}${blanks()}\n`,
      () => `${blanks()}\n${indent}${flow()}${one([' # c  ', ''])}\n`,
    ])();
  const between = (indent: string) => times(3, () => `${one(['', blanks(), `${indent}# note ${odd()}${blanks()}`])}\n`);
  const step = (id: number) =>
    `  - id: s${id}${blanks()}\n${between('    ')}    instructions:${value('      ')}${between('    ')}    title:${value('      ')}`;
  const steps = Array.from({ length: 3 }, (_, id) => step(id) + between('  ')).join('');
  const text = `${one(['', '\ufeff'])}format: playbook/v1\nid: a\n${between('')}summary:${value('  ')}${between('')}steps:\n${steps}${one(['', '...\n', '\n\n'])}`;
  const ended = one([text, text, text.replace(/\n+$/, '')]);
  return one([ended, ended.replaceAll('\n', '\r\n')]);
}

describe('formatting', () => {
  it('puts blanks where they are usual, and touches nothing else', () => {
    const text = `format: playbook/v1   \r
# a comment   \r
id: &a x\r
\r
\r
\r
title: 'It''s  two'  \r
steps:\r
  - {id: a,owner:  &o soc , consult: [ x,y ,  z], impacts: [{service: s, effect: outage,for: 1h} ]}\r
  - id: b\r
    instructions: |  \r
      Two blanks.  \r
\r
\r
      More.\r
    title: "a, {b}"\r
    evidence: []\r
    impacts: [{  }]\r
\r
\r
`;
    assert.equal(
      formatted(text),
      `format: playbook/v1\r
# a comment\r
id: &a x\r
\r
title: 'It''s  two'\r
steps:\r
  - { id: a, owner:  &o soc, consult: [x, y, z], impacts: [{ service: s, effect: outage, for: 1h }] }\r
  - id: b\r
    instructions: |  \r
      Two blanks.  \r
\r
\r
      More.\r
    title: "a, {b}"\r
    evidence: []\r
    impacts: [{}]\r
`,
    );
  });

  it('leaves a text with errors alone', () => {
    assert.equal(formatted('format: playbook/v1  \ntitle: "x\n'), 'format: playbook/v1  \ntitle: "x\n');
  });

  it('keeps the meaning, and has nothing left to do the second time', () => {
    const random = randomFrom(5);
    const texts = ['playbooks', 'organization'].flatMap((folder) =>
      readdirSync(join(samples, folder)).map((name) => readFileSync(join(samples, folder, name), 'utf8')),
    );
    for (let run = 0; run < 120; run++) {
      let text = texts[run % texts.length] ?? '';
      // Blanks put in or taken out anywhere; what is no longer the same text or no YAML at all does not count.
      for (let edit = 0; edit < 8; edit++) {
        const at = Math.floor(random() * text.length);
        const blanks = ['  ', ' ', '\n', '\n\n', '\t'][Math.floor(random() * 5)] ?? '';
        text = text.slice(0, at) + blanks + text.slice(at);
      }
      const once = formatted(text);
      assert.deepEqual(meaningOf(once), meaningOf(text), text);
      assert.equal(formatted(once), once);
      assert.equal(once.replace(/\s/g, ''), text.replace(/\s/g, ''));
    }
  }).timeout(60_000);

  it('keeps every blank that is part of a value, whatever its style and whoever reads it', () => {
    const random = randomFrom(9);
    let changed = 0;
    for (let run = 0; run < 1000; run++) {
      const text = playbookOfBlanks(random);
      const meaning = meaningElsewhere(text);
      const once = formatted(text);
      if (once !== text && meaning !== undefined) changed++;
      if (meaning !== undefined) assert.equal(meaningElsewhere(once), meaning, JSON.stringify(text));
      assert.equal(formatted(once), once, JSON.stringify(text));
      assert.equal(once.replace(/[ \t\r\n]/g, ''), text.replace(/[ \t\r\n]/g, ''));
    }
    assert.ok(changed > 300, `${changed} texts had something to format`);
  }).timeout(60_000);

  const left: readonly [string, string][] = [
    [
      'blank lines that |+ keeps, before another step',
      'steps:\n  - id: a\n    instructions: |+\n      b\n\n\n\n  - id: c\n',
    ],
    ['blank lines that >+ keeps, at the end of the file', 'summary: >+\n  a\n\n\n'],
    ['blank lines that |+ keeps, before the end of the document', 'summary: |+\n  a\n\n\n...\n'],
    ['blank lines that |+ keeps, with CRLF', 'summary: |+\r\n  a\r\n\r\n\r\ntitle: b\r\n'],
    ['nothing but blank lines under |+', 'summary: |+\n\n\n\ntitle: b\n'],
    ['a no-break space at the end of a text', 'summary: ask Mrs\u00a0\ntitle: b\n'],
    ['an ideographic space at the end of a line of a text', 'summary: |\n  a\u3000\n  b\n'],
    ['a line of nothing but a no-break space', 'summary: a\n\n  \u00a0\n\n  b\n'],
    ['blanks at the end of the lines of a text in quotes', 'summary: "a  \n\n\n  b\\ \n  c"\n'],
    ['what looks like a comment in a text', 'summary: |\n  a\n  # b  \n\n\n  c\n'],
    ['the missing line break behind a block text', 'summary: |\n  a'],
    ['the blanks behind a block text that ends the file', 'summary: |\n  a  '],
    ['blanks inside quotes that stand behind half a quote', 'threats: [a "b, "c,d"]\n'],
  ];
  for (const [what, text] of left) {
    it(`leaves ${what}`, () => assert.equal(formatted(`format: playbook/v1\n${text}`), `format: playbook/v1\n${text}`));
  }

  it('takes the blanks behind the last line and adds its line break in one go', () => {
    assert.equal(formatted('format: playbook/v1\ntitle: a # b  \n \n\t'), 'format: playbook/v1\ntitle: a # b\n');
    assert.equal(formatted('format: playbook/v1\ntitle: a  '), 'format: playbook/v1\ntitle: a\n');
    assert.equal(formatted('format: playbook/v1\ntitle: |\n  a\n\n\n'), 'format: playbook/v1\ntitle: |\n  a\n');
  });
});
