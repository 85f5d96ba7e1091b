/** The language server: which message is answered by what. */
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  FileChangeType,
  type InitializeParams,
  type InitializeResult,
  TextDocumentSyncKind,
  TextDocuments,
  type WorkspaceDiagnosticParams,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { version } from '../product.js';
import { isOurs, statusOf } from '../workspace/files.js';
import { Snapshot, urisOf } from '../workspace/snapshot.js';
import { serveBinders } from './binders.js';
import { diagnosticsOf } from './diagnostics.js';
import { drawings } from './drawings.js';
import { serveExercises } from './exercises.js';
import { FEATURES, serveFeatures } from './features.js';
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
import { publisher } from './publish.js';
import { commandsFrom, DEFAULT_SETTINGS, settingsFrom, trustFrom } from './settings.js';
import { workspaceDiagnostics } from './workspace-diagnostics.js';

/** Somebody who types in the organisation changes it several times a second. */
const REFRESH_DELAY_MILLISECONDS = 150;

/** Takes a connection and the world around it. Serves until the connection ends. */
export function startServer(connection: Connection, host: Host): void {
  let phase: Phase = 'starting';
  let snapshot = Snapshot.empty(host.today());
  let folders: string[] = [];
  const roots = new Map<string, string>();
  let client: InitializeParams['capabilities'] = {};
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

  /** The spelling of each open file's URI that the client uses. */
  const spelledByClient = new Map<string, string>();
  const keyOf = (uri: string) => URI.parse(uri).toString();
  const nameOf = (key: string) => spelledByClient.get(key) ?? key;
  const openKeys = () => [...spelledByClient.keys()];

  const showsProgress = () => client.window?.workDoneProgress === true;
  const pulls = () => client.textDocument?.diagnostic !== undefined;
  const pushed = publisher(connection, (key) => diagnosticsOf(current(), key, nameOf), nameOf);

  function current(): Snapshot {
    const today = host.today();
    if (today !== snapshot.today) snapshot = snapshot.with({ today });
    return snapshot;
  }

  function changeFiles(files: ReadonlyMap<string, string | undefined>): void {
    snapshot = current().with({ files, folders });
    if (!pulls() && !index.isReading()) pushed.schedule(openKeys());
  }

  /** Files that have changed on disk while folders were being read: what was read of them may be older. */
  const changedMeanwhile = new Set<string>();
  const index = indexing(host, connection, () => phase === 'running' && isInitialized && showsProgress(), addFolder);

  function addFolder(folder: string, texts: ReadonlyMap<string, string>): void {
    folders = [...folders, folder];
    const isNewer = (key: string) => spelledByClient.has(key) || changedMeanwhile.has(key);
    changeFiles(new Map([...texts].filter(([key]) => !isNewer(key))));
  }

  /** Takes the URI of a folder that the client has opened. Two of them may belong to the same folder here: a repository. */
  function addRoot(uri: string): void {
    roots.set(uri, host.folderOf(uri, true));
    index.add(uri, true);
  }

  function removeRoot(uri: string): void {
    const folder = roots.get(uri);
    roots.delete(uri);
    if (folder !== undefined && ![...roots.values()].includes(folder)) removeFolder(folder);
  }

  function removeFolder(folder: string): void {
    folders = folders.filter((other) => other !== folder);
    index.forget(folder);
    const isGone = (key: string) =>
      key.startsWith(folder) && !spelledByClient.has(key) && !folders.some((other) => key.startsWith(other));
    changeFiles(
      new Map(
        urisOf(current())
          .filter(isGone)
          .map((key) => [key, undefined]),
      ),
    );
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
        if (!pulls()) pushed.schedule(openKeys());
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

  connection.onInitialize((params): InitializeResult => {
    client = params.capabilities;
    settings = settingsFrom(params.initializationOptions);
    commands = commandsFrom(params.initializationOptions);
    isTrusted = trustFrom(params.initializationOptions);
    phase = 'running';
    const opened = params.workspaceFolders?.map(({ uri }) => uri) ?? (params.rootUri ? [params.rootUri] : []);
    for (const root of opened) addRoot(root);
    return {
      serverInfo: { name: 'incident-playbooks', version },
      capabilities: {
        ...FEATURES,
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
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
      const watchers = [{ globPattern: '**/*.{yaml,yml}' }];
      connection.client
        .register(DidChangeWatchedFilesNotification.type, { watchers })
        .catch((error) => connection.console.warn(`Files that others change are not watched: ${error}`));
    }
    if (client.workspace?.workspaceFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        for (const { uri } of removed) removeRoot(uri);
        for (const { uri } of added) addRoot(uri);
        refreshWhenRead();
      });
    }
  });

  connection.onShutdown(() => {
    phase = 'stopping';
  });

  documents.onDidOpen(({ document }) => {
    const key = keyOf(document.uri);
    spelledByClient.set(key, document.uri);
    const inFolder = folders.some((folder) => key.startsWith(folder));
    if (!inFolder && key.startsWith('file:')) index.add(key, false);
    changeFiles(new Map([[key, document.getText()]]));
    if (index.isReading()) refreshWhenRead();
  });

  documents.onDidChangeContent(({ document }) => {
    const key = keyOf(document.uri);
    if (!spelledByClient.has(key)) return;
    const before = statusOf(current(), key).kind;
    changeFiles(new Map([[key, document.getText()]]));
    // What a playbook says matters to those that call it and to the organisation; what the others say, to every playbook.
    const isOurKind = (kind: string) => kind !== 'foreign';
    if (isOurKind(before) || isOurKind(statusOf(current(), key).kind)) refreshOthers();
  });

  documents.onDidClose(({ document }) => {
    const key = keyOf(document.uri);
    if (!pulls()) pushed.clear(key);
    spelledByClient.delete(key);
    pictures.forget(key);
    changeFiles(new Map([[key, host.readFile(key)]]));
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    const files = new Map<string, string | undefined>();
    for (const { uri, type } of changes) {
      const key = keyOf(uri);
      if (spelledByClient.has(key)) continue;
      if (index.isReading()) changedMeanwhile.add(key);
      const text = type === FileChangeType.Deleted ? undefined : host.readFile(key);
      files.set(key, text !== undefined && isOurs(key, text) ? text : undefined);
    }
    if (files.size === 0) return;
    changeFiles(files);
    refreshOthers();
  });

  connection.languages.diagnostics.on(
    guard('textDocument/diagnostic', { kind: DocumentDiagnosticReportKind.Full, items: [] }, ({ textDocument }) => ({
      kind: DocumentDiagnosticReportKind.Full,
      items: diagnosticsOf(current(), keyOf(textDocument.uri), nameOf),
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

  const ofWorkspace = workspaceDiagnostics(current, nameOf);
  connection.languages.diagnostics.onWorkspace((params, token, _, partial) =>
    guard('workspace/diagnostic', { items: [] }, ({ previousResultIds }: WorkspaceDiagnosticParams) =>
      ofWorkspace(previousResultIds, token, partial),
    )(params, token),
  );

  connection.onRequest(
    DRAWING_REQUEST,
    guard<DrawingParams, DrawingResult | null>(DRAWING_REQUEST, null, ({ uri, known, direction, grouping }) =>
      pictures.answer(current, {
        uri: keyOf(uri),
        known: known ?? null,
        direction: direction === 'right' ? 'right' : 'down',
        grouping: grouping === 'phase' || grouping === 'owner' ? grouping : 'none',
      }),
    ),
  );

  connection.onRequest(
    EXPORT_REQUEST,
    guard<ExportParams, ExportResult>(
      EXPORT_REQUEST,
      { fault: 'The export failed. The output channel says why.' },
      async ({ uri, format }) => {
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
