/** Measures whether the graph beside a playbook of 500 steps holds up typing: tasks of the window and of the graph's page over 50 ms. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { VscodeWindow } from '../vscode/window.js';
import { generatePlaybook } from './generate-playbook.js';

const FILE = 'typing.incident-playbook.yaml';
const STEPS = 500;
const LETTERS = 40;
const BETWEEN_MILLISECONDS = 120;

/** What the browser counts, in a frame. */
const WATCH = `globalThis.longTasks = []; new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) globalThis.longTasks.push(Math.round(duration));
}).observe({ type: 'longtask' });`;
const TAKE = 'globalThis.longTasks.splice(0)';

async function measure(): Promise<void> {
  const window = await VscodeWindow.open({
    openFile: FILE,
    before: (workspace) => writeFileSync(join(workspace, FILE), generatePlaybook(STEPS)),
  });
  const text = generatePlaybook(STEPS).split('\n');
  const lineOf = (part: string) => text.findIndex((line) => line.includes(part)) + 1;

  console.log('| typed into | graph | tasks of the window over 50 ms | of the page of the graph |');
  console.log('| --- | --- | --- | --- |');
  for (const isOpen of [false, true]) {
    if (isOpen) {
      await window.run('Incident Playbooks: Open Decision Graph');
      await window.graph().locator('.content .box').first().waitFor({ timeout: 60_000 });
    }
    const graph = isOpen ? await window.frameWith('.canvas') : undefined;
    for (const [where, line] of [
      ['a title', lineOf('id: step-250') + 1],
      ['instructions', lineOf('id: step-250') + 6],
    ] as const) {
      await window.goToLine(line);
      await window.page.keyboard.press('End');
      await window.page.waitForTimeout(2000);
      await window.page.evaluate(WATCH);
      await graph?.evaluate(WATCH);
      for (let letter = 0; letter < LETTERS; letter++) {
        await window.page.keyboard.type('x');
        await window.page.waitForTimeout(BETWEEN_MILLISECONDS);
      }
      await window.page.waitForTimeout(1000);
      const ofWindow = (await window.page.evaluate(TAKE)) as number[];
      const ofGraph = ((await graph?.evaluate(TAKE)) ?? []) as number[];
      const told = (tasks: readonly number[]) =>
        tasks.length === 0 ? 'none' : `${tasks.length}, the longest ${Math.max(...tasks)} ms`;
      console.log(`| ${where} | ${isOpen ? 'open' : 'closed'} | ${told(ofWindow)} | ${isOpen ? told(ofGraph) : ''} |`);
    }
  }
  await window.close();
}

measure().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
