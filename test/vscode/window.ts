/** A window of real VS Code with the extension in it, driven as a person would. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, FrameLocator, Locator, Page } from 'playwright-core';
import { launchChromium } from '../editor/chromium.mjs';
import { serveVscode } from '../editor/serve.mjs';
import { root, samples } from '../harness/paths.js';

export interface WindowOptions {
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The path of a packaged extension to install, instead of the folder under development. */
  readonly vsix?: string;
  readonly openFile?: string;
  readonly theme?: string;
  /** Takes the path of the copy of the samples, before it is opened. */
  readonly before?: (workspace: string) => void;
}

export class VscodeWindow {
  private constructor(
    readonly page: Page,
    readonly workspace: string,
    private readonly browser: Browser,
    private readonly stopServer: () => Promise<void>,
  ) {}

  /** Opens a copy of the samples, so that a test may change them. */
  static async open({
    settings = {},
    vsix,
    openFile,
    theme = 'Default Dark Modern',
    before = () => undefined,
  }: WindowOptions = {}): Promise<VscodeWindow> {
    const workspace = mkdtempSync(join(tmpdir(), 'incident-playbooks-samples-'));
    cpSync(samples, workspace, { recursive: true });
    before(workspace);
    const served = await serveVscode({
      workspace,
      settings,
      theme,
      ...(vsix ? { vsix } : { extension: root }),
      ...(openFile ? { openFile: join(workspace, openFile) } : {}),
    });
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    await page.goto(served.url);
    await page.locator('.monaco-workbench').waitFor();
    return new VscodeWindow(page, workspace, browser, served.stop);
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.stopServer();
    rmSync(this.workspace, { recursive: true, force: true });
  }

  /** Runs a command by its title, as in the command palette; a window that is still loading may not know it yet. */
  async run(title: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
    const input = this.page.locator('.quick-input-widget input.input');
    await until(async () => {
      await this.page.keyboard.press('F1');
      try {
        await input.fill(`>${title}`, { timeout: 2000 });
        await row.waitFor({ timeout: 2000 });
        return true;
      } catch {
        await this.page.keyboard.press('Escape');
        return false;
      }
    }, `the command ${title}`);
    await this.page.keyboard.press('Enter');
  }

  async openFile(name: string): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    const row = this.page.locator('.quick-input-list .monaco-list-row.focused', { hasText: name }).first();
    await until(async () => {
      await this.page.keyboard.press('Control+p');
      try {
        await input.fill(name, { timeout: 2000 });
        await row.waitFor({ timeout: 2000 });
        return true;
      } catch {
        await this.page.keyboard.press('Escape');
        return false;
      }
    }, `the file ${name}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.tabs-container .tab.active', { hasText: name }).waitFor();
  }

  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  async focusEditor(): Promise<void> {
    const focused = this.page.locator('.monaco-editor.focused').first();
    await until(async () => {
      await this.run('View: Focus First Editor Group');
      return seen(focused);
    }, 'the editor to be focused');
  }

  /** Opens the light bulb at the last word of a line, from 1, until it offers something. */
  async openLightBulb(line: number, action: Locator): Promise<void> {
    await this.openMenu(action, async () => {
      await this.goToLine(line);
      for (const key of ['End', 'ArrowLeft', 'Control+.']) await this.page.keyboard.press(key);
    });
  }

  /**
   * Takes how to open a menu. Opens it until it offers something: what it offers depends on findings that may still
   * be on their way.
   */
  async openMenu(action: Locator, open: () => Promise<void>): Promise<void> {
    await until(async () => {
      await this.page.keyboard.press('Escape');
      await open();
      return seen(action);
    }, 'the action');
  }

  async goToLine(line: number): Promise<void> {
    await this.focusEditor();
    await this.page.keyboard.press('Control+g');
    const input = this.page.locator('.quick-input-widget input.input');
    await input.waitFor();
    await input.fill(`:${line}`);
    await this.page.keyboard.press('Enter');
    await this.page.locator('.statusbar-item', { hasText: `Ln ${line},` }).waitFor();
  }

  /** The line of the cursor, from 1, as the status bar shows it. */
  async cursorLine(): Promise<number> {
    const text = await this.page.locator('#status\\.editor\\.selection').textContent();
    return Number(/Ln (\d+)/.exec(text ?? '')?.[1] ?? 0);
  }

  /** Waits until the Problems panel shows a finding with this text. */
  async seesProblem(text: string): Promise<void> {
    await until(async () => (await this.countProblems(text)) > 0, `the problem ${text}`);
  }

  /** Waits until the Problems panel shows no finding with this text. */
  async seesNoProblem(text: string): Promise<void> {
    await until(async () => (await this.countProblems(text)) === 0, `the problem ${text} to vanish`);
  }

  /**
   * The panel draws only the rows in its window, so it is filtered. A filter that matched nothing stays empty when a
   * problem comes that it would match, so it is always set anew.
   */
  private async countProblems(text: string): Promise<number> {
    const filter = this.page.locator('.viewpane-filter-container .monaco-inputbox .input').first();
    if (!(await filter.isVisible())) {
      await this.run('Problems: Focus on Problems View');
      await filter.waitFor();
    }
    for (const value of ['', text]) {
      await filter.fill(value);
      // The filter acts with a delay of its own.
      await this.page.waitForTimeout(400);
    }
    return this.page.locator('.markers-panel .monaco-list-row:visible', { hasText: text }).count();
  }

  /** Keeps a picture of what is seen, for a person to look at, where SCREENSHOTS names a folder. */
  async picture(name: string): Promise<void> {
    const folder = process.env['SCREENSHOTS'];
    if (folder) await this.page.screenshot({ path: join(folder, `${name}.png`) });
  }

  /** The frame in which something is, to ask axe about it. */
  async frameWith(selector: string): Promise<Frame> {
    const frames = this.page.frames();
    const counts = await Promise.all(frames.map((frame) => frame.locator(selector).count()));
    const frame = frames[counts.findIndex((count) => count > 0)];
    if (!frame) throw new Error(`No frame holds ${selector}`);
    return frame;
  }

  /** The page inside the graph's panel. */
  graph(): FrameLocator {
    return this.page.frameLocator('iframe.webview.ready').frameLocator('#active-frame');
  }
}

/** Whether something comes into sight soon. */
async function seen(one: Locator): Promise<boolean> {
  return one.waitFor({ timeout: 3000 }).then(
    () => true,
    () => false,
  );
}

/** Waits until a condition holds. */
export async function until(condition: () => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + 40_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error(`Waited too long for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
