/** `render FILE`: writes a playbook's decision graph as SVG, PNG or Mermaid text, or the whole playbook as a page. */
import { extname, resolve } from 'node:path';
import { webFonts } from '../../disk/fonts.js';
import type { Day } from '../../model/date.js';
import type { Drawing } from '../../render/drawing.js';
import { drawingFor, EXPORT_FORMATS, type ExportFormat, prepareExport } from '../../render/export.js';
import { notCovered } from '../../render/font.js';
import { type LayoutOptions, layout } from '../../render/layout.js';
import { rasterNote } from '../../render/raster.js';
import { svgSize } from '../../render/svg.js';
import { gather, snapshotOf } from '../gather.js';
import { assertOutputs, STANDARD_OUTPUT, writeOutput } from '../output.js';
import { png } from '../png.js';
import { UsageError } from '../usage-error.js';

export interface RenderOptions {
  readonly file: string;
  /** The path to write to; undefined for standard output. */
  readonly out: string | undefined;
  /** Undefined where the name of the output says it. */
  readonly format: string | undefined;
  readonly shape: Pick<LayoutOptions, 'direction' | 'grouping'>;
  /** Says what the reader of the file should know. */
  readonly warn: (words: string) => void;
  readonly folder: string;
  readonly today: Day;
}

/** @throws UsageError where the file cannot be read or is no playbook, WriteError where the output cannot be written. */
export async function runRender({
  file,
  out,
  format: asked,
  shape,
  warn,
  folder,
  today,
}: RenderOptions): Promise<void> {
  const format = asked === undefined ? formatOf(out) : formatNamed(asked);
  const input = gather([resolve(folder, file)]);
  for (const fault of input.faults.values()) throw new UsageError(`${file} ${fault}.`);
  const [uri] = input.named;
  if (uri === undefined) throw new UsageError(`${file} is a folder. Name a playbook in it.`);
  if (out !== undefined) assertOutputs([out], folder, input.texts);
  const snapshot = snapshotOf(input, today);
  const prepared = prepareExport(snapshot, uri, format, webFonts);
  if (!prepared) throw new UsageError(`${file} is not a playbook: its first line must be "format: playbook/v1".`);
  const drawing = await drawingFor(prepared, (diagram) => layout(diagram, shape));
  const text = prepared.write(drawing);
  if (format === 'png') {
    const missing = notCovered(textsOf(drawing));
    if (missing.length > 0) warn(`The picture shows a box for ${missing.join(' ')}: its font has no sign for them.`);
    const note = rasterNote(svgSize(drawing));
    if (note !== undefined) warn(note);
  }
  const content = format === 'png' ? await png(text, svgSize(drawing)) : text;
  if ((out ?? STANDARD_OUTPUT) === STANDARD_OUTPUT && format === 'png' && process.stdout.isTTY) {
    throw new UsageError('A PNG is not for a terminal: name a file with -o FILE.');
  }
  writeOutput(out ?? STANDARD_OUTPUT, content, folder);
}

const EXTENSIONS: Readonly<Record<string, ExportFormat>> = {
  '.svg': 'svg',
  '.png': 'png',
  '.html': 'html',
  '.htm': 'html',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
};

function formatOf(out: string | undefined): ExportFormat {
  if (out === undefined || out === STANDARD_OUTPUT)
    throw new UsageError('Say what to write: --format svg, png, mermaid or html, or -o FILE.');
  const format = EXTENSIONS[extname(out).toLowerCase()];
  if (format) return format;
  throw new UsageError(`Cannot write "${out}": the name must end in .svg, .png, .mmd or .html, or say --format.`);
}

function formatNamed(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((one) => one === name);
  if (format) return format;
  throw new UsageError(`There is no format "${name}": use ${EXPORT_FORMATS.join(', ')}.`);
}

function textsOf({ boxes, lines }: Drawing): string {
  return [...boxes, ...lines.flatMap(({ label }) => label ?? [])]
    .flatMap(({ texts }) => texts.map(({ text }) => text))
    .join('');
}
