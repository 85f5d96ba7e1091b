/** `binder [PATH…]`: writes the crisis binder of playbooks, as a document or as a folder. */
import { dirname, extname, join, resolve } from 'node:path';
import { URI } from 'vscode-uri';
import { makeBinder } from '../../binder/binder.js';
import { type BinderFile, binderFiles } from '../../binder/files.js';
import type { BinderFormat } from '../../binder/names.js';
import { type Paper, roomFor } from '../../binder/paper.js';
import type { writePdf } from '../../binder/pdf/write-pdf.js';
import { check } from '../../check/check.js';
import type { Finding } from '../../check/finding.js';
import { readBinderTemplate } from '../../disk/binder-template.js';
import { trueTypeFonts, webFonts } from '../../disk/fonts.js';
import { revisionOf } from '../../disk/git.js';
import { makeFolder, writeWhole } from '../../disk/write-file.js';
import type { Day } from '../../model/date.js';
import { layout } from '../../render/layout.js';
import type { Severity } from '../../rules/rule.js';
import { isExcluded } from '../../workspace/exclusion.js';
import { isPlaybook } from '../../workspace/files.js';
import { forgetExcludedFaults, gather, snapshotOf } from '../gather.js';
import { assertOutputs, STANDARD_OUTPUT, writeOutput } from '../output.js';
import { isAtLeast } from '../severities.js';
import { EXIT, UsageError } from '../usage-error.js';

export interface BinderCommand {
  readonly paths: readonly string[];
  readonly folder: string;
  /** The file to write; for Markdown, the folder. */
  readonly out: string;
  /** Undefined where the name of the output says it. */
  readonly format: BinderFormat | undefined;
  readonly paper: Paper | undefined;
  readonly withPeople: boolean;
  readonly failOn: Severity | 'never';
  readonly today: Day;
  readonly onProgress: (done: number, all: number) => void;
  /** Says what the reader of the binder should know. */
  readonly warn: (words: string) => void;
}

/**
 * Gives the exit code. Where findings refuse the binder, nothing is written.
 *
 * @throws UsageError where there is no playbook, or WriteError where the output cannot be written.
 */
export async function runBinder(command: BinderCommand): Promise<number> {
  const { paths, folder, out, today, failOn, withPeople, onProgress, warn } = command;
  const format = command.format ?? formatOf(out);
  const asked = paths.map((path) => resolve(folder, path));
  const input = gather(asked);
  const snapshot = snapshotOf(input, today);
  forgetExcludedFaults(input, snapshot, asked);
  for (const [path, fault] of input.faults) throw new UsageError(`${path} ${fault}.`);
  const isMeant = (uri: string) => input.named.has(uri) || !isExcluded(snapshot, uri);
  const uris = [...input.targets].filter((uri) => isPlaybook(snapshot, uri) && isMeant(uri)).sort();
  const [first] = uris;
  if (first === undefined) {
    throw new UsageError(
      `There is no playbook in ${paths.join(', ')}: the first line of one is "format: playbook/v1".`,
    );
  }
  if (format !== 'markdown') assertOutputs([out], folder, input.texts);
  else if (out === STANDARD_OUTPUT) throw new UsageError('A binder in Markdown is a folder: name one with -o FOLDER.');
  const isTooBad = ({ severity, waived }: Finding) => !waived && isAtLeast(severity, failOn);
  const worst = failOn === 'never' ? [] : [...input.targets].flatMap((uri) => check(snapshot, uri).filter(isTooBad));
  if (worst.length > 0) {
    warn(`The binder was not written: ${worst.length} findings are ${failOn} or worse. "check" lists them.`);
    return EXIT.findings;
  }
  const template = readBinderTemplate(snapshot, first);
  for (const fault of template.faults) warn(fault);
  const paper = command.paper ?? template.paper;
  const options = {
    ...template,
    withPeople,
    revision: await revisionOf(pathOf(first), new Map([...input.texts].map(([uri, text]) => [pathOf(uri), text]))),
    room: roomFor(paper),
  };
  const binder = await makeBinder(snapshot, uris, layout, options, onProgress);
  if (!binder) throw new UsageError('No playbook could be read.');
  // The writer of PDF is a bundle of its own, so that no other command pays for loading it.
  const pdf = () => (require(join(__dirname, 'pdf.js')) as { writePdf: typeof writePdf }).writePdf;
  const made = await binderFiles(binder, format, paper, { web: webFonts, trueType: trueTypeFonts, pdf });
  if (made.missing.length > 0) {
    warn(`The font has no sign for ${made.missing.join(' ')}: the binder shows a box instead.`);
  }
  if (format === 'markdown') writeFolder(made.files, out, folder);
  else for (const { content } of made.files) writeOutput(out, content, folder);
  return EXIT.clean;
}

function writeFolder(files: readonly BinderFile[], out: string, folder: string): void {
  for (const { name, content } of files) {
    const path = join(resolve(folder, out), name);
    makeFolder(dirname(path), out);
    writeWhole(path, content, join(out, name));
  }
}

function pathOf(uri: string): string {
  return URI.parse(uri).fsPath;
}

function formatOf(out: string): BinderFormat {
  const ending = extname(out).toLowerCase();
  if (ending === '.pdf') return 'pdf';
  if (ending === '.html' || ending === '.htm') return 'html';
  if (ending === '') return 'markdown';
  throw new UsageError(`Cannot write "${out}": name a .pdf, an .html or a folder (Markdown), or say --format.`);
}
