/** A person at the keyboard: presses one key after another, as fast as it is told, and never asks for suggestions. */
import { until, type VscodeWindow } from './window.js';

export interface Typist {
  /** Milliseconds from one key to the next. */
  readonly pace: number;
  /**
   * Whether the typist looks at the screen at each new line: sees an Enter that made none, and presses it again; corrects
   * the indentation by as few keys as it takes. One who does not look marks whatever was indented and types over it.
   */
  readonly looks: boolean;
}

export interface Typing {
  readonly lines: number;
  readonly keys: number;
  /** The lines behind which Enter made no new line. */
  readonly lostEnters: readonly string[];
  /** The lines whose indentation was put right by hand, and the keys that took. */
  readonly correctedLines: readonly string[];
  readonly correctingKeys: number;
}

/** How long a typist who looks waits for a line before the Enter counts as lost. */
const PATIENCE_MILLISECONDS = 5000;

/**
 * Types a text into the editor that has the focus, from the cursor on, which stands in an empty line.
 *
 * @param text - Lines that are indented by blanks; the last line break is not typed.
 * @returns What it took. Whether the text came out as it was meant is for the caller to see.
 */
export async function typeText(window: VscodeWindow, text: string, { pace, looks }: Typist): Promise<Typing> {
  const { keyboard } = window.page;
  const lostEnters: string[] = [];
  const correctedLines: string[] = [];
  let keys = 0;
  let correctingKeys = 0;
  const atPace = async (act: Promise<void>) => {
    keys++;
    await Promise.all([act, window.page.waitForTimeout(pace)]);
  };
  const press = (key: string) => atPace(keyboard.press(key));
  const write = async (content: string) => {
    for (const sign of content) await atPace(keyboard.type(sign));
  };
  const lines = text.replace(/\n$/, '').split('\n');
  const first = await cursorOf(window);
  for (const [index, line] of lines.entries()) {
    const indentation = line.length - line.trimStart().length;
    if (index > 0) {
      await press('Enter');
      if (looks) {
        if (!(await comesTo(window, first.line + index))) {
          lostEnters.push(lines[index - 1] ?? '');
          await press('Enter');
        }
        const before = keys;
        let { column } = await cursorOf(window);
        // In an indentation Backspace goes back to the column of the next level.
        while (column - 1 > indentation && line !== '') {
          await press('Backspace');
          column = await columnOtherThan(window, column);
        }
        await write(line === '' ? '' : ' '.repeat(Math.max(indentation - (column - 1), 0)));
        if (keys > before) correctedLines.push(line);
        correctingKeys += keys - before;
      } else if (line !== '') {
        await press('Shift+Home');
      }
    }
    await write(looks ? line.trimStart() : line);
  }
  return { lines: lines.length, keys, lostEnters, correctedLines, correctingKeys };
}

interface Cursor {
  /** From 1. */
  readonly line: number;
  /** From 1. */
  readonly column: number;
}

/** Where the cursor is, as the status bar shows it. */
async function cursorOf(window: VscodeWindow): Promise<Cursor> {
  const text = await window.page.locator('#status\\.editor\\.selection').textContent();
  const [, line = 0, column = 0] = /Ln (\d+), Col (\d+)/.exec(text ?? '') ?? [];
  return { line: Number(line), column: Number(column) };
}

/** The column of the cursor when it has moved from one. */
async function columnOtherThan(window: VscodeWindow, column: number): Promise<number> {
  let now = column;
  await until(async () => {
    now = (await cursorOf(window)).column;
    return now !== column;
  }, `the cursor to leave column ${column}`);
  return now;
}

async function comesTo(window: VscodeWindow, line: number): Promise<boolean> {
  return window.page
    .locator('#status\\.editor\\.selection', { hasText: `Ln ${line},` })
    .waitFor({ timeout: PATIENCE_MILLISECONDS })
    .then(
      () => true,
      () => false,
    );
}
