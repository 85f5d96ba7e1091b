/** What the editor can ask about a text: which request is answered by which feature. */
import {
  type CallHierarchyItem,
  type ClientCapabilities,
  type CodeAction,
  CodeActionKind,
  type CodeLens,
  type Command,
  type CompletionContext,
  type CompletionItem,
  CompletionItemKind,
  type CompletionList,
  type Connection,
  DocumentHighlightKind,
  type DocumentSymbol,
  FoldingRangeKind,
  InsertTextFormat,
  type LocationLink,
  LSPErrorCodes,
  MarkupKind,
  ResponseError,
  type SelectionRange,
  SemanticTokensBuilder,
  type ServerCapabilities,
  SymbolKind,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { CodeAction as OurCodeAction } from '../features/actions/action.js';
import { waiverEdit } from '../features/actions/waive.js';
import { type HierarchyItem, hierarchyItemAt, incomingTo, outgoingFrom } from '../features/call-hierarchy.js';
import { codeActionsAt } from '../features/code-actions.js';
import { type Completion, completionsAt } from '../features/completion.js';
import { documentLinksOf } from '../features/document-links.js';
import { foldingsOf } from '../features/folding.js';
import { type FormatEdit, formatEdits } from '../features/format.js';
import { hoverAt } from '../features/hover.js';
import { inlayHintsIn } from '../features/inlay-hints.js';
import { lensesOf } from '../features/lenses.js';
import { definitionsAt, highlightsAt, referencesAt } from '../features/navigation.js';
import type { IdKind } from '../features/occurrences.js';
import { renamableAt, rename } from '../features/rename.js';
import { selectionsAt } from '../features/selection.js';
import { semanticTokensIn } from '../features/semantic-tokens.js';
import {
  type SymbolKind as OurSymbolKind,
  type OutlineSymbol,
  outlineOf,
  workspaceSymbols,
} from '../features/symbols.js';
import { groupBy } from '../text/group-by.js';
import type { Span } from '../text/place.js';
import type { Snapshot } from '../workspace/snapshot.js';
import { diagnosticOf, linesOf, rangeOf } from './diagnostics.js';
import { completionFor, flatSymbols, isAskedFor, markupFor, offersFor, symbolKindFor, takesActions } from './forms.js';
import type { guardFor } from './guard.js';
import { WAIVE_COMMAND, WAIVE_REQUEST, type WaiveParams, type WaiveResult } from './messages.js';
import type { Settings } from './settings.js';

/** The kinds of ids as the token types that every colour theme knows. */
const TOKEN_TYPES: Readonly<Record<IdKind, string>> = {
  step: 'function',
  option: 'enumMember',
  role: 'class',
  person: 'variable',
  service: 'namespace',
  channel: 'property',
  obligation: 'interface',
  playbook: 'macro',
  rule: 'decorator',
};
const TOKEN_KINDS = Object.keys(TOKEN_TYPES);

/** The kinds of actions as the protocol names them. */
const ACTION_KINDS = {
  quickfix: CodeActionKind.QuickFix,
  'refactor.extract': CodeActionKind.RefactorExtract,
  'source.sortSteps': `${CodeActionKind.Source}.sortSteps.incidentPlaybooks`,
  'source.fixAll': `${CodeActionKind.SourceFixAll}.incidentPlaybooks`,
} as const;

/** Takes what a client can do. Gives what the server says of itself when it is initialized. */
export function featuresFor(client: ClientCapabilities): ServerCapabilities {
  return offersFor(client, FEATURES);
}

const FEATURES: ServerCapabilities = {
  // Brackets and commas are none: behind them a line may end, and Enter would take the first suggestion instead.
  completionProvider: { triggerCharacters: [' ', '-'], resolveProvider: false },
  hoverProvider: true,
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  renameProvider: { prepareProvider: true },
  codeActionProvider: { codeActionKinds: Object.values(ACTION_KINDS) },
  codeLensProvider: { resolveProvider: false },
  inlayHintProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  callHierarchyProvider: true,
  documentLinkProvider: { resolveProvider: false },
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  semanticTokensProvider: {
    legend: { tokenTypes: Object.values(TOKEN_TYPES), tokenModifiers: ['declaration'] },
    full: true,
    range: true,
  },
};

/** Opens the suggestions, in an editor that says it knows the command. */
const SUGGEST = { title: 'Suggest', command: 'editor.action.triggerSuggest', arguments: [{ auto: true }] };

/** What a click on a lens does. */
const LENS_COMMANDS = { graph: 'incidentPlaybooks.openGraph', problems: 'incidentPlaybooks.showProblems' } as const;

interface FileEdit {
  readonly span: Span;
  readonly text: string;
}

export interface World {
  readonly connection: Connection;
  readonly guard: ReturnType<typeof guardFor>;
  readonly current: () => Snapshot;
  /** Takes the URI of a client. Gives it as it is spelled here. */
  readonly keyOf: (uri: string) => string;
  /** Takes a URI as it is spelled here. Gives it as the client spells it. */
  readonly nameOf: (key: string) => string;
  readonly client: () => ClientCapabilities;
  readonly settings: () => Settings;
  /** Commands of the client that the server may name. */
  readonly knowsCommand: (command: string) => boolean;
}

const SYMBOLS: Readonly<Record<OurSymbolKind, SymbolKind>> = {
  playbook: SymbolKind.File,
  action: SymbolKind.Method,
  decision: SymbolKind.Event,
  parallel: SymbolKind.Array,
  call: SymbolKind.Module,
  unfinished: SymbolKind.Null,
  option: SymbolKind.EnumMember,
  list: SymbolKind.Namespace,
  person: SymbolKind.Variable,
  role: SymbolKind.Interface,
  service: SymbolKind.Package,
  channel: SymbolKind.Key,
  obligation: SymbolKind.Property,
};

/** Takes a connection and what is behind it. Answers the requests of the features. */
export function serveFeatures({
  connection,
  guard,
  current,
  keyOf,
  nameOf,
  client,
  settings,
  knowsCommand,
}: World): void {
  const offsetOf = (uri: string, position: { line: number; character: number }) =>
    linesOf(current(), uri).offsetAt(position);
  const range = (span: Span) => rangeOf(current(), span);
  const location = (span: Span) => ({ uri: nameOf(span.uri), range: range(span) });
  const editsByFile = (edits: readonly FileEdit[]) =>
    [...groupBy(edits, ({ span }) => span.uri)].map(
      ([uri, list]) =>
        [nameOf(uri), list.map(({ span, text }): TextEdit => ({ range: range(span), newText: text }))] as const,
    );
  const editOf = (edits: readonly FileEdit[]): WorkspaceEdit => ({ changes: Object.fromEntries(editsByFile(edits)) });
  type At = { textDocument: { uri: string }; position: { line: number; character: number } };
  const at = ({ textDocument, position }: At): [Snapshot, string, number] => {
    const uri = keyOf(textDocument.uri);
    return [current(), uri, offsetOf(uri, position)];
  };

  /** Whether nothing but blanks stands before a place in its line. */
  const isIndentation = ({ textDocument, position }: At) =>
    linesOf(current(), keyOf(textDocument.uri)).lineText(position.line).slice(0, position.character).trim() === '';

  /** Whether the editor has the suggestions of VS Code: the first is chosen already, whoever presses Enter writes it. */
  const takesByEnter = () => knowsCommand(SUGGEST.command);

  connection.onCompletion(
    guard<At & { context?: CompletionContext }, CompletionList | null>('textDocument/completion', null, (params) => {
      const [snapshot, uri, offset] = at(params);
      if (params.context?.triggerCharacter === ' ' && isIndentation(params)) return null;
      const { items, start, end } = completionsAt(snapshot, uri, offset);
      const snippets = client().textDocument?.completion?.completionItem?.snippetSupport === true;
      const where = range({ uri, start, end });
      const isEmpty = where.end.line === where.start.line && where.end.character === where.start.character;
      return {
        isIncomplete: false,
        items: items
          .filter(({ isUndefined }) => !isUndefined || takesByEnter())
          .map((item) => ({
            ...completionFor(client(), completionItem(item, where, snippets)),
            // As if somebody had typed on: an Enter behind what equals the suggestion is then a new line.
            ...(item.leadsToMore && takesByEnter() ? { command: SUGGEST } : {}),
            // It goes when something is typed, because `1m` and Enter must not become `10m`.
            ...(item.isExample && isEmpty && takesByEnter() ? { filterText: ' ' } : {}),
          })),
      };
    }),
  );

  connection.onHover(
    guard('textDocument/hover', null, (params: At) => {
      const hover = hoverAt(...at(params));
      const contents = hover && markupFor(client().textDocument?.hover?.contentFormat, hover.markdown);
      return hover && contents ? { contents, range: range(hover.span) } : null;
    }),
  );

  connection.onDefinition(
    guard('textDocument/definition', null, (params: At) => {
      const links = definitionsAt(...at(params));
      if (!client().textDocument?.definition?.linkSupport) return links.map(({ target }) => location(target));
      return links.map(
        ({ origin, target }): LocationLink => ({
          originSelectionRange: range(origin),
          targetUri: nameOf(target.uri),
          targetRange: range(target),
          targetSelectionRange: range(target),
        }),
      );
    }),
  );

  connection.onReferences(
    guard('textDocument/references', null, (params: At & { context?: { includeDeclaration?: boolean } }) =>
      referencesAt(...at(params), params.context?.includeDeclaration === true).map(location),
    ),
  );

  connection.onDocumentHighlight(
    guard('textDocument/documentHighlight', null, (params: At) =>
      highlightsAt(...at(params)).map(({ span, isDefinition }) => ({
        range: range(span),
        kind: isDefinition ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
      })),
    ),
  );

  connection.onDocumentSymbol(
    guard('textDocument/documentSymbol', null, ({ textDocument }: { textDocument: { uri: string } }) => {
      const { symbolKind, hierarchicalDocumentSymbolSupport } = client().textDocument?.documentSymbol ?? {};
      const symbol = ({ name, detail, kind, span, selection, children }: OutlineSymbol): DocumentSymbol => ({
        name: name.slice(0, 200) || '…',
        detail,
        kind: symbolKindFor(symbolKind, SYMBOLS[kind]),
        range: range(span),
        selectionRange: range(selection),
        children: children.map(symbol),
      });
      const symbols = outlineOf(current(), keyOf(textDocument.uri)).map(symbol);
      return hierarchicalDocumentSymbolSupport ? symbols : flatSymbols(textDocument.uri, symbols);
    }),
  );

  connection.onWorkspaceSymbol(
    guard('workspace/symbol', null, ({ query }: { query?: string }) =>
      workspaceSymbols(current(), query ?? '').map(({ name, kind, container, span }) => ({
        name,
        kind: symbolKindFor(client().workspace?.symbol?.symbolKind, SYMBOLS[kind]),
        containerName: container,
        location: location(span),
      })),
    ),
  );

  connection.onPrepareRename(
    guard('textDocument/prepareRename', null, (params: At) => {
      const found = renamableAt(...at(params));
      if ('refusal' in found) throw new ResponseError(LSPErrorCodes.RequestFailed, found.refusal);
      return { range: range(found.span), placeholder: found.id };
    }),
  );

  connection.onRenameRequest(
    guard('textDocument/rename', null, (params: At & { newName: string }) => {
      const renaming = rename(...at(params), params.newName);
      if ('refusal' in renaming) throw new ResponseError(LSPErrorCodes.RequestFailed, renaming.refusal);
      return editOf(renaming.spans.map((span) => ({ span, text: params.newName })));
    }),
  );

  connection.onCodeAction(
    guard('textDocument/codeAction', null, ({ textDocument, range: asked, context }) => {
      const uri = keyOf(textDocument.uri);
      const actions = codeActionsAt(current(), uri, offsetOf(uri, asked.start), offsetOf(uri, asked.end));
      return actions
        .filter(({ kind }) => isAskedFor(ACTION_KINDS[kind], context?.only))
        .flatMap((action) => codeAction(action, uri) ?? [])
        .flatMap((action): (CodeAction | Command)[] =>
          takesActions(client()) ? [action] : action.command ? [action.command] : [],
        );
    }),
  );

  const canCreateFiles = () => {
    const { documentChanges, resourceOperations } = client().workspace?.workspaceEdit ?? {};
    return documentChanges === true && resourceOperations?.includes('create') === true;
  };
  /** An action as the client can take it; undefined where it can do nothing with it. */
  function codeAction(action: OurCodeAction, uri: string): CodeAction | undefined {
    const { title, kind, finding, isPreferred, edits, creates, refusal, waiver } = action;
    const head = {
      title,
      kind: ACTION_KINDS[kind],
      ...(isPreferred && client().textDocument?.codeAction?.isPreferredSupport ? { isPreferred } : {}),
      ...(finding ? { diagnostics: [diagnosticOf(current(), finding, { client: client(), nameOf })] } : {}),
    };
    if (refusal !== undefined) {
      return client().textDocument?.codeAction?.disabledSupport
        ? { ...head, disabled: { reason: refusal } }
        : undefined;
    }
    if (waiver && knowsCommand(WAIVE_COMMAND)) {
      return { ...head, command: { title, command: WAIVE_COMMAND, arguments: [nameOf(uri), waiver] } };
    }
    if (!creates) return { ...head, edit: editOf(edits) };
    return canCreateFiles() ? { ...head, edit: editWithNewFile(creates, edits) } : undefined;
  }

  function editWithNewFile(creates: { uri: string; text: string }, edits: readonly FileEdit[]): WorkspaceEdit {
    const start = { line: 0, character: 0 };
    const written = { range: { start, end: start }, newText: creates.text };
    return {
      documentChanges: [
        { kind: 'create', uri: creates.uri },
        { textDocument: { uri: creates.uri, version: null }, edits: [written] },
        ...editsByFile(edits).map(([uri, list]) => ({ textDocument: { uri, version: null }, edits: list })),
      ],
    };
  }

  connection.onRequest(
    WAIVE_REQUEST,
    guard<WaiveParams, WaiveResult>(WAIVE_REQUEST, null, ({ uri, waiver }) => {
      const edit = waiverEdit(current(), keyOf(uri), waiver);
      return edit ? [{ range: range(edit.span), newText: edit.text }] : null;
    }),
  );

  connection.onCodeLens(
    guard('textDocument/codeLens', null, ({ textDocument }: { textDocument: { uri: string } }) =>
      (settings().codeLens ? lensesOf(current(), keyOf(textDocument.uri)) : []).flatMap(
        ({ title, span, opens }): CodeLens[] => {
          const command = opens && LENS_COMMANDS[opens];
          const isKnown = command !== undefined && knowsCommand(command);
          if (opens === 'graph' && !isKnown) return [];
          return [{ range: range(span), command: { title, command: isKnown ? command : '' } }];
        },
      ),
    ),
  );

  connection.languages.inlayHint.on(
    guard('textDocument/inlayHint', null, ({ textDocument, range: asked }) => {
      const uri = keyOf(textDocument.uri);
      if (!settings().inlayHints) return [];
      const lines = linesOf(current(), uri);
      return inlayHintsIn(current(), uri, offsetOf(uri, asked.start), offsetOf(uri, asked.end)).map(
        ({ offset, text, tooltip }) => ({
          position: lines.positionAt(offset),
          label: text,
          tooltip,
          paddingLeft: true,
        }),
      );
    }),
  );

  connection.onFoldingRanges(
    guard('textDocument/foldingRange', null, ({ textDocument }: { textDocument: { uri: string } }) =>
      foldingsOf(current(), keyOf(textDocument.uri))
        .slice(0, client().textDocument?.foldingRange?.rangeLimit)
        .map(({ start, end, isComment }) => ({
          startLine: start,
          endLine: end,
          ...(isComment ? { kind: FoldingRangeKind.Comment } : {}),
        })),
    ),
  );

  connection.onDocumentLinks(
    guard('textDocument/documentLink', null, ({ textDocument }: { textDocument: { uri: string } }) =>
      documentLinksOf(current(), keyOf(textDocument.uri)).map(({ span, target, tooltip }) => ({
        range: range(span),
        target: target.startsWith('https:') ? target : nameOf(target),
        ...(client().textDocument?.documentLink?.tooltipSupport ? { tooltip } : {}),
      })),
    ),
  );

  const callItem = ({ uri, key, name, detail, span }: HierarchyItem): CallHierarchyItem => ({
    name: name.slice(0, 200) || '…',
    detail,
    kind: key === undefined ? SymbolKind.File : SymbolKind.Method,
    uri: nameOf(uri),
    range: range(span),
    selectionRange: range(span),
    data: { key },
  });
  /** The item again, as the text is now. */
  const itemAgain = ({ uri, range: { start } }: CallHierarchyItem) => {
    const key = keyOf(uri);
    return hierarchyItemAt(current(), key, offsetOf(key, start));
  };
  connection.languages.callHierarchy.onPrepare(
    guard('textDocument/prepareCallHierarchy', null, (params: At) => {
      const item = hierarchyItemAt(...at(params));
      return item ? [callItem(item)] : null;
    }),
  );
  connection.languages.callHierarchy.onOutgoingCalls(
    guard('callHierarchy/outgoingCalls', null, ({ item }) => {
      const from = itemAgain(item);
      return from
        ? outgoingFrom(current(), from).map((to) => ({ to: callItem(to), fromRanges: [range(from.span)] }))
        : null;
    }),
  );
  connection.languages.callHierarchy.onIncomingCalls(
    guard('callHierarchy/incomingCalls', null, ({ item }) => {
      const to = itemAgain(item);
      return to
        ? incomingTo(current(), to).map((from) => ({ from: callItem(from), fromRanges: [range(from.span)] }))
        : null;
    }),
  );

  const textEdits = (edits: readonly FormatEdit[]) =>
    edits.map(({ span, text }): TextEdit => ({ range: range(span), newText: text }));
  connection.onDocumentFormatting(
    guard('textDocument/formatting', null, ({ textDocument }: { textDocument: { uri: string } }) =>
      textEdits(formatEdits(current(), keyOf(textDocument.uri))),
    ),
  );
  connection.onDocumentRangeFormatting(
    guard('textDocument/rangeFormatting', null, ({ textDocument, range: asked }) => {
      const uri = keyOf(textDocument.uri);
      const start = offsetOf(uri, { line: asked.start.line, character: 0 });
      const end = offsetOf(uri, asked.end);
      return textEdits(formatEdits(current(), uri).filter(({ span }) => start <= span.start && span.end <= end));
    }),
  );

  const tokensIn = (uri: string, start: number, end: number) => {
    const builder = new SemanticTokensBuilder();
    for (const { span, kind, isDefinition } of semanticTokensIn(current(), uri, start, end)) {
      const { line, character } = range(span).start;
      builder.push(line, character, span.end - span.start, TOKEN_KINDS.indexOf(kind), isDefinition ? 1 : 0);
    }
    return builder.build();
  };
  connection.languages.semanticTokens.on(
    guard('textDocument/semanticTokens/full', { data: [] }, ({ textDocument }) =>
      tokensIn(keyOf(textDocument.uri), 0, Number.POSITIVE_INFINITY),
    ),
  );
  connection.languages.semanticTokens.onRange(
    guard('textDocument/semanticTokens/range', { data: [] }, ({ textDocument, range: asked }) => {
      const uri = keyOf(textDocument.uri);
      return tokensIn(uri, offsetOf(uri, asked.start), offsetOf(uri, asked.end));
    }),
  );

  connection.onSelectionRanges(
    guard('textDocument/selectionRange', null, ({ textDocument, positions }) => {
      const uri = keyOf(textDocument.uri);
      return positions.map((position) => {
        const spans = selectionsAt(current(), uri, offsetOf(uri, position));
        return spans.reduceRight<SelectionRange | undefined>(
          (parent, span) => ({ range: range(span), ...(parent ? { parent } : {}) }),
          undefined,
        ) as SelectionRange;
      });
    }),
  );
}

const KINDS = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  id: CompletionItemKind.Reference,
  snippet: CompletionItemKind.Snippet,
} as const;

function completionItem(
  { label, kind, detail, documentation, newText, isSnippet, order }: Completion,
  where: TextEdit['range'],
  snippets: boolean,
): CompletionItem {
  return {
    label,
    kind: KINDS[kind],
    ...(detail ? { detail } : {}),
    ...(documentation ? { documentation: { kind: MarkupKind.Markdown, value: documentation } } : {}),
    sortText: String(order).padStart(4, '0'),
    // Plain text wherever it can be: of snippets VS Code does not see that they equal what is typed.
    insertTextFormat: isSnippet && snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    textEdit: { range: where, newText: isSnippet && !snippets ? withoutPlaceholders(newText) : newText },
  };
}

/** A snippet as plain text, for clients that know none. */
function withoutPlaceholders(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+/g, '')
    .replace(/\\([\\$}])/g, '$1');
}
