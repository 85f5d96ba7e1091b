import assert from 'node:assert/strict';
import { generatePlaybook, randomFrom } from '../../test/bench/generate-playbook.js';
import { TODAY } from '../../test/harness/workspace.js';
import { check } from '../check/check.js';
import { Snapshot } from './snapshot.js';

const ORGANIZATION = `format: organization/v1
people:
  c: { name: C }
roles:
  soc: { holder: c }
services:
  mail: { title: Mail, depends_on: [web-shop] }
`;

describe('snapshots that follow each other', () => {
  it('find what a fresh one finds, whatever was edited in between', () => {
    const random = randomFrom(11);
    const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
    const fragments = [
      '\n',
      '  - ',
      'id: ',
      'owner: soc\n',
      '    owner: soc\n',
      ': |\n',
      '"',
      '{',
      '}',
      '# ',
      'x',
      ' ',
      '&a ',
      '*a',
      'next: step-3',
      '- id: new\n',
    ];
    const uris = ['file:///a.yaml', 'file:///b.yaml', 'file:///o.yaml', 'file:///.incident-playbooks.yaml'];
    const texts = new Map<string, string>([
      ['file:///a.yaml', generatePlaybook(6, 1)],
      ['file:///b.yaml', generatePlaybook(6, 2).replace('instructions: |', 'playbook: generated-6-1\n    x: |')],
      ['file:///o.yaml', ORGANIZATION],
      ['file:///.incident-playbooks.yaml', 'profile: review\n'],
    ]);
    const folders = ['file:///'];
    let snapshot = Snapshot.empty(TODAY).with({ folders, files: texts });
    for (let edit = 0; edit < 200; edit++) {
      const uri = pick(uris);
      const text = texts.get(uri) ?? '';
      const at = Math.floor(random() * (text.length + 1));
      const removed = random() < 0.5 ? Math.floor(random() * 20) : 0;
      const next = text.slice(0, at) + (random() < 0.7 ? pick(fragments) : '') + text.slice(at + removed);
      texts.set(uri, next);
      snapshot = snapshot.with({ files: new Map([[uri, next]]) });
      const fresh = Snapshot.empty(TODAY).with({ folders, files: texts });
      for (const one of uris) assert.deepEqual(check(snapshot, one), check(fresh, one), `${one} after edit ${edit}`);
    }
  }).timeout(60_000);
});
