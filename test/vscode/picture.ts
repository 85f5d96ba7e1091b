/** Makes the pictures in the README: the flawed playbook, its findings, its graph and an exercise, in real VS Code. */
import { join } from 'node:path';
import { root } from '../harness/paths.js';
import { VscodeWindow } from './window.js';

const SETTINGS = {
  'incidentPlaybooks.preview.openAutomatically': true,
  'editor.minimap.enabled': false,
  'workbench.activityBar.location': 'hidden',
  'workbench.sideBar.location': 'right',
  'window.commandCenter': false,
  'editor.fontSize': 13,
  'problems.autoReveal': false,
};

interface Picture {
  readonly name: string;
  readonly openFile: string;
  readonly theme?: string;
  readonly arrange: (window: VscodeWindow) => Promise<void>;
}

const PICTURES: readonly Picture[] = [
  {
    name: 'editor',
    openFile: 'playbooks/insider.incident-playbook.yaml',
    async arrange(window) {
      await window.seesProblem('role');
      await window.goToLine(146);
      await window.graph().locator('.box[data-key="suspend"].selected').waitFor();
    },
  },
  {
    name: 'gallery/worst-way',
    openFile: 'playbooks/ransomware.incident-playbook.yaml',
    async arrange(window) {
      await window.graph().getByRole('button', { name: 'The worst ways' }).first().click();
      await window
        .graph()
        .getByRole('button', { name: /^To containment/ })
        .first()
        .click();
    },
  },
  {
    name: 'gallery/light',
    openFile: 'playbooks/business-email-compromise.incident-playbook.yaml',
    theme: 'Default Light Modern',
    async arrange(window) {
      await window.graph().getByRole('button', { name: 'The steps as a list' }).first().click();
    },
  },
  {
    name: 'gallery/exercise',
    openFile: 'playbooks/ransomware.incident-playbook.yaml',
    async arrange(window) {
      await window.run('View: Close Editors in Other Groups');
      await window.run('Incident Playbooks: Rehearse');
      const click = async (name: string) => window.graph().getByRole('button', { name }).first().click();
      await window.graph().locator('.stage h2').waitFor();
      await window.graph().locator('.said').fill('The printers print ransom notes');
      await click('Inject');
      await click('The clock jumps ahead by 15m');
      await click('Done');
      await click('Done');
      await click('The clock jumps ahead by 5m');
    },
  },
];

async function take({ name, openFile, theme, arrange }: Picture): Promise<void> {
  const window = await VscodeWindow.open({ openFile, settings: SETTINGS, ...(theme ? { theme } : {}) });
  try {
    await window.page.setViewportSize({ width: 1500, height: 900 });
    await window.graph().locator('.content .box.decision').first().waitFor();
    await window.run('View: Close Primary Side Bar');
    await arrange(window);
    await window.page.waitForTimeout(1500);
    await window.page.screenshot({ path: join(root, `media/${name}.png`) });
  } finally {
    await window.close();
  }
}

async function takeAll(): Promise<void> {
  for (const picture of PICTURES) await take(picture);
}

takeAll().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
