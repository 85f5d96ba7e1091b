/** Folders that somebody renames and deletes while VS Code is open: VS Code tells of the folder, and of no file in it. */
import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { VscodeWindow } from './window.js';

const FLAW = 'No file defines the service "hr-payrol"';
const TWICE = 'is defined twice';
const UNDEFINED = 'No file defines the role "network-lead"';

describe('a folder on the disk, in VS Code', () => {
  let window: VscodeWindow;
  const at = (name: string) => join(window.workspace, name);

  before(async () => {
    window = await VscodeWindow.open({ openFile: 'playbooks/ddos.incident-playbook.yaml' });
    await window.tab('ddos').waitFor();
    await window.seesProblem(FLAW);
  });
  after(() => window.close());

  it('is still known when it is called something else', async () => {
    renameSync(at('organization'), at('organisation'));
    await window.openFile('northwind.incident-org.yaml');
    await window.seesNoProblem(TWICE);
    await window.seesNoProblem(UNDEFINED);
    await window.seesProblem(FLAW);
  });

  it('takes what it defines with it when it is deleted, and brings it back', async () => {
    await window.run('View: Close Editor');
    renameSync(at('organisation'), `${window.workspace}-organisation`);
    await window.seesProblem(UNDEFINED);
    renameSync(`${window.workspace}-organisation`, at('organisation'));
    await window.seesNoProblem(UNDEFINED);
    await window.seesNoProblem(TWICE);
  });

  it('takes the findings of its files with it', async () => {
    rmSync(at('playbooks'), { recursive: true });
    await window.seesNoProblem(FLAW);
  });
});
