/** The exported page in a real browser: it loads nothing, runs nothing, and everybody can read it. */
import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../editor/chromium.mjs';
import { axeFindings } from '../harness/axe.js';
import { folderWith } from '../harness/folder.js';
import { root, samples } from '../harness/paths.js';
import { runCli } from '../harness/run-cli.js';

describe('the exported page', () => {
  let browser: Browser;
  const folder = folderWith({});
  const pageOf = (playbook: string) => {
    const out = join(folder, 'page.html');
    const run = runCli(['render', playbook, '-o', out, '--today', '2026-11-20'], root);
    assert.equal(run.code, 0, run.err);
    return pathToFileURL(out).href;
  };
  before(async () => {
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  for (const name of ['insider', 'ransomware']) {
    it(`is a page that axe finds no fault with: ${name}`, async () => {
      const page = await browser.newPage();
      await page.goto(pageOf(join(samples, 'playbooks', `${name}.incident-playbook.yaml`)));
      assert.deepEqual(await axeFindings(page), []);
      await page.close();
    });
  }

  it('is a binder that axe finds no fault with, and that asks for nothing from anywhere', async () => {
    const out = join(folder, 'binder.html');
    const run = runCli(['binder', join(samples, 'playbooks'), '-o', out, '--today', '2026-11-20'], root);
    assert.equal(run.code, 0, run.err);
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await page.goto(pathToFileURL(out).href);
    const pictures = process.env['SCREENSHOTS'];
    if (pictures) await page.screenshot({ path: join(pictures, 'binder-html.png') });
    assert.deepEqual(
      requests.filter((url) => !url.startsWith('data:')),
      [pathToFileURL(out).href],
    );
    assert.deepEqual(await axeFindings(page), []);
    const missing = await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: {
          querySelectorAll(q: string): Iterable<{ getAttribute(n: string): string }>;
          getElementById(id: string): unknown;
        };
      };
      return [...document.querySelectorAll('a[href^="#"]')]
        .map((one) => one.getAttribute('href').slice(1))
        .filter((id) => !document.getElementById(id));
    });
    assert.deepEqual(missing, []);
    await page.close();
  }).timeout(120_000);

  it('shows hostile texts as text, and asks for nothing from anywhere', async () => {
    const hostile =
      '<script>alert(1)</script><img src=//example.com/x onerror=alert(1)> [a](javascript:alert(1)) ![b](https://example.com/b.png)';
    const text = readFileSync(join(samples, 'playbooks/ddos.incident-playbook.yaml'), 'utf8')
      .replace(/^title: .*$/m, `title: ${JSON.stringify(hostile)}`)
      .replace(/^( +instructions:) .*$/m, `$1 ${JSON.stringify(hostile)}`);
    const file = join(folder, 'hostile.incident-playbook.yaml');
    writeFileSync(file, text);
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('dialog', () => assert.fail('A script has run.'));
    const url = pageOf(file);
    await page.goto(url);
    assert.deepEqual(requests, [url]);
    assert.equal(await page.locator('script, img, a[href^="javascript"]').count(), 0);
    assert.equal(await page.locator('h1').textContent(), hostile);
    await page.close();
  });
});
