import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
});
