/** What can be done with the graph in real VS Code: walking with the keyboard, lists, worst ways, finding, turning. */
import assert from 'node:assert/strict';
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeFindings } from '../harness/axe.js';
import { HOSTILE_PLAYBOOK, NASTY } from '../harness/hostile-playbook.js';
import { pngSize } from '../harness/png-size.js';
import { until, VscodeWindow } from './window.js';

const FILE = 'playbooks/insider.incident-playbook.yaml';

describe('the graph in VS Code', () => {
  let window: VscodeWindow;
  let text: string;
  const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;
  const box = (key: string) => window.graph().locator(`.box[data-key="${key}"]`);
  const button = (name: string | RegExp) => window.graph().getByRole('button', { name }).first();
  const selected = () => window.graph().locator('.box.selected').getAttribute('data-key');
  const sits = async (key: string) => {
    const { x, y } = (await box(key).boundingBox()) ?? { x: 0, y: 0 };
    return { x: Math.round(x), y: Math.round(y) };
  };

  before(async () => {
    window = await VscodeWindow.open({
      openFile: FILE,
      settings: { 'incidentPlaybooks.preview.revealOnHover': true },
      before: (workspace) =>
        writeFileSync(join(workspace, 'playbooks/hostile.incident-playbook.yaml'), HOSTILE_PLAYBOOK),
    });
    text = readFileSync(join(window.workspace, FILE), 'utf8');
    await window.run('Incident Playbooks: Open Decision Graph');
    await box('suspend').waitFor();
    await window.run('View: Close Primary Side Bar');
  });
  after(() => window.close());

  it('is walked with the arrow keys, and Enter goes to the text', async () => {
    await window
      .graph()
      .locator('.canvas')
      .click({ position: { x: 5, y: 300 } });
    await window.page.keyboard.press('Home');
    const first = await selected();
    assert.equal(await window.graph().locator('.box:focus').getAttribute('data-key'), first);
    await window.page.keyboard.press('ArrowDown');
    const second = await selected();
    assert.notEqual(second, first);
    await window.page.keyboard.press('ArrowUp');
    assert.equal(await selected(), first);
    await window.page.keyboard.press('End');
    const last = await selected();
    await window.page.keyboard.press('Enter');
    const line = lineOf(`- id: ${last}\n`);
    await until(async () => (await window.cursorLine()) === line, `line ${line}`);
  });

  it('lists the steps in words, and goes to each', async () => {
    await button('The steps as a list').click();
    const item = window.graph().locator('.steps li[data-key="suspend"]');
    await item.waitFor();
    assert.match(
      (await item.textContent()) ?? '',
      /decision, containment: Do we suspend the person.*Decides: Director of human resources/,
    );
    assert.match(
      (await item.locator('.ways-out').textContent()) ?? '',
      /Now, before the next privileged session: Step \d+, Withdraw all access/,
    );
    await window.picture('graph-steps');
    await item.locator('button').first().click();
    await until(async () => (await window.cursorLine()) === lineOf('- id: suspend\n'), 'the step');
  });

  it('lists all findings, goes to them, and opens what mends them', async () => {
    await button('All findings').click();
    const finding = window.graph().locator('.finding', { hasText: 'There is no step "review-contrls"' });
    await finding.waitFor();
    await window.picture('graph-findings');
    await finding.locator('button.fix').click();
    await window.page.locator('.action-widget .monaco-list-row', { hasText: 'Change to "review-controls"' }).waitFor();
    await window.page.keyboard.press('Escape');
    assert.equal(await window.cursorLine(), lineOf('next: review-contrls'));
  });

  it('shows a worst way with its arithmetic', async () => {
    await button('The worst ways').click();
    await button(/^To containment: .* at worst/).click();
    const onWay = window.graph().locator('.line.on-way');
    await until(async () => (await onWay.count()) >= 2, 'lines on the way');
    assert.ok((await window.graph().locator('.box.faint').count()) > 0);
    const label = window.graph().locator('.labels > .label', { hasText: 'Let the shift end' });
    assert.doesNotMatch((await label.getAttribute('class')) ?? '', /faint/);
    assert.match((await window.graph().locator('.arithmetic').textContent()) ?? '', /\+ \d+/);
    await window.picture('graph-worst-way');
    await button('The worst ways').click();
    await until(async () => (await onWay.count()) === 0, 'the way to be put away');
  });

  it('finds steps by owner, and goes from one to the next', async () => {
    const search = window.graph().locator('.search');
    await search.fill('human resources');
    await until(async () => (await window.graph().locator('.box.faint').count()) > 0, 'the others to be faint');
    await search.press('Enter');
    const one = await selected();
    await search.press('Enter');
    assert.notEqual(await selected(), one);
    await window.picture('graph-find');
    await search.press('Escape');
    assert.equal(await window.graph().locator('.box.faint').count(), 0);
  });

  it('turns from top to bottom to left to right, and back', async () => {
    await button('Fit the whole graph').click();
    const [from, to] = ['suspend', 'withdraw-access'];
    assert.ok((await sits(to)).y > (await sits(from)).y);
    await button('Turn').click();
    await until(async () => (await sits(to)).x > (await sits(from)).x + 50, 'the graph to be turned');
    await button('Fit the whole graph').click();
    await window.picture('graph-left-to-right');
    await button('Turn').click();
    await until(async () => (await sits(to)).y > (await sits(from)).y + 20, 'the graph to be turned back');
  });

  it('brings boxes together by phase and by owner', async () => {
    const names = window.graph().locator('.groups .group > text.group');
    const choice = window.graph().getByLabel('Bring boxes together');
    await choice.selectOption('phase');
    await until(async () => (await names.allTextContents()).includes('containment'), 'a band for containment');
    await button('Fit the whole graph').click();
    await window.picture('graph-phases');
    await choice.selectOption('owner');
    await until(async () => (await names.allTextContents()).includes('Forensics lead'), 'a lane for an owner');
    await button('Fit the whole graph').click();
    await window.picture('graph-owners');
    await choice.selectOption('none');
    await until(async () => (await names.count()) === 0, 'the lanes to be gone');
  });

  it('shows in the text what the pointer rests on', async () => {
    await window.goToLine(1);
    await button('Fit the whole graph').click();
    await box('suspend').hover();
    await window.page
      .locator('.view-line', { hasText: /id:.suspend/ })
      .first()
      .waitFor();
    await window.focusEditor();
    assert.equal(await window.cursorLine(), 1);
  });

  it('shows only the steps of an owner, an authority, a phase or a service', async () => {
    const filter = window.graph().getByLabel('Show only an owner');
    await filter.selectOption('Decides:Director of human resources');
    await until(async () => (await window.graph().locator('.box.faint').count()) > 0, 'the others to be faint');
    assert.doesNotMatch((await box('suspend').getAttribute('class')) ?? '', /faint/);
    await filter.selectOption('Phase:detection');
    assert.match((await box('suspend').getAttribute('class')) ?? '', /faint/);
    await filter.selectOption('All steps');
    assert.equal(await window.graph().locator('.box.faint').count(), 0);
  });

  it('selects several boxes here and in the text', async () => {
    await button('Fit the whole graph').click();
    await box('suspend').click();
    await box('withdraw-access').click({ modifiers: ['Control'] });
    await until(async () => (await window.graph().locator('.box.selected').count()) === 2, 'two selected boxes');
    const status = window.page.locator('#status\\.editor\\.selection');
    await until(async () => /2 selections/.test((await status.textContent()) ?? ''), 'two cursors');
    await window.goToLine(lineOf('- id: suspend\n'));
    for (let line = 0; line < 40; line++) await window.page.keyboard.press('Shift+ArrowDown');
    await until(async () => (await window.graph().locator('.box.selected').count()) >= 2, 'the boxes of the selection');
    await window.page.keyboard.press('ArrowUp');
  });

  it('keeps boxes in their order when a step is added', async () => {
    await button('Fit the whole graph').click();
    const keys = await window
      .graph()
      .locator('.content .box')
      .evaluateAll((boxes) => boxes.map((one) => one.getAttribute('data-key') ?? ''));
    const layers = async () => Promise.all(keys.map(async (key) => ({ key, ...(await sits(key)) })));
    const before = await layers();
    // The line above is blank.
    await window.goToLine(lineOf('- id: suspend\n') - 1);
    await window.page.keyboard.insertText('  - { id: added, instructions: Added., next: suspend }');
    await box('added').waitFor();
    const after = await layers();
    const swapped = before.flatMap((a) =>
      before
        .filter((b) => {
          const [a2, b2] = [after.find(({ key }) => key === a.key), after.find(({ key }) => key === b.key)];
          const sameLayer = Math.abs(a.y - b.y) < 2 && a2 && b2 && Math.abs(a2.y - b2.y) < 2;
          return sameLayer && a.x < b.x && a2.x > b2.x;
        })
        .map((b) => `${a.key} ${b.key}`),
    );
    assert.deepEqual(swapped, []);
    await window.picture('graph-step-added');
    await window.page.keyboard.press('Control+z');
  });

  it('is exported from its page, as a picture too', async () => {
    await button('Export the playbook, or a picture').click();
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'PNG picture' }).click();
    const target = join(window.workspace, 'playbooks', 'insider.png');
    const suggested = window.page.locator('.quick-input-widget input.input');
    await until(async () => (await suggested.inputValue()) === target, 'the suggested name');
    await window.page.keyboard.press('Enter');
    await until(async () => existsSync(target), 'the picture');
    const size = pngSize(readFileSync(target));
    const shown = await window
      .graph()
      .locator('.content')
      .evaluate((node) => {
        const { width, height } = (node as unknown as { getBBox(): { width: number; height: number } }).getBBox();
        return { width, height };
      });
    assert.ok(size.width > shown.width * 1.9 && size.height > shown.height * 1.9, JSON.stringify([size, shown]));
    const folder = process.env['SCREENSHOTS'];
    if (folder) copyFileSync(target, join(folder, 'graph-exported.png'));
  });

  it('is a page that axe finds no fault with, whatever is open beside it', async () => {
    for (const tab of ['The steps as a list', 'All findings', 'The worst ways']) {
      await button(tab).click();
      assert.deepEqual(await axeFindings(await window.frameWith('.canvas')), []);
    }
  });

  it('stays with its playbook when it is locked, and follows the editor again', async () => {
    const title = () => window.page.locator('.tabs-container .tab', { hasText: 'Graph: ' });
    await title().click();
    await window.page.locator('.editor-actions a[aria-label^="Lock or Unlock"]:visible').click();
    await title().filter({ hasText: '[Graph: Privileged insider' }).waitFor();
    await window.focusEditor();
    await window.openFile('ddos.incident-playbook.yaml');
    await window.goToLine(5);
    assert.equal(await title().filter({ hasText: 'Privileged insider' }).count(), 1);
    await title().click();
    await window.page.locator('.editor-actions a[aria-label^="Lock or Unlock"]:visible').click();
    await window.focusEditor();
    await window.openFile('insider.incident-playbook.yaml');
    await window.openFile('ddos.incident-playbook.yaml');
    await title().filter({ hasNotText: 'Privileged insider' }).waitFor();
    await title().first().click();
    await window.run('View: Close Editor');
  });

  it('shows hostile texts as text', async () => {
    await window.openFile('hostile.incident-playbook.yaml');
    await window.run('Incident Playbooks: Open Decision Graph');
    await box('ask').waitFor();
    await button('The steps as a list').click();
    const said = (await window.graph().locator('.steps').textContent()) ?? '';
    assert.ok(said.includes(NASTY) && said.includes('\ufffdgnp.exe'), said);
    assert.match((await box('ask').textContent()) ?? '', /<script>/);
    assert.equal(await window.graph().locator('main script, img, a, [onerror]').count(), 0);
    assert.doesNotMatch((await window.graph().locator('body').textContent()) ?? '', /\u202e/);
    await window.picture('graph-hostile');
    await button('The steps as a list').click();
    await window.page.locator('.tabs-container .tab', { hasText: 'Graph: ' }).first().click();
    await window.run('View: Close Editor');
  });

  it('opens the graph of a playbook that a step calls', async () => {
    await window.openFile('ransomware.incident-playbook.yaml');
    await window.run('Incident Playbooks: Open Decision Graph');
    await window.graph().locator('.box.call').first().waitFor();
    await button('The steps as a list').click();
    const call = window.graph().locator('.steps li.call').first();
    await call.getByText('Open its graph').click();
    // The title is that of the playbook that is drawn.
    await window.page.locator('.tabs-container .tab.active', { hasText: '[Graph: Active Directory' }).waitFor();
    await window.run('View: Close Editor');
  });

  it('is an editor of its own that a playbook can be opened with', async () => {
    await window.closeAllEditors();
    await window.openFile('ransomware.incident-playbook.yaml');
    await window.run('View: Reopen Editor With...');
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'Decision Graph' }).click();
    await window.graph().locator('.content .box.decision').first().waitFor();
    await window.picture('graph-as-editor');
    assert.equal(await window.page.locator('.monaco-editor .view-line', { hasText: 'format: playbook' }).count(), 0);
  });
});
