/** Writes a binder in a format, as files. */
import { notCovered, type WebFonts } from '../render/font.js';
import type { Binder } from './document.js';
import { binderHtml } from './html.js';
import { binderMarkdown } from './markdown.js';
import type { BinderFormat } from './names.js';
import type { Paper } from './paper.js';
import type { TrueTypeFonts, writePdf } from './pdf/write-pdf.js';

export interface BinderFile {
  /** Relative to the folder of the binder. */
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** What only some formats need, and is loaded only then. */
export interface Means {
  readonly web: () => WebFonts;
  readonly trueType: () => TrueTypeFonts;
  readonly pdf: () => typeof writePdf;
}

/** Takes a binder, the format, the paper and the means. Gives the files, and the characters that its font has no sign for. */
export async function binderFiles(
  binder: Binder,
  format: BinderFormat,
  paper: Paper,
  means: Means,
): Promise<{ readonly files: readonly BinderFile[]; readonly missing: readonly string[] }> {
  if (format === 'html')
    return { files: [{ name: 'binder.html', content: binderHtml(binder, means.web()) }], missing: [] };
  if (format === 'markdown') return { files: binderMarkdown(binder, means.web()), missing: [] };
  const chunks: Uint8Array[] = [];
  await means.pdf()(binder, paper, means.trueType(), (bytes) => chunks.push(bytes));
  return { files: [{ name: 'binder.pdf', content: joined(chunks) }], missing: notCovered(wordsIn(binder)) };
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** All words of a binder: what is text in its value is text on its pages. */
function wordsIn(binder: Binder): string {
  const words: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') words.push(value);
    else if (Array.isArray(value)) for (const one of value) collect(one);
    else if (typeof value === 'object' && value !== null && !(value instanceof Uint8Array))
      for (const one of Object.values(value)) collect(one);
  };
  collect([binder.title, binder.organization, binder.cover, binder.sections]);
  return words.join('');
}
