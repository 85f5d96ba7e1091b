/** `render FILE`: writes a playbook's decision graph as SVG or Mermaid text, or the whole playbook as a page. */
import { dirname, extname, resolve } from 'node:path';
import { workspaceFolderOf } from '../../disk/find-files.js';
import { loadWorkspace, uriOfPath } from '../../disk/load-workspace.js';
import { readText, reasonOf } from '../../disk/read-text.js';
import { writeWhole } from '../../disk/write-file.js';
import type { Day } from '../../model/date.js';
import { drawingFor, EXPORT_FORMATS, type ExportFormat, prepareExport } from '../../render/export.js';
import { layout } from '../../render/layout.js';
import { Snapshot } from '../../workspace/snapshot.js';
import { UsageError } from '../usage-error.js';

export interface RenderOptions {
  readonly file: string;
  /** The path to write to; undefined for standard output. */
  readonly out: string | undefined;
  /** Undefined where the name of the output says it. */
  readonly format: string | undefined;
  readonly write: (text: string) => void;
  readonly folder: string;
  readonly today: Day;
}

/** @throws UsageError where the file cannot be read or is no playbook, or the output cannot be written. */
export async function runRender({ file, out, format: asked, write, folder, today }: RenderOptions): Promise<void> {
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
  const prepared = prepareExport(snapshot, uri, format);
  if (!prepared) throw new UsageError(`${file} is not a playbook: its first line must be "format: playbook/v1".`);
  const text = prepared.write(await drawingFor(prepared, layout));
  if (out === undefined) {
    write(text);
    return;
  }
  try {
    writeWhole(resolve(folder, out), text);
  } catch (error) {
    throw new UsageError(`${out} ${reasonOf(error).replace('read', 'written')}.`);
  }
}

const EXTENSIONS: Readonly<Record<string, ExportFormat>> = {
  '.svg': 'svg',
  '.html': 'html',
  '.htm': 'html',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
};

function formatOf(out: string | undefined): ExportFormat {
  if (out === undefined) throw new UsageError('Say what to write: --format svg, mermaid or html, or -o FILE.');
  const format = EXTENSIONS[extname(out).toLowerCase()];
  if (format) return format;
  throw new UsageError(`Cannot write "${out}": the name must end in .svg, .mmd or .html, or say --format.`);
}

function formatNamed(name: string): ExportFormat {
  const format = EXPORT_FORMATS.find((one) => one === name);
  if (format) return format;
  throw new UsageError(`There is no format "${name}": use ${EXPORT_FORMATS.join(', ')}.`);
}
