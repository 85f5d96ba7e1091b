/** `render FILE -o OUT.svg|OUT.html`: writes a playbook's decision graph, or the whole playbook as a page. */
import { dirname, extname, resolve } from 'node:path';
import { workspaceFolderOf } from '../../disk/find-files.js';
import { loadWorkspace, uriOfPath } from '../../disk/load-workspace.js';
import { readText, reasonOf } from '../../disk/read-text.js';
import { writeWhole } from '../../disk/write-file.js';
import type { Day } from '../../model/date.js';
import { type ExportFormat, prepareExport } from '../../render/export.js';
import { layout } from '../../render/layout.js';
import { Snapshot } from '../../workspace/snapshot.js';
import { UsageError } from '../usage-error.js';

export interface RenderOptions {
  readonly file: string;
  readonly out: string;
  readonly folder: string;
  readonly today: Day;
}

/** @throws UsageError where the file cannot be read or is no playbook, or the output cannot be written. */
export async function runRender({ file, out, folder, today }: RenderOptions): Promise<void> {
  const format = formatOf(out);
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
  const text = prepared.write(await layout(prepared.diagram));
  try {
    writeWhole(resolve(folder, out), text);
  } catch (error) {
    throw new UsageError(`${out} ${reasonOf(error).replace('read', 'written')}.`);
  }
}

function formatOf(out: string): ExportFormat {
  const extension = extname(out).toLowerCase();
  if (extension === '.svg') return 'svg';
  if (extension === '.html' || extension === '.htm') return 'html';
  throw new UsageError(`Cannot write "${out}": the name must end in .svg or .html.`);
}
