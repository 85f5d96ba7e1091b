/** `render FILE`: writes a playbook's decision graph as SVG, PNG or Mermaid text, or the whole playbook as a page. */
import { dirname, extname, resolve } from 'node:path';
import { workspaceFolderOf } from '../../disk/find-files.js';
import { webFonts } from '../../disk/fonts.js';
import { loadWorkspace, uriOfPath } from '../../disk/load-workspace.js';
import { readText, reasonOf } from '../../disk/read-text.js';
import { writeWhole } from '../../disk/write-file.js';
import type { Day } from '../../model/date.js';
import type { Drawing } from '../../render/drawing.js';
import { drawingFor, EXPORT_FORMATS, type ExportFormat, prepareExport } from '../../render/export.js';
import { notCovered } from '../../render/font.js';
import { type LayoutOptions, layout } from '../../render/layout.js';
import { svgSize } from '../../render/svg.js';
import { Snapshot } from '../../workspace/snapshot.js';
import { png } from '../png.js';
import { UsageError } from '../usage-error.js';

export interface RenderOptions {
  readonly file: string;
  /** The path to write to; undefined for standard output. */
  readonly out: string | undefined;
  /** Undefined where the name of the output says it. */
  readonly format: string | undefined;
  readonly shape: Pick<LayoutOptions, 'direction' | 'grouping'>;
  readonly write: (content: string | Uint8Array) => void;
  /** Says what the reader of the file should know. */
  readonly warn: (words: string) => void;
  readonly folder: string;
  readonly today: Day;
}

/** @throws UsageError where the file cannot be read or is no playbook, or the output cannot be written. */
export async function runRender({
  file,
  out,
  format: asked,
  shape,
  write,
  warn,
  folder,
  today,
}: RenderOptions): Promise<void> {
  const format = asked === undefined ? formatOf(out) : formatNamed(asked);
  const path = resolve(folder, file);
  const read = readText(path);
  if (!('text' in read)) throw new UsageError(`${file} ${read.fault}.`);
  const root = workspaceFolderOf(dirname(path));
  const uri = uriOfPath(path);
  const snapshot = Snapshot.empty(today).with({
    folders: [`${uriOfPath(root).replace(/\/$/, '')}/`],
    files: new Map([...loadWorkspace(root).texts, [uri, read.text]]),
  });
  const prepared = prepareExport(snapshot, uri, format, webFonts);
  if (!prepared) throw new UsageError(`${file} is not a playbook: its first line must be "format: playbook/v1".`);
  const drawing = await drawingFor(prepared, (diagram) => layout(diagram, shape));
  const text = prepared.write(drawing);
  const content = format === 'png' ? await png(text, svgSize(drawing)) : text;
  if (format === 'png') {
    const missing = notCovered(textsOf(drawing));
    if (missing.length > 0) warn(`The picture shows a box for ${missing.join(' ')}: its font has no sign for them.`);
  }
  if (out === undefined) {
    if (format === 'png' && process.stdout.isTTY)
      throw new UsageError('A PNG is not for a terminal: name a file with -o FILE.');
    write(content);
    return;
  }
  try {
    writeWhole(resolve(folder, out), content);
  } catch (error) {
    throw new UsageError(`${out} ${reasonOf(error).replace('read', 'written')}.`);
  }
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
  if (out === undefined) throw new UsageError('Say what to write: --format svg, png, mermaid or html, or -o FILE.');
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
