/** Makes the picture in the README: the flawed playbook, its findings, and its graph, in real VS Code. */
import { join } from 'node:path';
import { root } from '../harness/paths.js';
import { VscodeWindow } from './window.js';

async function takePicture(): Promise<void> {
  const window = await VscodeWindow.open({
    openFile: 'playbooks/insider.incident-playbook.yaml',
    settings: {
      'incidentPlaybooks.preview.openAutomatically': true,
      'editor.minimap.enabled': false,
      'workbench.activityBar.location': 'hidden',
      'workbench.sideBar.location': 'right',
      'window.commandCenter': false,
      'editor.fontSize': 13,
      'problems.autoReveal': false,
    },
  });
  try {
    await window.page.setViewportSize({ width: 1500, height: 900 });
    await window.graph().locator('.content .box.decision').first().waitFor();
    await window.seesProblem('role');
    await window.run('View: Close Primary Side Bar');
    await window.goToLine(146);
    await window.graph().locator('.box[data-key="suspend"].selected').waitFor();
    await window.page.waitForTimeout(1500);
    await window.page.screenshot({ path: join(root, 'media/editor.png') });
  } finally {
    await window.close();
  }
}

takePicture().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
