/** The language server as editors see it: a process, and messages over its standard input and output. */
import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import { DRAWING_REQUEST, type DrawingResult, EXPORT_REQUEST } from '../server/lsp/messages.js';
import { folderWith } from './harness/folder.js';
import { LanguageClient } from './harness/language-client.js';

const PLAYBOOK = `format: playbook/v1
id: cut-the-line
title: Cut the line
accountable: ciso
steps:
  - id: ask
    decision: Do we cut the line?
    owner: network-lead
    authority: ciso
    escalate_to: coo
    within: 15m
    if_no_decision: wait
    options:
      - { id: cut, label: Cut it, impacts: none, next: cut }
      - { id: wait, label: Wait, contained: false, impacts: none, next: end }
  - id: cut
    title: Cut it
    phase: containment
    owner: network-lead
    instructions: Cut.
    impacts: none
    done_when: [The line is dead]
severity: low
`;
const ORGANIZATION = `format: organization/v1
people:
  a: { name: A, contacts: [{ kind: phone, value: "1" }] }
  b: { name: B, contacts: [{ kind: phone, value: "2" }] }
  c: { name: C, contacts: [{ kind: phone, value: "3" }] }
roles:
  ciso: { holder: a, deputies: [b] }
  coo: { holder: c, deputies: [a] }
  network-lead: { holder: b, deputies: [a] }
`;
const codes = (diagnostics: readonly Diagnostic[]) => diagnostics.map(({ code }) => code);
const isEmpty = (diagnostics: readonly Diagnostic[]) => diagnostics.length === 0;

describe('the language server', () => {
  let folder: string;
  let client: LanguageClient;
  const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

  beforeEach(() => {
    folder = folderWith({ 'playbooks/a.incident-playbook.yaml': PLAYBOOK, 'org/bank.incident-org.yaml': ORGANIZATION });
  });
  afterEach(async () => {
    assert.equal(await client.stop(), 0);
    rmSync(folder, { recursive: true });
  });

  describe('pushes diagnostics to a client that does not ask', () => {
    beforeEach(async () => {
      client = await LanguageClient.start(folder);
    });

    it('when a file is opened, changed and closed', async () => {
      const uri = uriOf('playbooks/a.incident-playbook.yaml');
      await client.open(uri, PLAYBOOK.replace('    owner: network-lead\n    instructions', '    instructions'));
      const [diagnostic] = await client.pushed(uri, (found) => found.length === 1);
      assert.deepEqual(diagnostic, {
        range: { start: { line: 15, character: 8 }, end: { line: 15, character: 11 } },
        severity: 1,
        source: 'incident-playbooks',
        code: 'step-owner-missing',
        codeDescription: {
          href: 'https://github.com/incident-playbooks/incident-playbooks/blob/main/server/rules/pages/step-owner-missing.md',
        },
        message: 'Nobody owns step "cut". Name one role in "owner".',
      });
      await client.change(uri, PLAYBOOK);
      await client.pushed(uri, isEmpty);
      await client.change(uri, PLAYBOOK.replace('within: 15m', 'within: soon'));
      await client.pushed(uri, (found) => codes(found).includes('schema'));
      await client.close(uri);
      await client.pushed(uri, isEmpty);
    });

    it('when the organisation changes in the editor, on disk, and is deleted', async () => {
      const uri = uriOf('playbooks/a.incident-playbook.yaml');
      const organization = uriOf('org/bank.incident-org.yaml');
      await client.open(uri, PLAYBOOK);
      await client.pushed(uri, isEmpty);
      await client.open(organization, ORGANIZATION.replace('  ciso:', '  chief:'));
      assert.deepEqual(codes(await client.pushed(uri, (found) => found.length === 2)), Array(2).fill('role-undefined'));
      await client.close(organization);
      await client.pushed(uri, isEmpty);
      writeFileSync(join(folder, 'org/bank.incident-org.yaml'), ORGANIZATION.replace('  network-lead:', '  net:'));
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: organization, type: 2 }],
      });
      await client.pushed(uri, (found) => found.length === 2);
      rmSync(join(folder, 'org/bank.incident-org.yaml'));
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: organization, type: 3 }],
      });
      await client.pushed(uri, (found) => found.length === 5);
    });

    it('but leaves the YAML of others alone', async () => {
      const foreign = uriOf('compose.yaml');
      await client.open(foreign, 'services: { web: { image: x } }\nsteps:\n  - id: Not Ours\n', 'yaml');
      const ours = uriOf('notes.yaml');
      await client.open(ours, 'format: playbook/v1\nid: x\n', 'yaml');
      await client.pushed(ours, (found) => found.length > 0);
      assert.deepEqual(await client.pushed(foreign, isEmpty), []);
    });

    it('and keeps the findings of other steps while one is half typed', async () => {
      const uri = uriOf('playbooks/a.incident-playbook.yaml');
      const broken = PLAYBOOK.replace('    owner: network-lead\n    instructions', '    instructions').replace(
        'decision: Do we',
        'decision: "Do we',
      );
      await client.open(uri, broken);
      assert.deepEqual(codes(await client.pushed(uri, (found) => found.length === 2)), [
        'yaml-syntax',
        'step-owner-missing',
      ]);
    });

    it('and names related places', async () => {
      const uri = uriOf('playbooks/a.incident-playbook.yaml');
      await client.open(uri, PLAYBOOK.replace('id: cut\n    title', 'id: ask\n    title'));
      const found = await client.pushed(uri, (all) => codes(all).includes('step-id-duplicate'));
      const duplicate = found.find(({ code }) => code === 'step-id-duplicate');
      assert.deepEqual(
        duplicate?.relatedInformation?.map(({ location }) => [location.uri, location.range.start.line]),
        [[uri, 15]],
      );
    });
  });

  describe('answers a client that asks for diagnostics', () => {
    beforeEach(async () => {
      client = await LanguageClient.start(folder, { pull: true });
    });

    it('and tells it to ask again when another file has changed', async () => {
      const uri = uriOf('playbooks/a.incident-playbook.yaml');
      await client.open(uri, PLAYBOOK);
      assert.deepEqual(await client.pull(uri), []);
      const organization = uriOf('org/bank.incident-org.yaml');
      rmSync(join(folder, 'org/bank.incident-org.yaml'));
      await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
        changes: [{ uri: organization, type: 3 }],
      });
      await client.until(
        () => client.refreshes > 0,
        () => 'No refresh.',
      );
      assert.equal((await client.pull(uri)).length, 5);
      assert.equal(client.hasPublished(uri), false);
    });

    it('and when the organisation is edited', async () => {
      const uri = uriOf('playbooks/a.incident-playbook.yaml');
      const organization = uriOf('org/bank.incident-org.yaml');
      await client.open(uri, PLAYBOOK);
      await client.open(organization, ORGANIZATION);
      await client.pull(uri);
      const before = client.refreshes;
      await client.change(organization, ORGANIZATION.replace('  ciso:', '  chief:'));
      await client.until(
        () => client.refreshes > before,
        () => 'No refresh.',
      );
      assert.equal((await client.pull(uri)).length, 2);
    });

    it('and when a playbook that another one calls is edited, or the baseline', async () => {
      const caller = `format: playbook/v1\nid: caller\ntitle: Caller\nsteps:\n  - { id: run, playbook: cut-the-line }\n`;
      const [uri, called] = [uriOf('playbooks/b.incident-playbook.yaml'), uriOf('playbooks/a.incident-playbook.yaml')];
      const baseline = uriOf('.incident-playbooks-baseline.yaml');
      await client.open(uri, caller);
      await client.open(called, PLAYBOOK);
      await client.open(baseline, 'findings: {}\n');
      const refreshed = async (change: () => Promise<void>) => {
        const before = client.refreshes;
        await change();
        await client.until(
          () => client.refreshes > before,
          () => 'No refresh.',
        );
      };
      await refreshed(() => client.change(called, PLAYBOOK.replace('id: cut-the-line', 'id: another')));
      assert.ok(codes(await client.pull(uri)).includes('next-undefined'));
      await refreshed(() =>
        client.change(
          baseline,
          'findings:\n  playbooks/b.incident-playbook.yaml: [{ rule: next-undefined, at: run, about: cut-the-line }]\n',
        ),
      );
      assert.ok(!codes(await client.pull(uri)).includes('next-undefined'));
    });

    it('draws the graph, and sends a drawing once', async () => {
      const uri = uriOf('playbooks/a.incident-playbook.yaml');
      await client.open(uri, PLAYBOOK.replace('    owner: network-lead\n    instructions', '    instructions'));
      const draw = (known: number | null) =>
        client.connection.sendRequest<DrawingResult>(DRAWING_REQUEST, { uri, known });
      const first = await draw(null);
      assert.deepEqual(
        first.drawing?.boxes.map(({ box }) => box.key),
        ['ask', 'escalation:ask', 'cut', 'end:ask', 'end:cut'],
      );
      assert.deepEqual(
        first.drawing?.lines.map(({ line }) => line.kind),
        ['escalation', 'option', 'option', 'timeout', 'next'],
      );
      assert.deepEqual(
        first.badges.map(([key, { counts }]) => [key, ...counts.flatMap(({ severity, count }) => [severity, count])]),
        [['cut', 'error', 1]],
      );
      assert.equal(first.stale, false);
      await client.change(uri, PLAYBOOK);
      const second = await draw(first.id ?? null);
      assert.deepEqual(second.badges, []);
      assert.notEqual(second.id, undefined);
    });

    it('keeps the last good graph while the text has errors', async () => {
      const uri = uriOf('playbooks/a.incident-playbook.yaml');
      await client.open(uri, PLAYBOOK);
      const draw = (known: number | null) =>
        client.connection.sendRequest<DrawingResult>(DRAWING_REQUEST, { uri, known });
      const good = await draw(null);
      await client.change(uri, PLAYBOOK.replace('decision: Do we', 'decision: "Do we'));
      const stale = await draw(good.id ?? null);
      assert.deepEqual([stale.id, stale.stale, stale.drawing], [good.id, true, undefined]);
    });

    it('says why there is nothing to draw', async () => {
      const uri = uriOf('empty.incident-playbook.yaml');
      await client.open(uri, '');
      const { reason } = await client.connection.sendRequest<DrawingResult>(DRAWING_REQUEST, { uri, known: null });
      assert.equal(reason, 'This file is not a playbook: its first line must be "format: playbook/v1".');
    });

    it('exports', async () => {
      const uri = uriOf('playbooks/a.incident-playbook.yaml');
      await client.open(uri, PLAYBOOK);
      const { text } = await client.connection.sendRequest<{ text: string }>(EXPORT_REQUEST, { uri, format: 'svg' });
      assert.match(text, /<svg .*Do we cut the line\?/s);
    });

    it('bad files with a message each, and goes on', async () => {
      const cases: [string, string, RegExp][] = [
        ['empty', '', /The file is empty/],
        ['binary', 'format: playbook/v1\n\u0000\u0001\u0002', /control character 0x00/],
        ['huge', `format: playbook/v1\n${'# filling\n'.repeat(2_000_000)}`, /limit is 1 MiB/],
        ['tab', 'format: playbook/v1\nsteps:\n  - id: a\n\ttitle: t\n', /does not allow tabs/],
        ['v9', 'format: playbook/v9\nid: x\n', /cannot read the format "playbook\/v9"/],
      ];
      for (const [name, text, words] of cases) {
        const uri = uriOf(`${name}.incident-playbook.yaml`);
        await client.open(uri, text);
        const messages = (await client.pull(uri)).map(({ message }) => String(message));
        assert.ok(
          messages.some((message) => words.test(message)),
          `${name}: ${messages}`,
        );
      }
    }).timeout(20_000);
  });

  it('works without a folder: the files around the one that is open belong to it', async () => {
    client = await LanguageClient.start(undefined, { pull: true });
    writeFileSync(join(folder, 'playbooks/bank.incident-org.yaml'), ORGANIZATION);
    const uri = uriOf('playbooks/a.incident-playbook.yaml');
    await client.open(uri, PLAYBOOK);
    assert.deepEqual(await client.pull(uri), []);
  });

  it('refuses requests before it is initialized', async () => {
    client = LanguageClient.raw();
    await assert.rejects(client.connection.sendRequest(DRAWING_REQUEST, { uri: 'file:///a', known: null }), {
      code: -32002,
    });
    await client.connection.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {} });
  });
});
