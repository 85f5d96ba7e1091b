/** The editor features as somebody sees and uses them in real VS Code. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { samples } from '../harness/paths.js';
import { until, VscodeWindow } from './window.js';

const FILE = 'playbooks/insider.incident-playbook.yaml';
const lines = readFileSync(join(samples, FILE), 'utf8').split('\n');
const lineOf = (text: string) => lines.findIndex((line) => line.includes(text)) + 1;

describe('the editor features in VS Code', () => {
  let window: VscodeWindow;
  before(async () => {
    window = await VscodeWindow.open({ openFile: FILE });
    await window.seesProblem('There is no step "review-contrls"');
  });
  after(() => window.close());

  const shows = (selector: string, text: string | RegExp) =>
    window.page.locator(selector, { hasText: text }).first().waitFor();

  it('shows who decides above a decision, who holds a role, and how much time has passed', async () => {
    await window.goToLine(lineOf('- id: suspend'));
    await shows('.codelens-decoration', 'Decides: hr-director (Gwen Pritchard) within 2h');
    await shows('.view-line', /owner:\shr-director.*Gwen\sPritchard/);
    await shows('.view-line', /within:\s2h.*done\safter.*at\sworst/);
    await window.picture('lenses-and-hints');
  });

  it('explains the role under the cursor', async () => {
    await window.goToLine(lineOf('authority: hr-director'));
    await window.page.keyboard.press('End');
    await window.page.keyboard.press('ArrowLeft');
    await window.run('Show or Focus Hover');
    await shows('.monaco-hover', 'Held by Gwen Pritchard');
    await window.picture('hover');
    await window.page.keyboard.press('Escape');
  });

  it('completes a role with the person who holds it', async () => {
    await window.goToLine(lineOf('escalate_to: ceo'));
    await window.page.keyboard.press('End');
    for (let count = 0; count < 'ceo'.length; count++) await window.page.keyboard.press('Backspace');
    await window.page.keyboard.press('Control+Space');
    await shows('.suggest-widget .monaco-list-row', 'ciso');
    await window.page.keyboard.type('ce');
    await shows('.suggest-widget .monaco-list-row.focused', 'ceo');
    await window.picture('completion');
    await window.page.keyboard.press('Enter');
    await shows('.view-line', /escalate_to:\sceo/);
  });

  it('repairs a misspelt id from the light bulb', async () => {
    const line = lineOf('next: review-contrls');
    const action = window.page.locator('.action-widget .monaco-list-row', { hasText: 'Change to "review-controls"' });
    await window.openLightBulb(line, action);
    await window.picture('light-bulb');
    await action.click();
    await window.seesNoProblem('There is no step "review-contrls"');
  });

  it('goes to where a role is defined, in another file', async () => {
    await window.goToLine(lineOf('authority: hr-director'));
    await window.page.keyboard.press('End');
    await window.page.keyboard.press('ArrowLeft');
    await window.page.keyboard.press('F12');
    await window.tab('northwind.incident-org.yaml').waitFor();
    const organization = readFileSync(join(samples, 'organization/northwind.incident-org.yaml'), 'utf8').split('\n');
    const expected = organization.findIndex((line) => line.startsWith('  hr-director:')) + 1;
    await until(async () => (await window.cursorLine()) === expected, 'the definition');
  });

  it('outlines the playbook in the breadcrumbs', async () => {
    await window.openFile('insider.incident-playbook.yaml');
    await window.goToLine(lineOf('decision: Do we suspend'));
    await shows('.monaco-breadcrumb-item', 'Do we suspend the person');
    await window.picture('breadcrumbs');
  });

  it('shows the problems of a playbook that nobody has opened', async () => {
    await window.seesProblem('Nobody answers for "supplier-compromise"');
    await window.picture('problems-of-closed-files');
    assert.equal(await window.tab('supplier-compromise').count(), 0);
  });
});
