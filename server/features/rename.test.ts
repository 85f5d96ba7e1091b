import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomFrom } from '../../test/bench/generate-playbook.js';
import { samples } from '../../test/harness/paths.js';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { check } from '../check/check.js';
import { treeOf } from '../workspace/files.js';
import { occurrencesIn } from './occurrences.js';
import { rename } from './rename.js';

type Texts = ReadonlyMap<string, string>;

function renamed(texts: Texts, name: string, offset: number, id: string): Texts {
  const snapshot = snapshotOf([...texts].map(([one, text]) => ({ name: one, text })));
  const renaming = rename(snapshot, uriOf(name), offset, id);
  if ('refusal' in renaming) throw new Error(renaming.refusal);
  const after = new Map(texts);
  for (const { uri, start, end } of [...renaming.spans].sort((a, b) => b.start - a.start)) {
    const file = uri.slice(uriOf('').length);
    const text = after.get(file) ?? '';
    after.set(file, text.slice(0, start) + id + text.slice(end));
  }
  return after;
}

describe('rename', () => {
  const texts: Texts = new Map(
    ['playbooks', 'organization'].flatMap((folder) =>
      readdirSync(join(samples, folder)).map((name): [string, string] => [
        name,
        readFileSync(join(samples, folder, name), 'utf8'),
      ]),
    ),
  );

  it('changes no finding but for the id, and its inverse restores every text', () => {
    const random = randomFrom(3);
    const rulesOf = (some: Texts) => {
      const snapshot = snapshotOf([...some].map(([name, text]) => ({ name, text })));
      return [...some.keys()]
        .flatMap((name) => check(snapshot, uriOf(name)).map(({ rule }) => `${name} ${rule}`))
        .sort();
    };
    const before = rulesOf(texts);
    const names = [...texts.keys()];
    for (let run = 0; run < 40; run++) {
      const name = names[Math.floor(random() * names.length)] ?? '';
      const snapshot = snapshotOf([...texts].map(([one, text]) => ({ name: one, text })));
      const all = occurrencesIn(snapshot, uriOf(name)).filter(({ kind }) => kind !== 'rule');
      const chosen = all[Math.floor(random() * all.length)];
      const span = chosen && treeOf(snapshot, uriOf(name))?.spanOf(chosen.place);
      if (!chosen || !span) continue;
      const there = renamed(texts, name, span.start + 1, 'quite-another-id');
      assert.notDeepEqual(there, texts);
      assert.deepEqual(rulesOf(there), before, `${chosen.kind} ${chosen.id} in ${name}`);
      const after = snapshotOf([...there].map(([one, text]) => ({ name: one, text })));
      const again = occurrencesIn(after, uriOf(name)).find(({ id }) => id === 'quite-another-id');
      const place = again && treeOf(after, uriOf(name))?.spanOf(again.place);
      assert.ok(place);
      assert.deepEqual(renamed(there, name, place.start + 1, chosen.id), texts);
    }
  }).timeout(120_000);
});
