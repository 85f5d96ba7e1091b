/** An exercise in real VS Code, from the beginning to what is written down of it. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { axeFindings } from '../harness/axe.js';
import { HOSTILE_PLAYBOOK, NASTY } from '../harness/hostile-playbook.js';
import { until, VscodeWindow } from './window.js';

/** A text with signs that turn the reading direction is not rehearsed: what it says and what is seen would differ. */
const REHEARSABLE = HOSTILE_PLAYBOOK.replace(/ \u202egnp\.exe/, '');

const FILE = 'playbooks/ransomware.incident-playbook.yaml';

describe('an exercise in VS Code', () => {
  let window: VscodeWindow;
  const page = () => window.graph();
  const heading = () => page().locator('.stage h2');
  const button = (name: string | RegExp) => page().getByRole('button', { name }).first();
  const isAt = (title: string) => until(async () => (await heading().textContent()) === title, `the step “${title}”`);
  const logged = () => page().locator('.log li span:last-child').allTextContents();
  const reports = () =>
    readdirSync(join(window.workspace, 'playbooks')).filter((name) => /^ransomware\.exercise-.*\.md$/.test(name));

  before(async () => {
    window = await VscodeWindow.open({
      before: (workspace) => writeFileSync(join(workspace, 'playbooks/hostile.incident-playbook.yaml'), REHEARSABLE),
    });
    await window.openFile('ransomware.incident-playbook.yaml');
    await window.run('View: Close Primary Side Bar');
    await window.run('Incident Playbooks: Rehearse');
    await isAt('Look at the alarm');
  });
  after(() => window.close());

  it('shows the step with its owner, its clock against the budget, and where it stands in the graph', async () => {
    await page().locator('.people .asked').waitFor();
    assert.match((await page().locator('.timer').textContent()) ?? '', /of 10m$/);
    await page().locator('.map .box.selected[data-key="triage-alert"]').waitFor();
    const before = await page().locator('.clock').textContent();
    await until(async () => (await page().locator('.clock').textContent()) !== before, 'the clock to run');
    await window.picture('exercise-step');
    assert.deepEqual(await axeFindings(await window.frameWith('.stage')), []);
  });

  it('goes over budget, notes an inject, what stalls and who is not reached', async () => {
    await button('The clock jumps ahead by 15m').click();
    await page().locator('.timer.over').waitFor();
    await page().locator('.said').fill('The printers print ransom notes');
    await page().locator('.said').press('Enter');
    await page().getByLabel('What stalls here?').fill('Nobody can open the console');
    await button('It stalls').click();
    const asked = await page().locator('.people .asked .name').textContent();
    await button(`${asked} cannot be reached`).click();
    await until(async () => (await page().locator('.people .missed').count()) === 1, 'somebody to be missed');
    await window.picture('exercise-over');
    await button('Done').click();
    await isAt('Confirm that files are being encrypted');
    const happened = (await logged()).join('\n');
    assert.match(happened, /The printers print ransom notes/);
    assert.match(happened, /stalls: Nobody can open the console/);
  });

  it('takes back what happened last', async () => {
    await button('Take back').click();
    await isAt('Look at the alarm');
    await button('Done').click();
    await button('Done').click();
    await isAt('Do we declare ransomware?');
  });

  it('shows at a decision what each option costs, follows the escalation, and then the default', async () => {
    const option = page().locator('button.option', { hasText: 'Yes, it spreads' });
    assert.match((await option.textContent()) ?? '', /file shares outage 1d 19h/);
    await window.picture('exercise-decision');
    assert.deepEqual(await axeFindings(await window.frameWith('.stage')), []);
    await button(/^Nobody of/).click();
    await page().locator('.people .asked', { hasText: 'Incident commander' }).waitFor();
    await button(/^Time is up/).click();
    await isAt('Roll call on the crisis bridge');
    assert.match((await logged()).join('\n'), /Nobody has decided “Do we declare ransomware\?” in time/);
  });

  it('asks at the end what is kept of it, and goes on when the end is taken back', async () => {
    await button('End the exercise').click();
    await isAt('The exercise has ended');
    assert.deepEqual(await axeFindings(await window.frameWith('.stage')), []);
    const titles = await page()
      .locator('.findings li input[type="text"]')
      .evaluateAll((inputs) => inputs.map((input) => (input as unknown as { value: string }).value));
    assert.ok(
      titles.some((title) => /^“Look at the alarm” took 5m .* longer than its 10m$/.test(title)),
      titles.join(),
    );
    await window.picture('exercise-review');
    await button('Take back').click();
    await isAt('Roll call on the crisis bridge');
  });

  it('goes on where it was when the window was closed in the middle', async () => {
    const rehearse = async () => {
      await window.openFile('ransomware.incident-playbook.yaml');
      await window.run('Incident Playbooks: Rehearse');
    };
    const goOn = window.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Go On' });
    await window.run('View: Close Editor');
    await rehearse();
    await goOn.click();
    await isAt('Roll call on the crisis bridge');
    await window.page.reload();
    await window.page.locator('.monaco-workbench').waitFor();
    // VS Code may have kept the tab, sooner or later; then nothing is asked.
    await until(async () => {
      if (await goOn.isVisible()) await goOn.click();
      else if ((await window.tab('Exercise: ').count()) === 0) await rehearse();
      return (
        (await heading()
          .textContent({ timeout: 3000 })
          .catch(() => '')) === 'Roll call on the crisis bridge'
      );
    }, 'the exercise to go on');
    assert.match((await logged()).join('\n'), /The printers print ransom notes/);
  });

  it('shows hostile texts as text', async () => {
    await window.run('View: Close Editor');
    await window.openFile('hostile.incident-playbook.yaml');
    await window.run('Incident Playbooks: Rehearse');
    await isAt(NASTY);
    assert.equal(await page().locator('main script, main img, main [onerror], main a').count(), 0);
    await button('End the exercise').click();
    await isAt('The exercise has ended');
    await window.run('View: Close Editor');
    await window.openFile('ransomware.incident-playbook.yaml');
    await window.run('Incident Playbooks: Rehearse');
    await window.page.locator('.monaco-dialog-box .monaco-button', { hasText: 'Go On' }).click();
    await isAt('Roll call on the crisis bridge');
  });

  it('ends with findings that are written into the playbook, where they can be undone, and a report', async () => {
    await button('End the exercise').click();
    await isAt('The exercise has ended');
    await page().getByLabel('Who took part').fill('Everybody on the bridge');
    await page().getByLabel('What was practised').fill('Files are encrypted on a Friday night');
    await page().getByLabel('Led by').selectOption('incident-commander');
    await button(/^Write into the playbook/).click();
    await isAt('The exercise is written down');
    await window.picture('exercise-written');
    const [report = ''] = reports();
    const text = readFileSync(join(window.workspace, 'playbooks', report), 'utf8');
    assert.match(text, /^# After-action report: Ransomware in the office network$/m);
    assert.match(text, /\| Inject \| The printers print ransom notes \|/);
    assert.match(text, /“Look at the alarm” stalled: Nobody can open the console/);
    const file = join(window.workspace, FILE);
    const before = readFileSync(file, 'utf8');
    await window.run('File: Save All Files');
    await until(async () => readFileSync(file, 'utf8') !== before, 'the exercise in the playbook');
    const now = readFileSync(file, 'utf8');
    assert.match(now, /summary: Files are encrypted on a Friday night\n +findings:\n +- id: over-time-triage-alert\n/);
    // There is nothing else to undo, so that it may be asked for again where the editor had not got the keyboard yet.
    await until(async () => {
      await window.page.locator('.monaco-editor .view-lines').first().click();
      await window.page.keyboard.press('Control+z');
      await window.run('File: Save All Files');
      return readFileSync(file, 'utf8') === before;
    }, 'the exercise to be undone');
  });
});
