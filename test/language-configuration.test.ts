/** Where the cursor stands after Enter, by the rules that the language gives to VS Code. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolved, type Schema, schemaAt } from '../server/model/schema.js';
import { root } from './harness/paths.js';

interface EnterRule {
  readonly beforeText: string;
  readonly afterText?: string;
  readonly action: { readonly indent: 'none' | 'indent'; readonly appendText?: string };
}

const { onEnterRules }: { onEnterRules: readonly EnterRule[] } = JSON.parse(
  readFileSync(join(root, 'syntaxes/language-configuration.json'), 'utf8'),
);

/** The column of the cursor after Enter, as VS Code works it out from the first rule that fits. */
function columnAfter(line: string, rest = ''): number {
  const indentation = line.length - line.trimStart().length;
  const rule = onEnterRules.find(
    ({ beforeText, afterText }) =>
      new RegExp(beforeText).test(line) && (afterText === undefined || new RegExp(afterText).test(rest)),
  );
  if (!rule) return indentation;
  const { indent, appendText = '' } = rule.action;
  return indentation + (indent === 'indent' ? 2 : 0) + appendText.length;
}

/** All keys of the schemas with whether a list or a map stands in them. */
function* keysIn(schema: Schema): Iterable<[string, boolean]> {
  for (const [name, property] of Object.entries(schema.properties ?? {})) yield [name, isDeep(property)];
  for (const definition of Object.values(schema.definitions ?? {})) yield* keysIn(definition);
}

function isDeep(schema: Schema): boolean {
  const { anyOf, type } = resolved(schema);
  if (anyOf) return anyOf.filter(({ deprecated }) => !deprecated).some(isDeep);
  return type === 'array' || type === 'object';
}

describe('Enter', () => {
  const all = ['playbook', 'organization', 'common', 'config'].flatMap((name) => [
    ...keysIn(schemaAt(`${name}.schema.json`)),
  ]);
  const deep = new Set(all.filter(([, isDeepKey]) => isDeepKey).map(([name]) => name));
  const flat = new Set(all.map(([name]) => name).filter((name) => !deep.has(name)));

  it('goes a level deeper behind every key that holds a list or a map, and behind no other', () => {
    for (const key of deep) {
      for (const line of [`${key}:`, `    ${key}:`, `      ${key}: # why`]) {
        assert.equal(columnAfter(line), line.indexOf(key) + 2, line);
      }
      assert.equal(columnAfter(`  - ${key}:`), 6, key);
      assert.equal(columnAfter(`    ${key}: [x]`), 4, key);
    }
    for (const key of flat) {
      for (const line of [`${key}:`, `  ${key}:`, `    ${key}:`, `    ${key}: x`]) {
        assert.equal(columnAfter(line), line.indexOf(key), line);
      }
    }
  });

  it('goes to the column of the key behind the first line of an item', () => {
    for (const key of flat) {
      assert.equal(columnAfter(`  - ${key}: x y`), 4, key);
      assert.equal(columnAfter(`- ${key}: "x: y"`), 2, key);
      assert.equal(columnAfter(`  - ${key}:`), 4, key);
      assert.equal(columnAfter(`    -   ${key}: x`), 8, key);
    }
  });

  const cases: readonly [string, string, number][] = [
    ['  ada-lovelace:', '', 4],
    ['  ciso: # the head', '', 4],
    ['    ciso:', '', 6],
    ['    instructions: |', '', 6],
    ['    instructions: >-  # folded', '', 6],
    ['  - instructions: |2', '', 6],
    ['  - |', '', 4],
    ['    done_when: [', ']', 6],
    ['    pre_authorized: {', '}', 6],
    ['    impacts: [{', '}]', 6],
    // Prose of a block scalar, and other lines that are no structure.
    ['      Note:', '', 6],
    ['      Do the following:', '', 6],
    ['      1. Open the file: is it readable?', '', 6],
    ['      - item: x', '', 6],
    ['      - ports: see the plan', '', 6],
    ['      - **Bold**: text', '', 6],
    ['      see https://example.org:', '', 6],
    ['      what | means: |', '', 6],
    ['  - Users cannot open their files: why?', '', 2],
    ['  - TLP:AMBER', '', 2],
    ['# steps:', '', 0],
    ['  { service: x, effect: outage }', '', 2],
    ['', '', 0],
  ];
  for (const [line, rest, column] of cases) {
    it(`in ${JSON.stringify(line)}${rest && ` before ${rest}`}`, () => assert.equal(columnAfter(line, rest), column));
  }
});
