/** `npm start`: opens VS Code with the samples, a flawed playbook and its graph; on the desktop, or served to a browser. */
import { spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { onStopSignal } from './process.mjs';
import { serveVscode } from './serve.mjs';
import { ensureBuilt, ensureInstalled, REPOSITORY } from './setup.mjs';

const WORKSPACE = join(REPOSITORY, 'samples');
const PLAYBOOK = join(WORKSPACE, 'playbooks', 'insider.incident-playbook.yaml');
const OPEN_GRAPH = { 'incidentPlaybooks.preview.openAutomatically': true };

await ensureInstalled();
await ensureBuilt();
if (hasDesktopCode()) openDesktop();
else await serve();

function hasDesktopCode() {
  return spawnSync('code', ['--version'], { stdio: 'ignore', shell: process.platform === 'win32' }).status === 0;
}

function openDesktop() {
  console.log('Opening VS Code. The graph of the playbook: the button at the top right of the editor, or Ctrl+K V.');
  const args = ['--new-window', `--extensionDevelopmentPath=${REPOSITORY}`, WORKSPACE, PLAYBOOK];
  const child = spawn('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
  child.on('exit', (code) => {
    process.exitCode = code ?? 0;
  });
}

async function serve() {
  const served = await serveVscode({
    workspace: WORKSPACE,
    extension: REPOSITORY,
    openFile: PLAYBOOK,
    theme: 'Default Dark Modern',
    settings: OPEN_GRAPH,
  });
  onStopSignal(() => served.stop(), { code: 0 });
  console.log(`
VS Code is running with the samples, a playbook that is flawed on purpose, and its graph. Open this in a browser:

  ${served.url}

It listens on this machine only (127.0.0.1). Ctrl+C ends it.`);
  await served.ended;
}
