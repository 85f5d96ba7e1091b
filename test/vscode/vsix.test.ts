/** The packaged extension, as users install it: what is in it, and that it works in VS Code. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../harness/paths.js';
import { VscodeWindow } from './window.js';

describe('the packaged extension', () => {
  const folder = mkdtempSync(join(tmpdir(), 'incident-playbooks-vsix-'));
  const vsix = join(folder, 'incident-playbooks.vsix');
  const run = (script: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    spawnSync(process.execPath, [join(root, script), ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
  after(() => rmSync(folder, { recursive: true }));

  it('holds what it needs, and nothing of node_modules, tests or sources', () => {
    const { stdout } = run('node_modules/@vscode/vsce/vsce', ['ls', '--no-dependencies']);
    const files = stdout.trim().split('\n');
    for (const needed of [
      'dist/client.js',
      'dist/server.js',
      'dist/cli.js',
      'dist/graph-page.js',
      'dist/exercise-page.js',
      'dist/pdf.js',
      'dist/elk.bundled.js.br',
      'media/fonts/incident-playbooks-sans-regular.ttf',
      'media/fonts/OFL.txt',
      'dist/elk.js',
      'dist/THIRD-PARTY-NOTICES.txt',
      'syntaxes/incident-playbook.tmLanguage.json',
      'LICENSE',
    ]) {
      assert.ok(files.includes(needed), `${needed} is missing`);
    }
    assert.deepEqual(
      files.filter((file) =>
        /node_modules|\.ts$|\.mjs$|^test|^samples|^dist\/(?!.*\.(?:js|css|br|txt)$)|^\.(?!\/)/.test(file),
      ),
      [],
    );
  });

  it('is smaller than 1.5 MB', () => {
    const { status, stderr } = run('package.mjs', ['--out', vsix]);
    assert.equal(status, 0, stderr);
    assert.ok(statSync(vsix).size < 1_500_000, `${statSync(vsix).size} bytes`);
  });

  it('is the same, byte by byte, when it is packaged on another day and in another time zone', () => {
    const again = join(folder, 'again.vsix');
    utimesSync(join(root, 'LICENSE'), new Date(), new Date());
    const { status, stderr } = run('package.mjs', ['--out', again], { TZ: 'Asia/Tokyo' });
    assert.equal(status, 0, stderr);
    assert.ok(readFileSync(vsix).equals(readFileSync(again)));
  });

  it('checks and draws a playbook when it is installed', async () => {
    const window = await VscodeWindow.open({
      vsix,
      openFile: 'playbooks/insider.incident-playbook.yaml',
      settings: { 'incidentPlaybooks.preview.openAutomatically': true },
    });
    try {
      await window.graph().locator('.content .box.decision').first().waitFor();
      await window.seesProblem('No file defines the service "hr-payrol"');
    } finally {
      await window.close();
    }
  });
});
