/** The crisis binder, exported from VS Code. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until, VscodeWindow } from './window.js';

describe('Export Crisis Binder… in VS Code', () => {
  let window: VscodeWindow;
  const row = (text: string) => window.page.locator('.quick-input-list .monaco-list-row', { hasText: text });

  before(async () => {
    window = await VscodeWindow.open({ openFile: 'playbooks/ransomware.incident-playbook.yaml' });
    await window.seesProblem('role');
  });
  after(() => window.close());

  it('asks which playbooks, in which form, for whom and where to, and writes the binder', async () => {
    await window.run('Incident Playbooks: Export Crisis Binder…');
    await row('Ransomware in the office network').waitFor();
    await window.picture('binder-playbooks');
    // All are chosen at first: one is left out.
    await row('Privileged insider copies or sabotages data').click();
    await window.page.keyboard.press('Enter');
    await row('to be printed: page references').click();
    await row('for the house').click();
    const target = join(window.workspace, 'crisis-binder.pdf');
    const suggested = window.page.locator('.quick-input-widget input.input');
    await until(async () => (await suggested.inputValue()) === target, 'the suggested name');
    await window.page.keyboard.press('Enter');
    await until(async () => existsSync(target) && readFileSync(target).includes('%%EOF'), 'the binder');
    await window.run('Notifications: Show Notifications');
    await window.page
      .locator('.notifications-center', { hasText: 'The binder was written to crisis-binder.pdf' })
      .waitFor();
    await window.picture('binder-written');
    const pdf = readFileSync(target).toString('latin1');
    assert.match(pdf, /^%PDF-1\.7/);
    assert.ok((pdf.match(/\/Type \/Page\b/g)?.length ?? 0) > 100);
  });
});
