/** The language server: which message is answered by what. */
import {
  type ClientCapabilities,
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  FileChangeType,
  type FileEvent,
  type FileSystemWatcher,
  type InitializeParams,
  type InitializeResult,
  PositionEncodingKind,
  TextDocumentSyncKind,
  TextDocuments,
  WatchKind,
  type WorkspaceDiagnosticParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { version } from '../product.js';
import { isOurs, statusOf } from '../workspace/files.js';
import { type Change, Snapshot, standsFor, textOf, urisOf } from '../workspace/snapshot.js';
import { serveBinders } from './binders.js';
import { diagnosticsOf } from './diagnostics.js';
import { drawings } from './drawings.js';
import { serveExercises } from './exercises.js';
import { featuresFor, serveFeatures } from './features.js';
import { guardFor, type Phase } from './guard.js';
import type { Host } from './host.js';
import { indexing } from './indexing.js';
import {
  DRAWING_REQUEST,
  type DrawingParams,
  type DrawingResult,
  EXPORT_REQUEST,
  type ExportParams,
  type ExportResult,
  TRUST_GRANTED,
} from './messages.js';
import { fileNames } from './names.js';
import { publisher } from './publish.js';
import { commandsFrom, DEFAULT_SETTINGS, settingsFrom, trustFrom } from './settings.js';
import { fileBehind, foldersAbove, isSameFileSystem, normalizedUri, uriOfAnyPath } from './uris.js';
import { workspaceDiagnostics } from './workspace-diagnostics.js';

/** Somebody who types in the organisation changes it several times a second. */
const REFRESH_DELAY_MILLISECONDS = 150;

const ALL_FILES = { filters: [{ pattern: { glob: '**/*' } }] };
/** What says which files git ignores: whatever happens to it, other files may belong to the workspace. */
const IGNORES = /\/\.gitignore$/;
const YAML_NAME = /\.ya?ml$/i;

/** Takes a connection and the world around it. Serves until the connection ends. */
export function startServer(connection: Connection, host: Host): void {
  let phase: Phase = 'starting';
  let snapshot = Snapshot.empty(host.today());
  let folders: string[] = [];
  /** The folder that belongs to each folder that the client has opened. */
  const roots = new Map<string, string>();
  let client: ClientCapabilities = {};
  let settings = DEFAULT_SETTINGS;
  let commands: ReadonlySet<string> = new Set();
  let isInitialized = false;
  let isTrusted = false;
  let refreshing: NodeJS.Timeout | undefined;
  const documents = new TextDocuments(TextDocument);
  const pictures = drawings(host.layout);
  const guard = guardFor(
    connection,
    () => phase,
    () => index.pending(),
  );

  /** Files that have changed on disk while folders were being read: what was read of them may be older. */
  const changedMeanwhile = new Set<string>();
  const index = indexing(host, connection, () => phase === 'running' && isInitialized && showsProgress(), takeFolder);
  const isIn = (all: Iterable<string>, key: string) => [...all].some((folder) => key.startsWith(folder));
  const names = fileNames(host.canonical, (key) => isIn(index.folders(), key), index.holds);
  const { keyOf, nameOf, isOpen } = names;
  /** The file that each open document stands for which is none. */
  const standsForFile = new Map<string, string>();

  const showsProgress = () => client.window?.workDoneProgress === true;
  const pulls = () => client.textDocument?.diagnostic !== undefined;
  const diagnose = (key: string) => diagnosticsOf(current(), key, { client, nameOf });
  const pushed = publisher(connection, (uri) => diagnose(keyOf(uri)));
  const ofWorkspace = workspaceDiagnostics(
    current,
    nameOf,
    diagnose,
    (key) => isIn(roots.values(), key) || isOpen(key),
  );

  function current(): Snapshot {
    const today = host.today();
    if (today !== snapshot.today) snapshot = snapshot.with({ today });
    return snapshot;
  }

  function change(change: Change): void {
    snapshot = current().with({ ...change, folders });
    if (!pulls() && !index.isReading()) pushed.schedule(reportedDocuments());
  }

  function changeFiles(files: ReadonlyMap<string, string | undefined>): void {
    change({ files });
  }

  /** What is no file is not reported on. */
  function reportedDocuments(): string[] {
    return [...names.documents()].flatMap(([uri, key]) => (isFile(key) ? [uri] : []));
  }

  /** Whether a document is a file of this machine, or of the file system of a folder that the client has opened. */
  function isFile(key: string): boolean {
    return key.startsWith('file:') || [...roots.values()].some((root) => isSameFileSystem(key, root));
  }

  /** Takes the new text of an open document. */
  function changeDocument(key: string, text: string): void {
    if (isFile(key)) {
      const wasStandIn = standsForFile.delete(key);
      change({ files: new Map([[key, text]]), ...(wasStandIn ? { standIns: new Map([[key, undefined]]) } : {}) });
    } else {
      const standsFor = standsForFile.get(key) ?? fileBehindDocument(key);
      standsForFile.set(key, standsFor);
      change({ files: new Map([[key, undefined]]), standIns: new Map([[key, { text, standsFor }]]) });
    }
  }

  function fileBehindDocument(key: string): string {
    const { canonical } = host;
    return fileBehind(key, { roots: [...roots.values()], canonical, isKnown: (file) => snapshot.has(file) });
  }

  /** What a document is depends on the folders: they have changed, or are read now. */
  function placeDocumentsAgain(): void {
    standsForFile.clear();
    for (const document of documents.all()) {
      const key = keyOf(document.uri);
      if (key.startsWith('file:')) continue;
      changeDocument(key, document.getText());
      if (!pulls() && !isFile(key)) pushed.clear(document.uri);
    }
  }

  function takeFolder(folder: string, texts: ReadonlyMap<string, string>, isAgain: boolean): void {
    if (isAgain) {
      takeFolderAgain(folder, texts);
      return;
    }
    folders = [...folders, folder];
    const isNewer = (key: string) => isOpen(key) || changedMeanwhile.has(key);
    changeFiles(new Map([...texts].filter(([key]) => !isNewer(key))));
  }

  function takeFolderAgain(folder: string, texts: ReadonlyMap<string, string>): void {
    const isGone = (key: string) => key.startsWith(folder) && !texts.has(key) && !index.holds(key);
    const gone = urisOf(current())
      .filter(isGone)
      .map((key): [string, undefined] => [key, undefined]);
    const other = [...texts].filter(([key, text]) => textOf(current(), key) !== text);
    const changes = [...gone, ...other].filter(([key]) => !isOpen(key));
    if (changes.length === 0) return;
    changeFiles(new Map<string, string | undefined>(changes));
    refreshOthers();
  }

  /** Takes the URI of a folder that the client has opened. Two of them may belong to the same folder here: a repository. */
  function addRoot(uri: string): void {
    const key = host.canonical(normalizedUri(uri));
    roots.set(uri, host.folderOf(key, true));
    names.setRoots(roots.keys());
    index.add(key, true);
  }

  function removeRoot(uri: string): void {
    for (const root of roots.keys()) if (keyOf(root) === keyOf(uri)) roots.delete(root);
    names.setRoots(roots.keys());
    removeUnneededFolders();
  }

  /** Folders that the client has not opened are read for the sake of documents in them, and go with these. */
  function removeUnneededFolders(): void {
    const needed = [...roots.values(), ...[...names.documents().values()].map((key) => standsForFile.get(key) ?? key)];
    for (const folder of index.folders()) if (!needed.some((key) => key.startsWith(folder))) removeFolder(folder);
  }

  function removeFolder(folder: string): void {
    folders = folders.filter((other) => other !== folder);
    index.forget(folder);
    const isGone = (key: string) => key.startsWith(folder) && !isOpen(key) && !isIn(folders, key);
    changeFiles(
      new Map(
        urisOf(current())
          .filter(isGone)
          .map((key) => [key, undefined]),
      ),
    );
  }

  /** Files that nobody has opened, and that somebody looks at all the same: the graph of a closed document. */
  function readAround(key: string): void {
    if (isFile(key) && !isIn(index.folders(), key)) index.add(key, false);
  }

  /** What is said before all folders are read may be wrong, so it is said again. */
  function refreshWhenRead(): void {
    const pending = index.pending();
    if (!pending) {
      refreshOthers();
      return;
    }
    pending
      .then(() => {
        changedMeanwhile.clear();
        placeDocumentsAgain();
        if (!pulls()) pushed.schedule(reportedDocuments());
        refreshOthers();
      })
      .catch((error) => connection.console.error(`The folders were not read: ${error}`));
  }

  function refreshOthers(): void {
    if (!pulls() || !client.workspace?.diagnostics?.refreshSupport || refreshing) return;
    refreshing = setTimeout(refresh, REFRESH_DELAY_MILLISECONDS);
  }

  function refresh(): void {
    refreshing = undefined;
    Promise.resolve(connection.languages.diagnostics.refresh()).catch((error) =>
      connection.console.warn(`The client was not told that diagnostics have changed: ${error}`),
    );
  }

  /** Whether the client can be trusted to tell what others do to a file: it has been asked to, and has done so before. */
  let hasTold = false;
  const isWatched = (key: string) =>
    hasTold && client.workspace?.didChangeWatchedFiles?.dynamicRegistration === true && isIn(roots.values(), key);

  function readOurs(key: string): string | undefined {
    const text = host.readFile(key);
    return text !== undefined && isOurs(key, text) ? text : undefined;
  }

  /**
   * Takes what has been told of files and folders. Only the disk says what has become of them: an editor that saves may tell
   * that a file was deleted. Of a folder that goes or comes nothing is told but the folder.
   */
  function takeEvents(changes: readonly FileEvent[]): void {
    const before = current();
    const known = new Set(urisOf(before));
    const folderNames = new Set([...known].flatMap(foldersAbove));
    const files = new Map<string, string | undefined>();
    let isNew = false;
    for (const { uri, type } of changes) {
      const key = keyOf(uri);
      if (index.isReading()) changedMeanwhile.add(key);
      if (isOpen(key)) continue;
      if (known.has(key)) files.set(key, readOurs(key));
      if (folderNames.has(key) && type === FileChangeType.Deleted) {
        for (const file of known) if (file.startsWith(`${key}/`) && !isOpen(file)) files.set(file, readOurs(file));
      }
      isNew ||= IGNORES.test(key);
      if (known.has(key) || type === FileChangeType.Deleted || isNew || !isIn(index.folders(), key)) continue;
      isNew = host.isFolder(key) || (YAML_NAME.test(key) && readOurs(key) !== undefined);
    }
    if (files.size > 0) {
      changeFiles(files);
      refreshOthers();
    }
    // Which of the new files belong to the workspace is for the walk through its folders to say.
    if (isNew) index.again();
  }

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities ?? {};
    settings = settingsFrom(params.initializationOptions);
    commands = commandsFrom(params.initializationOptions);
    isTrusted = trustFrom(params.initializationOptions);
    phase = 'running';
    for (const root of rootsOf(params)) addRoot(root);
    return {
      serverInfo: { name: 'incident-playbooks', version },
      capabilities: {
        ...featuresFor(client),
        positionEncoding: PositionEncodingKind.UTF16,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: { includeText: false } },
        workspace: {
          workspaceFolders: { supported: true, changeNotifications: true },
          ...(client.workspace?.fileOperations
            ? { fileOperations: { didCreate: ALL_FILES, didRename: ALL_FILES, didDelete: ALL_FILES } }
            : {}),
        },
        ...(pulls()
          ? {
              diagnosticProvider: {
                identifier: 'incident-playbooks',
                interFileDependencies: true,
                workspaceDiagnostics: true,
              },
            }
          : {}),
      },
    };
  });

  connection.onInitialized(() => {
    isInitialized = true;
    if (index.isReading()) refreshWhenRead();
    if (client.workspace?.didChangeWatchedFiles?.dynamicRegistration) {
      connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers: watchers() })
        .catch((error) => connection.console.warn(`Files that others change are not watched: ${error}`));
    }
    if (client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed ?? []) removeRoot(uri);
        for (const { uri } of added ?? []) addRoot(uri);
        placeDocumentsAgain();
        refreshWhenRead();
      });
    }
  });

  connection.onShutdown(() => {
    phase = 'stopping';
  });

  documents.onDidOpen(({ document }) => {
    const key = names.use(document.uri);
    const text = document.getText();
    const place = isFile(key) ? key : fileBehindDocument(key);
    if (place.startsWith('file:') && !isIn(index.folders(), place)) index.add(place, false);
    else if (isOurs(place, text) && !(isWatched(place) && index.mayHold(place))) index.again();
    changeDocument(key, text);
    if (index.isReading()) refreshWhenRead();
  });

  documents.onDidChangeContent(({ document }) => {
    if (!names.documents().has(document.uri)) return;
    const key = names.use(document.uri);
    const before = statusOf(current(), key).kind;
    changeDocument(key, document.getText());
    // What a playbook says matters to those that call it and to the organisation; what the others say, to every playbook.
    const isOurKind = (kind: string) => kind !== 'foreign';
    if (isFile(key) && (isOurKind(before) || isOurKind(statusOf(current(), key).kind))) refreshOthers();
  });

  documents.onDidSave(({ document }) => {
    const key = keyOf(document.uri);
    if (isFile(key) && isOurs(key, document.getText()) && !(isWatched(key) && index.mayHold(key))) index.again();
  });

  documents.onDidClose(({ document }) => {
    const key = keyOf(document.uri);
    names.close(document.uri);
    if (!pulls()) pushed.clear(document.uri);
    const other = documents.all().find(({ uri }) => keyOf(uri) === key && uri !== document.uri);
    if (other) {
      changeDocument(key, other.getText());
      return;
    }
    pictures.forget(key);
    if (standsForFile.delete(key)) {
      change({ standIns: new Map([[key, undefined]]) });
      current().forget(key, []);
    } else {
      if (isOurs(key, document.getText()) && !(isWatched(key) && index.mayHold(key))) index.again();
      changeFiles(new Map([[key, index.mayHold(key) ? readOurs(key) : undefined]]));
      if (!isIn(roots.values(), key)) ofWorkspace.forget(document.uri);
      if (isOurs(key, document.getText())) refreshOthers();
    }
    removeUnneededFolders();
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    hasTold = true;
    takeEvents(changes ?? []);
  });
  const { workspace } = connection;
  const events = (files: readonly { uri: string }[] | undefined, type: FileChangeType) =>
    (files ?? []).map(({ uri }) => ({ uri, type }));
  workspace.onDidCreateFiles(({ files }) => takeEvents(events(files, FileChangeType.Created)));
  workspace.onDidDeleteFiles(({ files }) => takeEvents(events(files, FileChangeType.Deleted)));
  workspace.onDidRenameFiles(({ files }) => {
    const from = (files ?? []).map(({ oldUri }) => ({ uri: oldUri }));
    const to = (files ?? []).map(({ newUri }) => ({ uri: newUri }));
    takeEvents([...events(from, FileChangeType.Deleted), ...events(to, FileChangeType.Created)]);
  });

  /** Folders are told as well, which have no ending. A repository may be larger than what the client has opened of it. */
  function watchers(): FileSystemWatcher[] {
    const patterns = [
      { pattern: '**/{*.yaml,*.yml,.gitignore}', kind: WatchKind.Create | WatchKind.Change | WatchKind.Delete },
      { pattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
    ];
    const opened = [...roots.keys()].map((uri) => `${keyOf(uri)}/`);
    const above = [...new Set(roots.values())].filter((folder) => !opened.includes(folder));
    const canBeAbove = client.workspace?.didChangeWatchedFiles?.relativePatternSupport === true;
    return patterns.flatMap(({ pattern, kind }) => [
      { globPattern: pattern, kind },
      ...(canBeAbove ? above : []).map((folder) => ({ globPattern: { baseUri: nameOf(folder), pattern }, kind })),
    ]);
  }

  connection.languages.diagnostics.on(
    guard('textDocument/diagnostic', { kind: DocumentDiagnosticReportKind.Full, items: [] }, ({ textDocument }) => ({
      kind: DocumentDiagnosticReportKind.Full,
      items: diagnose(keyOf(textDocument.uri)),
    })),
  );

  serveFeatures({
    connection,
    guard,
    current,
    keyOf,
    nameOf,
    client: () => client,
    settings: () => settings,
    knowsCommand: (command) => commands.has(command),
  });

  connection.onDidChangeConfiguration(({ settings: sent }) => {
    settings = settingsFrom(sent);
    const failed = (error: unknown) => connection.console.warn(`The client was not told of a setting: ${error}`);
    if (client.workspace?.codeLens?.refreshSupport) connection.sendRequest(CodeLensRefreshRequest.type).catch(failed);
    if (client.workspace?.inlayHint?.refreshSupport) connection.languages.inlayHint.refresh().catch(failed);
  });

  connection.languages.diagnostics.onWorkspace((params, token, _, partial) =>
    guard('workspace/diagnostic', { items: [] }, ({ previousResultIds }: WorkspaceDiagnosticParams) =>
      ofWorkspace.answer(previousResultIds ?? [], token, partial),
    )(params, token),
  );

  connection.onRequest(
    DRAWING_REQUEST,
    guard<DrawingParams, DrawingResult | null>(DRAWING_REQUEST, null, ({ uri, known, direction, grouping }) => {
      readAround(keyOf(uri));
      return pictures.answer(current, {
        uri: keyOf(uri),
        known: known ?? null,
        direction: direction === 'right' ? 'right' : 'down',
        grouping: grouping === 'phase' || grouping === 'owner' ? grouping : 'none',
      });
    }),
  );

  connection.onRequest(
    EXPORT_REQUEST,
    guard<ExportParams, ExportResult>(
      EXPORT_REQUEST,
      { fault: 'The export failed. The output channel says why.' },
      async ({ uri, format }) => {
        readAround(keyOf(uri));
        if (format === 'html' && standsFor(current(), keyOf(uri)) !== undefined) {
          return {
            fault: 'This text is not a file of the workspace, so its findings are not known. Export the file itself.',
          };
        }
        // The reader of CommonMark is large, and most sessions export nothing.
        const { drawingFor, prepareExport } = await import('../render/export.js');
        const prepared = prepareExport(current(), keyOf(uri), format, host.webFonts);
        if (!prepared) return { fault: 'This file is not a playbook: its first line must be "format: playbook/v1".' };
        const drawing = await drawingFor(prepared, host.layout);
        const now = prepareExport(current(), keyOf(uri), format, host.webFonts) ?? prepared;
        return { text: now.write(drawing) };
      },
    ),
  );

  connection.onNotification(TRUST_GRANTED, () => {
    isTrusted = true;
  });
  serveBinders({ connection, guard, host, current, keyOf, nameOf, isTrusted: () => isTrusted });
  serveExercises({ connection, guard, current, keyOf, nameOf });

  documents.listen(connection);
  connection.listen();
}

/** The folders that a client has opened. Older ones know but one of them, the oldest only its path. */
function rootsOf({ workspaceFolders, rootUri, rootPath }: InitializeParams): string[] {
  if (workspaceFolders && workspaceFolders.length > 0) return workspaceFolders.map(({ uri }) => uri);
  if (rootUri) return [rootUri];
  return rootPath ? [uriOfAnyPath(rootPath)] : [];
}
