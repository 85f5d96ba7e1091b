/** Reads a PDF as a program for readers does: its pages as text, and what it says of itself. */
import { readFileSync } from 'node:fs';
import { getDocument, OPS, type PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';

export interface Pdf {
  readonly pages: readonly PdfPage[];
  readonly title: string | undefined;
  readonly isTagged: boolean;
  readonly fonts: ReadonlySet<string>;
  /** Fonts that are named and not in the file. */
  readonly missingFonts: ReadonlySet<string>;
}

export interface PdfPage {
  /** In points, without margins. */
  readonly width: number;
  readonly height: number;
  /** What stands beside each other on the page, as one line; two blanks or more where there is a gap. */
  readonly lines: readonly string[];
  /** All words in the order in which they were written, one blank between them. */
  readonly words: string;
}

interface Run {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly size: number;
}

/**
 * The PDF at `path`.
 *
 * @throws where the file is no PDF, or one with an error that readers would have to guess around.
 */
export async function readPdf(path: string): Promise<Pdf> {
  const bytes = readFileSync(path);
  assertSoundReferences(bytes);
  const task = getDocument({
    data: new Uint8Array(bytes),
    stopAtErrors: true,
    fontExtraProperties: true,
    verbosity: 0,
  });
  const document = await task.promise;
  try {
    const pages: PdfPage[] = [];
    const fonts = new Set<string>();
    const missingFonts = new Set<string>();
    for (let number = 1; number <= document.numPages; number++) {
      const page = await document.getPage(number);
      pages.push(await readPage(page));
      for (const { name, missingFile } of await fontsOf(page)) (missingFile ? missingFonts : fonts).add(name);
      page.cleanup();
    }
    const info = (await document.getMetadata()).info as { readonly Title?: string };
    const marks = await document.getMarkInfo();
    return { pages, title: info.Title, isTagged: marks?.Marked === true, fonts, missingFonts };
  } finally {
    await task.destroy();
  }
}

async function readPage(page: PDFPageProxy): Promise<PdfPage> {
  const { items } = await page.getTextContent({ disableNormalization: true });
  const runs = items.flatMap((item): Run[] => {
    if (!('str' in item) || item.str.trim() === '') return [];
    const [a = 0, b = 0, , , x = 0, y = 0] = item.transform as number[];
    return [{ text: item.str, x, y, width: item.width, size: Math.hypot(a, b) }];
  });
  const [left = 0, bottom = 0, right = 0, top = 0] = page.view;
  return {
    width: right - left,
    height: top - bottom,
    lines: linesOf(runs),
    words: runs
      .map(({ text }) => text)
      .join(' ')
      .replace(/\s+/g, ' '),
  };
}

/** Runs on the same baseline are one line, from left to right. */
function linesOf(runs: readonly Run[]): string[] {
  const lines: Run[][] = [];
  for (const run of runs.toSorted((a, b) => b.y - a.y)) {
    const line = lines.at(-1);
    if (line?.[0] && Math.abs(line[0].y - run.y) < 2) line.push(run);
    else lines.push([run]);
  }
  return lines.map((line) => {
    let text = '';
    let end = Number.POSITIVE_INFINITY;
    for (const run of line.toSorted((a, b) => a.x - b.x)) {
      const gap = run.x - end;
      text += gap > run.size ? '  ' : gap > run.size / 10 ? ' ' : '';
      text += run.text;
      end = run.x + run.width;
    }
    return text;
  });
}

interface Font {
  readonly name: string;
  readonly missingFile: boolean;
}

async function fontsOf(page: PDFPageProxy): Promise<Font[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const ids = new Set(
    fnArray.flatMap((operator, index) => (operator === OPS.setFont ? [String(argsArray[index]?.[0])] : [])),
  );
  return [...ids].map((id) => page.commonObjs.get(id) as Font);
}

/** Readers mend a table of references that is wrong, and say nothing; a program that checks files does not. */
function assertSoundReferences(bytes: Buffer): void {
  const text = bytes.toString('latin1');
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)?.[1] ?? -1);
  const head = /^xref\s+0 (\d+)\s+/.exec(text.slice(start, start + 40));
  if (start < 0 || !head) throw new Error('The PDF does not end with the place of its table of references.');
  const first = start + head[0].length;
  for (let object = 0; object < Number(head[1]); object++) {
    const [, at = '', kind = ''] =
      /^(\d{10}) \d{5} ([nf])/.exec(text.slice(first + 20 * object, first + 20 * object + 18)) ?? [];
    if (kind === '') throw new Error(`The table of references is broken at object ${object}.`);
    if (kind === 'n' && !text.startsWith(`${object} 0 obj`, Number(at))) {
      throw new Error(`Object ${object} is not at ${at}, where the table of references says that it is.`);
    }
  }
}
