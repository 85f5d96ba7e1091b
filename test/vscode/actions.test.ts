/** What can be done to a playbook in real VS Code: actions, rename, references, calls, formatting. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { until, VscodeWindow } from './window.js';

const NAMES = ['roles', 'waivers', 'extract', 'sort', 'rename', 'uses', 'format'];
const textOf = (id: string) => `format: playbook/v1
id: ${id}
title: A stolen laptop
severity: low
accountable: ciso
steps:
  - id: tell
    title: Tell the owner
    owner: ciso
    within: 15m
    instructions: Tell the owner.
    impacts: none
    next: end
  - id: look
    title: Look at the laptop
    owner: works-council
    within: 15m
    instructions: Look at it.
    impacts: none
    next: lock
  - id: lock
    title: Lock the account
    phase: containment
    owner: ciso
    within: 5m
    instructions: Lock it.
    impacts: none
    next: tell
start: look
`;

describe('what can be done to a playbook in VS Code', () => {
  let window: VscodeWindow;
  let file = '';
  const text = (name = file) => readFileSync(join(window.workspace, name), 'utf8');
  const lineOf = (part: string) =>
    textOf('')
      .split('\n')
      .findIndex((line) => line.includes(part)) + 1;
  const menu = (title: string) => window.page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
  const input = () => window.page.locator('.quick-input-widget input.input');
  const press = (...keys: string[]) =>
    keys.reduce((before, key) => before.then(() => window.page.keyboard.press(key)), Promise.resolve());

  /** Opens a playbook of the test's own. */
  async function open(name: string, line: number): Promise<void> {
    file = `playbooks/${name}.incident-playbook.yaml`;
    await window.openFile(`${name}.incident-playbook.yaml`);
    await window.goToLine(line);
  }

  before(async () => {
    window = await VscodeWindow.open({
      openFile: 'playbooks/roles.incident-playbook.yaml',
      before: (workspace) => {
        for (const name of NAMES)
          writeFileSync(join(workspace, `playbooks/${name}.incident-playbook.yaml`), textOf(name));
      },
    });
    await window.seesProblem('No file defines the role "works-council"');
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await window.picture(`failed ${this.currentTest.title}`);
    await press('Escape', 'Escape');
  });
  after(() => window.close());

  it('creates a role in the file of the organisation', async () => {
    await open('roles', lineOf('owner: works-council'));
    const create = menu('Create the role "works-council" in northwind.incident-org.yaml');
    await window.openLightBulb(lineOf('owner: works-council'), create);
    await window.picture('create-role');
    await create.click();
    await window.seesNoProblem('No file defines the role "works-council"');
    await window.run('File: Save All Files');
    await until(
      async () =>
        /\n {2}works-council:\n {4}title: Works council\n/.test(text('organization/northwind.incident-org.yaml')),
      'the role',
    );
  });

  it('asks who waives a finding, why and until when', async () => {
    await open('waivers', lineOf('id: lock'));
    const waive = menu('Waive this finding (done-criteria-missing)…');
    await window.openLightBulb(lineOf('id: lock'), waive);
    await waive.click();
    await input().waitFor();
    await window.picture('waive-1-owner');
    await press('Enter');
    await window.page.locator('.quick-input-widget', { hasText: 'Why is the risk accepted?' }).waitFor();
    await window.page.keyboard.type('The lock is seen: at once');
    await window.picture('waive-2-reason');
    await press('Enter');
    await window.page.locator('.quick-input-widget', { hasText: 'Until when?' }).waitFor();
    await input().fill('2020-01-01');
    await window.page.locator('.quick-input-widget', { hasText: 'This day has passed.' }).waitFor();
    await window.picture('waive-3-end');
    const end = new Date(Date.now() + 90 * 86_400_000).toISOString().slice(0, 10);
    await input().fill(end);
    await press('Enter');
    const written = `waivers:\n  - rule: done-criteria-missing\n    at: lock\n    owner: ciso\n    reason: "The lock is seen: at once"\n    expires: ${end}\n`;
    await until(async () => {
      await press('Control+s');
      return text().endsWith(written);
    }, 'the waiver');
  });

  it('extracts steps into a playbook of their own, and says why it does not', async () => {
    await open('extract', lineOf('id: lock'));
    const extract = menu('Extract this step into a playbook of its own');
    await window.openMenu(extract, async () => {
      await window.goToLine(lineOf('id: lock'));
      for (let line = 0; line < 5; line++) await press('Shift+ArrowDown');
      await press('Control+Shift+r');
    });
    await window.picture('extract');
    await extract.click();
    const created = 'playbooks/lock.incident-playbook.yaml';
    await until(async () => existsSync(join(window.workspace, created)), 'the new file');
    await window.run('File: Save All Files');
    await until(async () => /playbook: lock\n {4}next: tell\n/.test(text()), 'the call');
    assert.match(text(created), /^format: playbook\/v1\nid: lock\ntitle: Lock the account\n[\s\S]*next: end\n$/);
  });

  it('sorts the steps in the order of the flow', async () => {
    await open('sort', 1);
    const sort = menu('Sort the steps in the order of the flow');
    await window.openMenu(sort, () => window.run('Source Action...'));
    await sort.click();
    await press('Control+s');
    await until(
      async () => [...text().matchAll(/- id: (\w+)/g)].map(([, id]) => id).join() === 'look,lock,tell',
      'the order',
    );
  });

  it('renames a step everywhere', async () => {
    await open('rename', lineOf('next: lock'));
    await press('End', 'ArrowLeft', 'F2');
    const name = window.page.locator('.rename-box input');
    await name.waitFor();
    await window.picture('rename');
    await name.fill('lock-account');
    await press('Enter');
    await until(async () => {
      await press('Control+s');
      return text().includes('next: lock-account') && text().includes('- id: lock-account');
    }, 'the new name');
  });

  it('shows where a role is used, and what a step is called from', async () => {
    await open('uses', lineOf('accountable: ciso'));
    await press('End', 'ArrowLeft', 'Shift+F12');
    await window.page.locator('.peekview-widget .monaco-list-row', { hasText: 'accountable: ciso' }).first().waitFor();
    await window.picture('references');
    await press('Escape');
    await window.goToLine(lineOf('id: lock'));
    await press('End', 'ArrowLeft');
    await window.run('Peek Call Hierarchy');
    await window.page.locator('.peekview-widget', { hasText: 'Look at the laptop' }).first().waitFor();
    await window.picture('call-hierarchy');
    await press('Escape');
  });

  it('formats the text and folds steps', async () => {
    await open('format', lineOf('title: Tell the owner'));
    await press('End');
    await window.page.keyboard.type('   ');
    await press('Control+s');
    await until(async () => text().includes('owner   \n'), 'the blanks to be saved');
    await window.run('Format Document');
    await until(async () => {
      await press('Control+s');
      return text() === textOf('format');
    }, 'the blanks to vanish');
    await press('Control+k', 'Control+0');
    await until(
      async () => (await window.page.locator('.view-line', { hasText: 'Lock it.' }).count()) === 0,
      'the fold',
    );
    await window.picture('folded');
  });
});
