/** VS Code in Restricted Mode: git is asked nothing before the user trusts the folder. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commitAll, git } from '../harness/git.js';
import { until, VscodeWindow } from './window.js';

describe('a folder that is not trusted, in VS Code', () => {
  let window: VscodeWindow;
  let commit = '';
  const row = (text: string) => window.page.locator('.quick-input-list .monaco-list-row', { hasText: text });

  before(async () => {
    window = await VscodeWindow.open({
      openFile: 'playbooks/ddos.incident-playbook.yaml',
      restricted: true,
      before(workspace) {
        commitAll(workspace);
        commit = git(workspace, 'rev-parse', '--short=12', 'HEAD');
      },
    });
    await window.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    // A hint of the graph's lens stands there once the server has read the playbook.
    await window.page.locator('.codelens-decoration').first().waitFor();
  });
  after(() => window.close());

  /** What the binder's cover says. */
  async function exported(): Promise<string> {
    const target = join(window.workspace, 'crisis-binder.html');
    rmSync(target, { force: true });
    await window.run('Incident Playbooks: Export Crisis Binder…');
    await row('Ransomware in the office network').waitFor();
    await window.page.keyboard.press('Enter');
    await row('opens anywhere without a network').click();
    await row('for the house').click();
    const suggested = window.page.locator('.quick-input-widget input.input');
    await until(async () => (await suggested.inputValue()) === target, 'the suggested name');
    await window.page.keyboard.press('Enter');
    await until(async () => existsSync(target) && readFileSync(target, 'utf8').includes('</html>'), 'the binder');
    return readFileSync(target, 'utf8');
  }

  it('has no revision on its binders until it is trusted', async () => {
    const restricted = await exported();
    assert.match(restricted, /Revision[\s\S]{0,80}not known/);
    assert.ok(!restricted.includes(commit));
    await window.run('Workspaces: Manage Workspace Trust');
    await window.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
    await window.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor({ state: 'detached' });
    await until(async () => (await exported()).includes(commit), 'the revision');
  });
});
