/** The extension in real VS Code, in a real browser: findings, the graph, the way back to the text. */
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeFindings } from '../harness/axe.js';
import { until, VscodeWindow } from './window.js';

const FILE = 'insider.incident-playbook.yaml';

describe('the extension in VS Code', () => {
  let window: VscodeWindow;
  let text: string;
  const lineOf = (part: string) => text.slice(0, text.indexOf(part)).split('\n').length;

  before(async () => {
    window = await VscodeWindow.open({ openFile: `playbooks/${FILE}` });
    text = readFileSync(join(window.workspace, 'playbooks', FILE), 'utf8');
    await window.tab(FILE).waitFor();
  });
  after(() => window.close());

  it('knows the language by the suffix, and says that it checks', async () => {
    await window.page.locator('#status\\.editor\\.mode', { hasText: 'Incident Playbook' }).waitFor();
    await window.page.locator('#status\\.languageStatus').waitFor();
  });

  it('shows the planted flaws as problems', async () => {
    await window.seesProblem('No file defines the service "hr-payrol"');
    await window.seesProblem('No way from the start leads to step');
  });

  it('lets a finding vanish when it is mended, and appear again', async () => {
    const line = lineOf('next: review-contrls');
    await window.seesProblem('There is no step "review-contrls"');
    await window.goToLine(line);
    await window.page.keyboard.press('End');
    for (let count = 0; count < 'review-contrls'.length; count++) await window.page.keyboard.press('Backspace');
    await window.page.keyboard.type('review-controls');
    await window.seesNoProblem('There is no step "review-contrls"');
    await window.goToLine(line);
    await window.page.keyboard.press('End');
    for (let count = 0; count < 'controls'.length; count++) await window.page.keyboard.press('Backspace');
    await window.page.keyboard.type('contrls');
    await window.seesProblem('There is no step "review-contrls"');
  });

  it('opens the graph beside the text, with a box for every step', async () => {
    await window.run('Incident Playbooks: Open Decision Graph');
    const boxes = window.graph().locator('.content .box:not(.end):not(.escalation)');
    await boxes.first().waitFor();
    const steps = [...text.slice(text.indexOf('\nsteps:')).matchAll(/^ {2}- id: /gm)].length;
    await until(async () => (await boxes.count()) === steps, `${steps} boxes`);
    assert.ok((await window.graph().locator('.content .box.decision').count()) >= 3);
    assert.ok((await window.graph().locator('.content .badge.error').count()) >= 3);
    assert.ok((await window.graph().locator('.content .line.timeout').count()) >= 1);
    assert.equal(await window.graph().locator('.content .line.failure').count(), 1);
  });

  it('goes to the line of a box that is clicked', async () => {
    await window.graph().locator('button[title^="Fit"]').click();
    await window.graph().locator('.box[data-key="suspend"] .outline').click();
    const line = lineOf('  - id: suspend\n');
    await until(async () => (await window.cursorLine()) === line, `the cursor on line ${line}`);
  });

  it('marks the box of the step that the cursor is in', async () => {
    await window.goToLine(lineOf('- id: withdraw-access') + 2);
    await window.graph().locator('.box[data-key="withdraw-access"].selected').waitFor();
    assert.equal(await window.graph().locator('.box.selected').count(), 1);
  });

  it('keeps the last good graph while the text has errors, and says so', async () => {
    const line = lineOf('title: Withdraw all access');
    await window.goToLine(line);
    await window.page.keyboard.press('End');
    await window.page.keyboard.press('Home');
    for (let count = 0; count < 'title: '.length; count++) await window.page.keyboard.press('ArrowRight');
    await window.page.keyboard.type("'");
    await window.graph().locator('.notice', { hasText: 'The text has errors' }).waitFor();
    await window.graph().locator('.box[data-key="withdraw-access"]').waitFor();
    await window.page.keyboard.press('Control+z');
    await window.graph().locator('body:not(.stale)').waitFor({ state: 'attached' });
  });

  it('zooms, and keeps its frame while somebody types', async () => {
    const frame = () => window.graph().locator('.content').getAttribute('transform');
    const before = await frame();
    await window.graph().locator('button[title^="Zoom in"]').click();
    const zoomed = await frame();
    assert.notEqual(zoomed, before);
    await window.goToLine(lineOf('- id: withdraw-access') + 1);
    const settled = await frame();
    await window.page.keyboard.press('End');
    await window.page.keyboard.type(' now');
    await window.graph().locator('.box[data-key="withdraw-access"]', { hasText: 'now' }).waitFor();
    assert.equal(await frame(), settled);
    await window.page.keyboard.press('Control+z');
  });

  it('exports the page where the user says', async () => {
    await window.focusEditor();
    await window.run('Incident Playbooks: Export Playbook…');
    await window.page.locator('.quick-input-list .monaco-list-row', { hasText: 'HTML page' }).click();
    // The dialog suggests the playbook's own name and folder.
    const target = join(window.workspace, 'playbooks', 'insider.html');
    const suggested = window.page.locator('.quick-input-widget input.input');
    await until(async () => (await suggested.inputValue()) === target, 'the suggested name');
    await window.page.keyboard.press('Enter');
    await until(async () => existsSync(target), 'the exported file');
    assert.match(readFileSync(target, 'utf8'), /<h2>Decisions<\/h2>/);
  });

  it('is a page that axe finds no fault with', async () => {
    const frame = await (await window.graph().locator('body').elementHandle())?.ownerFrame();
    assert.ok(frame);
    assert.deepEqual(await axeFindings(frame), []);
  });

  it('lets the page load only its own script, style sheet and font', async () => {
    const policy = await window.graph().locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content');
    assert.match(
      policy ?? '',
      /^default-src 'none'; script-src 'nonce-[\w-]{16,}'; style-src 'self' https:\/\/\*\.vscode-cdn\.net; font-src 'self' https:\/\/\*\.vscode-cdn\.net; img-src blob:$/,
    );
  });

  it('shows in an open playbook what an edit of the organisation has changed', async () => {
    const organization = 'northwind.incident-org.yaml';
    await window.openFile(organization);
    const holder = readFileSync(join(window.workspace, 'organization', organization), 'utf8').split('\n');
    await window.goToLine(holder.findIndex((line) => line.startsWith('  hr-director:')) + 1);
    await window.page.keyboard.press('Home');
    await window.page.keyboard.type('x');
    await window.seesProblem('No file defines the role "hr-director"');
    await window.focusEditor();
    await window.page.keyboard.press('Control+z');
    await window.seesNoProblem('No file defines the role "hr-director"');
    await window.openFile(FILE);
  });

  it('restarts its server on request, and goes on checking', async () => {
    await window.run('Incident Playbooks: Restart Language Server');
    await window.seesProblem('No file defines the service "hr-payrol"');
    await window.graph().locator('.content .box.decision').first().waitFor();
  });
});
