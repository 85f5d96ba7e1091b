/**
 * The fixture language. A fixture is one text:
 *
 * - a line whose first sign is `^` marks the line above it; the text behind the carets is the expectation; the line is
 *   taken out before the text is read;
 * - `#- NAME.yaml` on its own line starts the next file, `#- use: PIECE` adds a piece of test/harness/pieces.ts;
 * - `$0` is the cursor.
 */
import { pieces } from './pieces.js';

export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface FixtureFile {
  readonly name: string;
  readonly text: string;
  readonly marks: readonly Mark[];
}

export interface Fixture {
  readonly files: readonly FixtureFile[];
  readonly cursor: { readonly file: string; readonly offset: number } | undefined;
}

const DEFAULT_NAME = 'playbook.yaml';

/** Takes a fixture. Gives its files without marks and cursor, and these apart. */
export function parseFixture(source: string): Fixture {
  const sections: { name: string; lines: string[] }[] = [{ name: DEFAULT_NAME, lines: [] }];
  for (const line of dedent(source).split('\n')) {
    const directive = /^#- (use: )?(\S+)$/.exec(line);
    if (!directive) {
      sections.at(-1)?.lines.push(line);
    } else if (directive[1]) {
      const piece = pieces[directive[2] ?? ''];
      if (!piece) throw new Error(`No piece ${directive[2]}`);
      sections.push({ name: piece.name, lines: piece.text.split('\n') });
    } else {
      sections.push({ name: directive[2] ?? '', lines: [] });
    }
  }
  let cursor: Fixture['cursor'];
  const files = sections
    .filter(({ lines }) => lines.some((line) => line.trim() !== ''))
    .map(({ name, lines }) => {
      const { text, marks } = readMarks(lines);
      const at = text.indexOf('$0');
      if (at === -1) return { name, text, marks };
      cursor = { file: name, offset: at };
      return { name, text: text.slice(0, at) + text.slice(at + 2), marks };
    });
  return { files, cursor };
}

function readMarks(lines: readonly string[]): { text: string; marks: Mark[] } {
  const marks: Mark[] = [];
  let text = '';
  let lineStart = 0;
  for (const line of lines) {
    const mark = /^( *)(\^+)(?: (.*))?$/.exec(line);
    if (mark) {
      const start = lineStart + (mark[1]?.length ?? 0);
      marks.push({ start, end: start + (mark[2]?.length ?? 0), text: mark[3] ?? '' });
    } else {
      lineStart = text.length;
      text += `${line}\n`;
    }
  }
  return { text, marks };
}

/** Takes a file and what was found in it. Gives the fixture as it would have to be written, ready to paste. */
export function printMarks(text: string, found: readonly Mark[]): string {
  const lines: string[] = [];
  let offset = 0;
  for (const line of text.replace(/\n$/, '').split('\n')) {
    lines.push(line);
    for (const { start, end, text: message } of found) {
      if (start < offset || start > offset + line.length) continue;
      lines.push(
        `${' '.repeat(start - offset)}${'^'.repeat(Math.max(Math.min(end, offset + line.length) - start, 1))} ${message}`.trimEnd(),
      );
    }
    offset += line.length + 1;
  }
  return lines.join('\n');
}

/** Takes a text in a template literal. Gives it without the common indentation and the first line break. */
export function dedent(source: string): string {
  const lines = source.replace(/^\n/, '').split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length);
  const indent = Math.min(...indents);
  return Number.isFinite(indent) ? lines.map((line) => line.slice(indent)).join('\n') : source;
}
