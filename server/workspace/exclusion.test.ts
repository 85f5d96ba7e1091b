import assert from 'node:assert/strict';
import { parseFixture } from '../../test/harness/fixture.js';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { check } from '../check/check.js';
import { referencesAt } from '../features/navigation.js';
import { rename } from '../features/rename.js';
import { workspaceSymbols } from '../features/symbols.js';
import { definitionOf, idsFor, playbookIdsOf } from './definitions.js';
import { dependantsOf } from './dependants.js';
import { isExcluded, takingPart } from './exclusion.js';
import type { Reader } from './fact.js';

const ORGANIZATION = `format: organization/v1
people:
  on-call: { name: SOC on call, rota: true, contacts: [{ kind: phone, value: "1" }] }
roles:
  soc: { title: SOC, holder: on-call }
`;
const PLAYBOOK = `format: playbook/v1
id: watch
title: Watch the flows
accountable: soc
severity: low
steps:
  - id: look
    title: Look at it
    phase: containment
    owner: soc
    instructions: Look.
    impacts: none
    done_when: [Seen]
`;

function workspace(config: string, more = '') {
  return snapshotOf(
    parseFixture(`
#- .incident-playbooks.yaml
${config}
#- a.incident-playbook.yaml
${PLAYBOOK}
#- o.incident-org.yaml
${ORGANIZATION}
#- build/a.incident-playbook.yaml
${PLAYBOOK}
#- build/o.incident-org.yaml
${ORGANIZATION}
${more}`).files,
  );
}

const rulesIn = (reader: Reader, name: string) => check(reader, uriOf(name)).map(({ rule }) => rule);
const offsetOf = (text: string, id: string) => text.indexOf(`  ${id}:`) + 2;

describe('a file that the configuration excludes', () => {
  const snapshot = workspace('exclude: [build/**]');
  const org = uriOf('o.incident-org.yaml');
  const copy = uriOf('build/o.incident-org.yaml');

  it('defines nothing, so nothing is defined twice', () => {
    assert.deepEqual(rulesIn(snapshot, 'a.incident-playbook.yaml'), []);
    assert.deepEqual(rulesIn(snapshot, 'o.incident-org.yaml'), []);
    assert.ok(rulesIn(workspace('exclude: []'), 'o.incident-org.yaml').includes('duplicate-definition'));
  });

  it('is not checked itself', () => {
    const flawed = workspace('exclude: [build/**]', `#- build/x.incident-playbook.yaml\n${PLAYBOOK}nonsense: 1\n`);
    assert.deepEqual(rulesIn(flawed, 'build/x.incident-playbook.yaml'), []);
  });

  it('is not touched by a rename, and is nowhere among references and symbols', () => {
    const at = offsetOf(ORGANIZATION, 'soc');
    const renaming = rename(snapshot, org, at, 'security');
    assert.ok('spans' in renaming);
    assert.deepEqual(new Set(renaming.spans.map(({ uri }) => uri)), new Set([org, uriOf('a.incident-playbook.yaml')]));
    assert.ok(referencesAt(snapshot, org, at, true).every(({ uri }) => !uri.includes('/build/')));
    assert.ok(workspaceSymbols(snapshot, 'soc').every(({ span }) => !span.uri.includes('/build/')));
  });

  it('takes no id away from the others', () => {
    const other = workspace(
      'exclude: [build/**]',
      `#- build/x.incident-org.yaml\n${ORGANIZATION.replace('soc:', 'taken:')}`,
    );
    assert.ok('spans' in rename(other, org, offsetOf(ORGANIZATION, 'soc'), 'taken'));
  });

  it('that is open is renamed in for itself, and cannot rename what the others define', () => {
    const own = rename(snapshot, copy, offsetOf(ORGANIZATION, 'soc'), 'security');
    assert.ok('spans' in own);
    assert.deepEqual(new Set(own.spans.map(({ uri }) => uri)), new Set([copy]));
    const called = rename(snapshot, uriOf('build/a.incident-playbook.yaml'), PLAYBOOK.indexOf('soc'), 'security');
    assert.ok('refusal' in called);
    assert.match(called.refusal, /excludes this file/);
  });

  it('is neither called nor completed, even where it has the only definition', () => {
    const files = `#- build/x.incident-org.yaml\nformat: organization/v1\nroles: { only-here: { title: Only here } }\n`;
    const only = workspace('exclude: [build/**]', files);
    const uri = uriOf('a.incident-playbook.yaml');
    assert.equal(definitionOf(only, uri, 'roles', 'only-here'), undefined);
    assert.deepEqual(idsFor(only, uri, 'roles'), ['soc']);
    assert.deepEqual([...playbookIdsOf(only, 'file:///').values()], [uri]);
  });

  it('is shown to whoever wonders why what it defines is missing', () => {
    const files = `#- build/x.incident-org.yaml
format: organization/v1
roles: { only-here: { title: Only here } }
#- build/called.incident-playbook.yaml
${PLAYBOOK.replace('id: watch', 'id: called')}
#- b.incident-playbook.yaml
${PLAYBOOK.replace('id: watch', 'id: b').replace('owner: soc', 'owner: only-here').replace('instructions: Look.', 'playbook: called')}`;
    const found = check(workspace('exclude: [build/**]', files), uriOf('b.incident-playbook.yaml'));
    const related = found.flatMap(({ rule, related }) => related.map(({ span, message }) => [rule, span.uri, message]));
    const message = 'This definition does not count, because the configuration excludes its file';
    assert.deepEqual(related, [
      ['role-undefined', uriOf('build/x.incident-org.yaml'), message],
      ['next-undefined', uriOf('build/called.incident-playbook.yaml'), message],
    ]);
  });

  it('has no dependants', () => {
    assert.deepEqual([...dependantsOf(snapshot, new Set([copy]))], [copy]);
    assert.ok(dependantsOf(snapshot, new Set([org])).size > 3);
  });

  it('counts again when the configuration says so', () => {
    const after = snapshot.with({ files: new Map([[uriOf('.incident-playbooks.yaml'), 'exclude: [other/**]\n']]) });
    assert.ok(rulesIn(after, 'o.incident-org.yaml').includes('duplicate-definition'));
    const back = after.with({ files: new Map([[uriOf('.incident-playbooks.yaml'), 'exclude: ["build/**"]\n']]) });
    assert.deepEqual(rulesIn(back, 'o.incident-org.yaml'), []);
  });
});

describe('a configuration', () => {
  it('that is excluded with its folder holds for nothing, not even as a root', () => {
    const copied = `#- build/.incident-playbooks.yaml\nroot: true\nexclude: [nothing/**]\n`;
    const snapshot = workspace('exclude: [build/**]', copied);
    assert.equal(isExcluded(snapshot, uriOf('build/a.incident-playbook.yaml')), true);
    assert.deepEqual(rulesIn(snapshot, 'build/.incident-playbooks.yaml'), []);
  });

  it('that is nearer and takes part decides alone', () => {
    const snapshot = workspace(
      'exclude: ["*.incident-org.yaml"]',
      '#- build/.incident-playbooks.yaml\nprofile: audit\n',
    );
    assert.equal(isExcluded(snapshot, uriOf('o.incident-org.yaml')), true);
    assert.equal(isExcluded(snapshot, uriOf('build/o.incident-org.yaml')), false);
  });

  it('does not leave out itself, nor the baseline beside it', () => {
    const snapshot = workspace(
      'exclude: ["**"]\nprofil: audit',
      '#- .incident-playbooks-baseline.yaml\nfindings: {}\n',
    );
    assert.deepEqual(rulesIn(snapshot, '.incident-playbooks.yaml'), ['schema']);
    assert.deepEqual(takingPart(snapshot, 'all'), [
      uriOf('.incident-playbooks-baseline.yaml'),
      uriOf('.incident-playbooks.yaml'),
    ]);
  });

  it('takes files back in', () => {
    const snapshot = workspace('exclude: [build/**, "!build/o.*"]');
    assert.equal(isExcluded(snapshot, uriOf('build/a.incident-playbook.yaml')), true);
    assert.equal(isExcluded(snapshot, uriOf('build/o.incident-org.yaml')), false);
  });

  it('understands a path in any spelling of its URI', () => {
    const snapshot = snapshotOf([
      { name: '.incident-playbooks.yaml', text: 'exclude: ["entwürfe [[]1]/*"]\n' },
      { name: 'entw%C3%BCrfe%20%5B1%5D/a.incident-playbook.yaml', text: PLAYBOOK },
    ]);
    assert.equal(isExcluded(snapshot, uriOf('entw%C3%BCrfe%20%5B1%5D/a.incident-playbook.yaml')), true);
  });

  const told = (config: string) =>
    check(workspace(config), uriOf('.incident-playbooks.yaml')).map(({ rule, severity, message, fixes }) => ({
      rule,
      severity,
      message,
      fix: fixes[0]?.edits[0]?.text,
    }));

  it('is told where a pattern is none, wherever patterns stand, with what is meant', () => {
    const [exclude, override] = told(
      `exclude: ['build\\**']\noverrides: [{ files: ["build/**.yaml"], profile: audit }]`,
    );
    assert.deepEqual([exclude?.rule, exclude?.severity, exclude?.fix], ['schema', 'error', "'build/**'"]);
    assert.deepEqual([override?.rule, override?.severity, override?.fix], ['schema', 'error', '"build/**/*.yaml"']);
  });

  it('is told of patterns that do nothing, once its folder is read', () => {
    const config = 'exclude: [biuld/**, "!build/**"]\noverrides: [{ files: [o.incident-org.yml], profile: audit }]';
    assert.deepEqual(
      told(config).map(({ rule, severity }) => `${rule} ${severity}`),
      ['pattern-idle info', 'pattern-idle info', 'pattern-idle info'],
    );
    const unread = workspace(config).with({ folders: [] });
    assert.deepEqual(rulesIn(unread, '.incident-playbooks.yaml'), []);
  });
});
