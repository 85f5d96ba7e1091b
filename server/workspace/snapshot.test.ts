import assert from 'node:assert/strict';
import { generatePlaybook, randomFrom } from '../../test/bench/generate-playbook.js';
import { TODAY } from '../../test/harness/workspace.js';
import { check } from '../check/check.js';
import { definitionOf, playbookIdsOf } from './definitions.js';
import { statusOf } from './files.js';
import { scopeOf } from './scope.js';
import { Snapshot, urisOf } from './snapshot.js';

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

describe('a stand-in', () => {
  const playbook = (role: string) =>
    `format: playbook/v1\nid: a\nsteps:\n  - { id: look, owner: ${role}, instructions: Look. }\n`;
  const files = new Map([
    ['file:///w/a.incident-playbook.yaml', playbook('soc')],
    ['file:///w/o.incident-org.yaml', ORGANIZATION],
  ]);
  const standIn = (text: string) => ({ text, standsFor: 'file:///w/a.incident-playbook.yaml' });
  const start = () => Snapshot.empty(TODAY).with({ folders: ['file:///w/'], files });

  it('has the kind and the scope of its file, with itself in its place, and is none of the files', () => {
    const snapshot = start().with({ standIns: new Map([['git:/w/a', standIn(playbook('gone'))]]) });
    assert.equal(statusOf(snapshot, 'git:/w/a').kind, 'playbook');
    assert.equal(playbookIdsOf(snapshot, scopeOf(snapshot, 'git:/w/a')).get('a'), 'git:/w/a');
    assert.equal(playbookIdsOf(snapshot, 'file:///w/').get('a'), 'file:///w/a.incident-playbook.yaml');
    assert.equal(definitionOf(snapshot, 'git:/w/a', 'roles', 'soc')?.uri, 'file:///w/o.incident-org.yaml');
    assert.deepEqual(urisOf(snapshot), [...files.keys()]);
    assert.deepEqual(check(snapshot, 'git:/w/a'), []);
  });

  it('may become a file and be one no longer', () => {
    const uri = 'memfs:/w/b.incident-playbook.yaml';
    const codes = (snapshot: Snapshot) => check(snapshot, uri).map(({ rule }) => rule);
    const before = start().with({ standIns: new Map([[uri, standIn(playbook('gone'))]]) });
    assert.deepEqual(codes(before), []);
    const file = before.with({ files: new Map([[uri, playbook('gone')]]), standIns: new Map([[uri, undefined]]) });
    assert.ok(codes(file).includes('role-undefined'));
    const again = file.with({
      files: new Map([[uri, undefined]]),
      standIns: new Map([[uri, standIn(playbook('gone'))]]),
    });
    assert.deepEqual(codes(again), []);
    assert.equal(statusOf(again, uri).kind, 'playbook');
    const closed = again.with({ standIns: new Map([[uri, undefined]]) });
    assert.equal(statusOf(closed, uri).kind, 'foreign');
  });
});
