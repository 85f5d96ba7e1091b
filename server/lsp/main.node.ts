/** Starts the language server in Node: over standard input and output, or as VS Code asks. */
import { lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createConnection, type Message, ProposedFeatures } from 'vscode-languageserver/node';
import type { writePdf } from '../binder/pdf/write-pdf.js';
import { readBinderTemplate } from '../disk/binder-template.js';
import { isPassedOver, workspaceFolderOf } from '../disk/find-files.js';
import { trueTypeFonts, webFonts } from '../disk/fonts.js';
import { revisionOf } from '../disk/git.js';
import { loadWorkspaceInSteps, uriOfPath } from '../disk/load-workspace.js';
import { canonicalPath, localPath } from '../disk/local-path.js';
import { readText } from '../disk/read-text.js';
import { parseDate } from '../model/date.js';
import type { Host } from './host.js';
import { layoutThread } from './layout-thread.node.js';
import { startServer } from './server.js';
import { socketFrom } from './socket.node.js';
import { tolerantReader } from './tolerance.js';

const host: Host = {
  folderOf(uri, isFolder) {
    const path = localPath(uri);
    if (path === undefined) return isFolder ? withSlash(uri) : uri.slice(0, uri.lastIndexOf('/') + 1);
    return withSlash(uriOfPath(workspaceFolderOf(isFolder && isDirectory(path) ? path : dirname(path))));
  },
  canonical(uri) {
    const path = localPath(uri);
    return path === undefined ? uri : uriOfPath(canonicalPath(path));
  },
  isFolder(uri) {
    const path = localPath(uri);
    return path !== undefined && isDirectory(path);
  },
  *loadFolder(folder, seenBefore) {
    const path = localPath(folder);
    return path === undefined ? { texts: new Map(), seen: new Map() } : yield* loadWorkspaceInSteps(path, seenBefore);
  },
  readFile(uri) {
    const path = localPath(uri);
    if (path === undefined || isPassedOver(workspaceFolderOf(dirname(path)), path)) return undefined;
    const read = readText(path);
    return 'text' in read ? read.text : undefined;
  },
  layout: layoutThread(join(__dirname, 'layout-worker.js')),
  webFonts,
  trueTypeFonts,
  binderTemplate: readBinderTemplate,
  async revisionOf(uri, texts) {
    const path = localPath(uri);
    if (path === undefined) return '';
    const files = [...texts].flatMap(([key, text]): [string, string][] => {
      const at = localPath(key);
      return at === undefined ? [] : [[at, text]];
    });
    return revisionOf(path, new Map(files));
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
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function withSlash(uri: string): string {
  return uri.endsWith('/') ? uri : `${uri}/`;
}

const read = tolerantReader();
const messageStrategy = { handleMessage: (message: Message, next: (message: Message) => void) => next(read(message)) };
const socket = socketFrom(process.argv);
const connection = socket
  ? createConnection(ProposedFeatures.all, socket, socket, { messageStrategy })
  : createConnection(ProposedFeatures.all, { messageStrategy });
// A promise that nobody waits for must not end the server and with it everything that is being written.
process.on('unhandledRejection', (error) => connection.console.error(`Nobody waited for this failure: ${error}`));
startServer(connection, host);
