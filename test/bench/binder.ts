/** Measures the crisis binder of 20 playbooks of ten steps: the whole command, beside Chromium printing the same binder from HTML; and memory as playbooks are added. */
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { launchChromium } from '../editor/chromium.mjs';
import { cli } from '../harness/paths.js';
import { generatePlaybook } from './generate-playbook.js';
import { median } from './median.js';

const RUNS = Number(process.env['RUNS'] ?? 5);

interface Run {
  readonly milliseconds: number;
  /** The most memory that it held, in MiB. */
  readonly memory: number;
}

async function run(folder: string, out: string): Promise<Run> {
  const begun = performance.now();
  const child = spawn(process.execPath, [cli, 'binder', folder, '-o', out, '--today', '2026-11-20'], {
    stdio: 'inherit',
  });
  let memory = 0;
  const watch = setInterval(() => {
    try {
      const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      memory = Math.max(memory, Number(kilobytes ?? 0) / 1024);
    } catch {
      // It has ended.
    }
  }, 20);
  await new Promise((resolve) => child.on('exit', resolve));
  clearInterval(watch);
  return { milliseconds: performance.now() - begun, memory };
}

function playbooks(folder: string, count: number): string {
  const target = join(folder, String(count));
  mkdirSync(target);
  writeFileSync(join(target, '.incident-playbooks.yaml'), 'root: true\n');
  for (let index = 0; index < count; index++) {
    writeFileSync(join(target, `p${index}.incident-playbook.yaml`), generatePlaybook(10, index + 1));
  }
  return target;
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'incident-playbooks-bench-'));
  const twenty = playbooks(folder, 20);
  const html = join(folder, 'b.html');
  await run(twenty, html);
  const [ours, chromium]: [Run[], number[]] = [[], []];
  for (let index = 0; index < RUNS; index++) {
    ours.push(await run(twenty, join(folder, 'b.pdf')));
    const begun = performance.now();
    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.goto(pathToFileURL(html).href);
    await page.pdf({ path: join(folder, 'c.pdf'), format: 'A4', tagged: true, outline: true });
    await browser.close();
    chromium.push(performance.now() - begun);
  }
  console.log('| binder of 20 playbooks of ten steps | time | memory |');
  console.log('| --- | ---: | ---: |');
  const told = (runs: readonly Run[]) =>
    `${median(runs.map(({ milliseconds }) => milliseconds)).toFixed(0)} ms | ${median(runs.map(({ memory }) => memory)).toFixed(0)} MiB`;
  console.log(`| ours, the whole command | ${told(ours)} |`);
  console.log(`| Chromium, from our HTML | ${median(chromium).toFixed(0)} ms | |`);
  for (const count of [5, 40, 80]) {
    console.log(`| ours, ${count} playbooks | ${told([await run(playbooks(folder, count), join(folder, 'd.pdf'))])} |`);
  }
  rmSync(folder, { recursive: true });
}

measure().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
