/** Starts the language server in Node: over standard input and output, or as VS Code asks. */
import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import type { writePdf } from '../binder/pdf/write-pdf.js';
import { readBinderTemplate } from '../disk/binder-template.js';
import { isPassedOver, workspaceFolderOf } from '../disk/find-files.js';
import { trueTypeFonts, webFonts } from '../disk/fonts.js';
import { revisionOf } from '../disk/git.js';
import { loadWorkspaceInSteps, uriOfPath } from '../disk/load-workspace.js';
import { readText } from '../disk/read-text.js';
import { parseDate } from '../model/date.js';
import type { Host } from './host.js';
import { layoutThread } from './layout-thread.node.js';
import { startServer } from './server.js';

const host: Host = {
  folderOf(uri, isFolder) {
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme !== 'file') return withSlash(uri);
    const path = isFolder && isDirectory(fsPath) ? fsPath : dirname(fsPath);
    return withSlash(uriOfPath(workspaceFolderOf(path)));
  },
  *loadFolder(folder) {
    const { scheme, fsPath } = URI.parse(folder);
    if (scheme !== 'file') return new Map();
    const steps = loadWorkspaceInSteps(fsPath);
    let step = steps.next();
    for (; !step.done; step = steps.next()) yield step.value.texts;
    return step.value.texts;
  },
  readFile(uri) {
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme !== 'file') return undefined;
    if (isPassedOver(workspaceFolderOf(dirname(fsPath)), fsPath)) return undefined;
    const read = readText(fsPath);
    return 'text' in read ? read.text : undefined;
  },
  layout: layoutThread(join(__dirname, 'layout-worker.js')),
  webFonts,
  trueTypeFonts,
  binderTemplate: readBinderTemplate,
  async revisionOf(uri, texts) {
    const { scheme, fsPath } = URI.parse(uri);
    if (scheme !== 'file') return '';
    const files = [...texts].filter(([key]) => key.startsWith('file:'));
    return revisionOf(fsPath, new Map(files.map(([key, text]) => [URI.parse(key).fsPath, text])));
  },
  pdfWriter: () => (require(join(__dirname, 'pdf.js')) as { writePdf: typeof writePdf }).writePdf,
  today() {
    const now = new Date();
    const two = (part: number) => String(part).padStart(2, '0');
    return parseDate(`${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`) ?? 0;
  },
};

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

function withSlash(uri: string): string {
  return uri.endsWith('/') ? uri : `${uri}/`;
}

const connection = createConnection(ProposedFeatures.all);
// A promise that nobody waits for must not end the server and with it everything that is being written.
process.on('unhandledRejection', (error) => connection.console.error(`Nobody waited for this failure: ${error}`));
startServer(connection, host);
