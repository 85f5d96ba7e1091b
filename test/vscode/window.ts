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
  /** Whether the folder is opened in Restricted Mode. */
  readonly restricted?: boolean;
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
    restricted = false,
    before = () => undefined,
  }: WindowOptions = {}): Promise<VscodeWindow> {
    const workspace = mkdtempSync(join(tmpdir(), 'incident-playbooks-samples-'));
    cpSync(samples, workspace, { recursive: true });
    before(workspace);
    const served = await serveVscode({
      workspace,
      settings,
      theme,
      restricted,
      ...(vsix ? { vsix } : { extension: root }),
      ...(openFile ? { openFile: join(workspace, openFile) } : {}),
    });
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
    page.setDefaultTimeout(NEVER_MILLISECONDS);
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
    const escaped = title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    const label = this.page.locator('.monaco-highlighted-label', { hasText: new RegExp(`^${escaped}(?:…|\\.{3})?$`) });
    await this.pick('F1', `>${title}`, this.page.locator('.quick-input-list .monaco-list-row', { has: label }).first());
  }

  async openFile(name: string): Promise<void> {
    await this.pick(
      'Control+p',
      name,
      this.page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first(),
    );
    await this.page.locator('.tabs-container .tab.active', { hasText: name }).waitFor();
  }

  /** Presses `key` for a list, types into it, and takes a row of it. */
  private async pick(key: string, typed: string, row: Locator): Promise<void> {
    const input = this.page.locator('.quick-input-widget input.input');
    await until(async (patience) => {
      await this.page.keyboard.press(key);
      try {
        await input.fill(typed, { timeout: patience });
        await row.click({ timeout: patience });
        return true;
      } catch {
        await this.page.keyboard.press('Escape');
        return false;
      }
    }, `“${typed}” in the list`);
  }

  /** Closes all editors and panels, whatever is unsaved in them, so that the next page is the only one. */
  async closeAllEditors(): Promise<void> {
    const discard = this.page.locator('.monaco-dialog-box .monaco-button', { hasText: "Don't Save" });
    await this.run('View: Close All Editors');
    await until(async () => {
      if (await discard.isVisible()) await discard.click();
      return (await this.page.locator('.tabs-container .tab, iframe.webview.ready').count()) === 0;
    }, 'everything to be closed');
  }

  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  async focusEditor(): Promise<void> {
    const focused = this.page.locator('.monaco-editor.focused').first();
    await until(async (patience) => {
      await this.run('View: Focus First Editor Group');
      return seen(focused, patience);
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
    await until(async (patience) => {
      await this.page.keyboard.press('Escape');
      await open();
      return seen(action, patience);
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
    await until(async (patience) => ((await this.countProblems(text, patience)) ?? 0) > 0, `the problem ${text}`);
  }

  /** Waits until the Problems panel shows no finding with this text. */
  async seesNoProblem(text: string): Promise<void> {
    await until(async (patience) => (await this.countProblems(text, patience)) === 0, `the problem ${text} to vanish`);
  }

  /**
   * How many findings with this text the Problems panel shows; undefined if it does not say within `patience`.
   *
   * The panel draws only the rows in its window, so it is filtered. A filter that matched nothing stays empty when a
   * problem comes that it would match, so it is always set anew.
   */
  private async countProblems(text: string, patience: number): Promise<number | undefined> {
    const filter = this.page.locator('.viewpane-filter-container .monaco-inputbox .input').first();
    if (!(await filter.isVisible())) {
      await this.run('Problems: Focus on Problems View');
      await filter.waitFor();
    }
    const rows = this.page.locator('.markers-panel .monaco-list-row[aria-level="2"]:visible');
    const isFilterShown = () => this.page.locator('.viewpane-filter-badge').first().isVisible();
    const isEmpty = () =>
      this.page.locator('.markers-panel', { hasText: 'No problems have been detected' }).isVisible();
    await filter.fill('');
    const isCleared = await holdsSoon(async () => !(await isFilterShown()) || (await isEmpty()), patience);
    await filter.fill(text);
    let count = 0;
    const isFiltered = await holdsSoon(async () => {
      const texts = await rows.allTextContents();
      count = texts.filter((row) => row.toLowerCase().includes(text.toLowerCase())).length;
      return (await isFilterShown()) || (await isEmpty()) || (count > 0 && count === texts.length);
    }, patience);
    return isCleared && isFiltered ? count : undefined;
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

/** Whether something comes into sight within so many milliseconds. */
async function seen(one: Locator, patience: number): Promise<boolean> {
  return one.waitFor({ timeout: patience }).then(
    () => true,
    () => false,
  );
}

/** Whether a condition comes to hold within so many milliseconds. */
async function holdsSoon(condition: () => Promise<boolean>, patience: number): Promise<boolean> {
  const end = Date.now() + patience;
  while (!(await condition())) {
    if (Date.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return true;
}

/** The end of a wait for something that will never come, and not how long it may take. */
const NEVER_MILLISECONDS = 90_000;

/**
 * Waits until a condition holds. What has to be tried again gets a patience that grows, in milliseconds: on a busy
 * machine the first tries may all be too short.
 */
export async function until(condition: (patience: number) => Promise<boolean>, what: string): Promise<void> {
  const end = Date.now() + NEVER_MILLISECONDS;
  let patience = 2000;
  while (!(await condition(patience))) {
    if (Date.now() > end) throw new Error(`Waited too long for ${what}`);
    patience = Math.min(patience * 1.5, 15_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
