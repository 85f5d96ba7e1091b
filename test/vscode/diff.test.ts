/** A diff in real VS Code: its old side is no file of the workspace, and nothing of it is reported. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until, VscodeWindow } from './window.js';

const FILE = 'playbooks/ddos.incident-playbook.yaml';

describe('a diff in VS Code', () => {
  let window: VscodeWindow;
  const problems = async () => (await window.page.locator('#status\\.problems').textContent()) ?? '';

  before(async () => {
    window = await VscodeWindow.open({
      openFile: FILE,
      before(workspace) {
        const git = (...args: string[]) =>
          spawnSync('git', ['-c', 'user.name=Priya', '-c', 'user.email=p@example.org', ...args], { cwd: workspace });
        git('init', '-q');
        git('add', '.');
        assert.equal(git('commit', '-qm', 'Playbooks').status, 0);
        const path = join(workspace, FILE);
        writeFileSync(path, readFileSync(path, 'utf8').replace('authority: soc-lead', 'authority: soc-analyst'));
      },
    });
    await window.tab('ddos.incident-playbook.yaml').waitFor();
    await window.seesProblem('No file defines the service "hr-payrol"');
  });
  after(() => window.close());

  it('explains the old side, and reports nothing of it', async () => {
    const before = await problems();
    await window.page.locator('.editor-actions .action-label[aria-label="Open Changes"]').click();
    const old = window.page.locator('.editor.original .view-line', { hasText: /owner:\s*network-lead/ }).first();
    await old.waitFor();
    await until(async () => {
      await window.page.mouse.move(0, 0);
      await old.getByText('network-lead').hover();
      return window.page
        .locator('.monaco-hover', { hasText: 'Held by Piotr Zielinski' })
        .first()
        .waitFor({ timeout: 3000 })
        .then(
          () => true,
          () => false,
        );
    }, 'the hover on the old side');
    await window.page.mouse.move(0, 0);
    await window.seesNoProblem('No file defines the role "network-lead"');
    await window.seesNoProblem('defined twice');
    assert.equal(await problems(), before);
    await window.picture('diff');
  });

  it('leaves nothing behind when it is closed', async () => {
    await window.run('View: Close All Editors');
    await until(async () => (await window.page.locator('.tabs-container .tab').count()) === 0, 'the editors to close');
    await window.seesProblem('No file defines the service "hr-payrol"');
    await window.seesNoProblem('No file defines the role "network-lead"');
  });

  it('knows the organisation in a text that was not saved, and does not report on it', async () => {
    await window.run('Create: New File...');
    await window.page.keyboard.press('Enter');
    await window.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
    await window.run('Change Language Mode');
    await window.page.keyboard.type('Incident Playbook');
    await window.page.keyboard.press('Enter');
    await window.page.locator('#status\\.editor\\.mode', { hasText: 'Incident Playbook' }).waitFor();
    await window.focusEditor();
    await window.page.keyboard.insertText(
      'format: playbook/v1\nid: new\naccountable: network-lead\nauthor: nobody-at-all\n',
    );
    await window.page.locator('.view-line', { hasText: /accountable:\snetwork-lead.*Piotr\sZielinski/ }).waitFor();
    await window.picture('untitled');
    await window.seesNoProblem('nobody-at-all');
  });
});
