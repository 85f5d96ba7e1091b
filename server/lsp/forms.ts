/** Answers in the forms that a client has said it knows. What it has not said it may not know: the protocol lets nobody guess. */
import {
  type ClientCapabilities,
  CodeActionKind,
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  type DocumentSymbol,
  type MarkupContent,
  MarkupKind,
  type ServerCapabilities,
  type SymbolInformation,
  SymbolKind,
} from 'vscode-languageserver';

/** The kinds of symbols that are younger than the first version of the protocol, as the nearest of the first ones. */
const OLDER_SYMBOL_KINDS: ReadonlyMap<SymbolKind, SymbolKind> = new Map([
  [SymbolKind.Object, SymbolKind.Class],
  [SymbolKind.Key, SymbolKind.Field],
  [SymbolKind.Null, SymbolKind.Constant],
  [SymbolKind.EnumMember, SymbolKind.Constant],
  [SymbolKind.Struct, SymbolKind.Class],
  [SymbolKind.Event, SymbolKind.Function],
  [SymbolKind.Operator, SymbolKind.Function],
  [SymbolKind.TypeParameter, SymbolKind.Variable],
]);

/** The kind of a symbol as a client knows it that may have listed its kinds: such a one can do with others as well. */
export function symbolKindFor(known: { valueSet?: unknown } | undefined, kind: SymbolKind): SymbolKind {
  return known?.valueSet === undefined ? (OLDER_SYMBOL_KINDS.get(kind) ?? kind) : kind;
}

/** An outline as a flat list, each symbol with the one that it is in. */
export function flatSymbols(
  uri: string,
  symbols: readonly DocumentSymbol[],
  containerName?: string,
): SymbolInformation[] {
  return symbols.flatMap(({ name, kind, range, children = [] }) => [
    { name, kind, location: { uri, range }, ...(containerName === undefined ? {} : { containerName }) },
    ...flatSymbols(uri, children, name),
  ]);
}

/** A text with markup in the form that a client likes best: a plain string for one that has named none. */
export function markupFor(formats: readonly MarkupKind[] | undefined, markdown: string): MarkupContent | string {
  const kind = formats?.find((format) => format === MarkupKind.Markdown || format === MarkupKind.PlainText);
  if (kind === MarkupKind.Markdown) return { kind, value: markdown };
  return kind ? { kind, value: withoutMarkup(markdown) } : withoutMarkup(markdown);
}

/** A completion without what a client does not know. */
export function completionFor(client: ClientCapabilities, item: CompletionItem): CompletionItem {
  const { completionItem, completionItemKind } = client.textDocument?.completion ?? {};
  const { documentation, kind, ...rest } = item;
  const markdown = typeof documentation === 'string' ? documentation : documentation?.value;
  // The first version of the protocol ends with references.
  const isYoung =
    kind !== undefined && kind > CompletionItemKind.Reference && completionItemKind?.valueSet === undefined;
  return {
    ...rest,
    ...(kind === undefined ? {} : { kind: isYoung ? CompletionItemKind.Enum : kind }),
    ...(markdown === undefined ? {} : { documentation: markupFor(completionItem?.documentationFormat, markdown) }),
  };
}

/** A diagnostic without what a client does not know. */
export function diagnosticFor(client: ClientCapabilities, diagnostic: Diagnostic): Diagnostic {
  const { publishDiagnostics, diagnostic: pulled } = client.textDocument ?? {};
  const knows = [publishDiagnostics ?? {}, pulled ?? {}];
  const { relatedInformation, codeDescription, tags, ...rest } = diagnostic;
  const known = tags?.filter((tag) => knows.some(({ tagSupport }) => tagSupport?.valueSet.includes(tag)));
  return {
    ...rest,
    ...(codeDescription && knows.some(({ codeDescriptionSupport }) => codeDescriptionSupport)
      ? { codeDescription }
      : {}),
    ...(known && known.length > 0 ? { tags: known } : {}),
    ...(relatedInformation && knows.some((one) => one.relatedInformation) ? { relatedInformation } : {}),
  };
}

/** Whether a client takes actions as such, and not only commands. */
export function takesActions(client: ClientCapabilities): boolean {
  return client.textDocument?.codeAction?.codeActionLiteralSupport !== undefined;
}

/** What the server offers, with the details that a client knows: what has become a structure was once but true. */
export function offersFor(client: ClientCapabilities, offers: ServerCapabilities): ServerCapabilities {
  const { codeActionProvider, renameProvider } = offers;
  return {
    ...offers,
    ...(codeActionProvider && !takesActions(client) ? { codeActionProvider: true } : {}),
    ...(renameProvider && !client.textDocument?.rename?.prepareSupport ? { renameProvider: true } : {}),
  };
}

/** Whether a kind of action is among those that somebody asks for; all are where nobody says. */
export function isAskedFor(kind: CodeActionKind, only: readonly CodeActionKind[] | undefined): boolean {
  return (
    only === undefined || only.some((one) => one === CodeActionKind.Empty || kind === one || kind.startsWith(`${one}.`))
  );
}

function withoutMarkup(markdown: string): string {
  return markdown
    .replace(/```\w*\n?/g, '')
    .replace(/\[([^\]]*)\]\(([^)]*)\)/g, '$1 ($2)')
    .replace(/\*\*|`/g, '')
    .replace(/\\([\\`*_{}[\]()#+!|~<>&])/g, '$1');
}
