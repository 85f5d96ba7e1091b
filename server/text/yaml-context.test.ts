import assert from 'node:assert/strict';
import { dedent } from '../../test/harness/fixture.js';
import { yamlContextAt } from './yaml-context.js';

/** Takes a text with the cursor as `$0`. Gives the context in a line. */
function at(source: string): string {
  const marked = dedent(source);
  const offset = marked.indexOf('$0');
  const context = yamlContextAt(marked.slice(0, offset) + marked.slice(offset + 2), offset);
  if (!context) return 'nowhere';
  const siblings = [...context.siblings].sort().join(' ');
  return `${context.position} at ${context.path.join('.') || 'top'}${context.prefix ? ` "${context.prefix}"` : ''}${siblings ? ` beside ${siblings}` : ''}`;
}

describe('where the cursor is', () => {
  const cases: readonly [string, string][] = [
    ['$0', 'key at top'],
    ['id: a\nti$0', 'key at top "ti" beside id'],
    ['id: a\nseverity: hi$0\ntitle: b', 'value at severity "hi"'],
    ['steps:\n  - id: a\n    ow$0\n    within: 1h\n  - id: b\n    title: x', 'key at steps.[] "ow" beside id within'],
    ['steps:\n  - id: a\n  - $0', 'item at steps.[]'],
    ['steps:\n- id: a\n  phase: $0', 'value at steps.[].phase'],
    [
      'steps:\n  - id: a\n    options:\n      - id: x\n        ne$0\n    next: b',
      'key at steps.[].options.[] "ne" beside id',
    ],
    ['steps:\n  - id: a\n    consult:\n      - ci$0', 'item at steps.[].consult.[] "ci"'],
    ['steps:\n  - id: a\n    consult: [ciso, c$0]', 'item at steps.[].consult.[] "c"'],
    ['steps:\n  - id: a\n    impacts:\n      - { service: $0 }', 'value at steps.[].impacts.[].service'],
    ['steps:\n  - id: a\n    impacts: [{ service: x, $0 }]', 'key at steps.[].impacts.[] beside service'],
    ['steps:\n  - id: a\n    impacts: [{ $0, service: x }]', 'key at steps.[].impacts.[] beside service'],
    ['steps:\n  - id: a\n    instructions: |\n      Look.\n      owner: $0', 'nowhere'],
    ['steps:\n  - id: a\n    instructions: |\n      Look.\n\n    ow$0', 'key at steps.[] "ow" beside id instructions'],
    ['steps:\n  - id: a\n    title: One two $0', 'value at steps.[].title "One two "'],
    ['# com$0', 'nowhere'],
    ['steps:\n  - id: a # owner: $0', 'nowhere'],
    ['roles:\n  ciso:\n    hol$0', 'key at roles.ciso "hol"'],
    ['roles:\n  ciso: { holder: $0', 'value at roles.ciso.holder'],
    ['steps:\n  - id: a\n    pre_authorized: {\n      by: x,\n      $0', 'key at steps.[].pre_authorized beside by'],
    ['steps:\n  - { id: a, owner: $0, within: 1h }', 'value at steps.[].owner'],
    ['a:\n  - - $0', 'item at a.[].[]'],
    ['a: { b:c$0', 'key at a "b:c"'],
  ];
  for (const [source, expected] of cases) {
    it(`${JSON.stringify(source)}`, () => assert.equal(at(source), expected));
  }
});
