/** The outline of a file, and the things in a workspace that somebody may want to jump to. */
import { kindOf, type Step, titleOfStep } from '../model/step.js';
import type { Node } from '../text/node.js';
import type { Span } from '../text/place.js';
import { DEFINITION_KINDS, definitionsIn } from '../workspace/definitions.js';
import { takingPart } from '../workspace/exclusion.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { listOf } from './occurrences.js';

export type SymbolKind =
  | 'playbook'
  | 'action'
  | 'decision'
  | 'parallel'
  | 'call'
  | 'unfinished'
  | 'option'
  | 'list'
  | 'person'
  | 'role'
  | 'service'
  | 'channel'
  | 'obligation';

export interface OutlineSymbol {
  readonly name: string;
  /** What stands beside the name: an owner, a phase, a holder. */
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  /** The part that is selected: its id. */
  readonly selection: Span;
  readonly children: readonly OutlineSymbol[];
}

/** Takes the URI of a file. Gives its outline: steps with their options, and what it defines. */
export function outlineOf(reader: Reader, uri: string): OutlineSymbol[] {
  const tree = treeOf(reader, uri);
  if (!tree) return [];
  const spanOf = (node: Node) => tree.spanOf(node.place);
  const symbol = (
    node: Node,
    id: Node | undefined,
    name: string,
    detail: string,
    kind: SymbolKind,
    children: OutlineSymbol[] = [],
  ) => {
    const selection = spanOf(id ?? node);
    const whole = spanOf(node);
    const span = { uri, start: Math.min(whole.start, selection.start), end: Math.max(whole.end, selection.end) };
    return { name, detail, kind, span, selection, children };
  };
  const ofStep = (step: Step) => {
    const id = step.node.pairs.get('id')?.value;
    const options = (step.options?.items ?? []).map((option) =>
      symbol(
        option.node,
        option.node.pairs.get('id')?.value,
        option.label?.value ?? option.id?.value ?? 'option',
        option.next ? `to ${option.next.value}` : '',
        'option',
      ),
    );
    return symbol(step.node, id, titleOfStep(step), step.phase?.value.replace('_', ' ') ?? '', kindOf(step), options);
  };
  const steps = (playbookOf(reader, uri)?.value.steps?.items ?? []).map(ofStep);
  const lists = DEFINITION_KINDS.flatMap((list) => {
    const pair = tree.root?.pairs.get(list);
    if (pair?.value.kind !== 'map') return [];
    const children = [...pair.value.pairs].map(([name, { key, value }]) =>
      symbol(value, key, name, titleIn(value), kindOfList(list)),
    );
    const span = {
      uri,
      start: spanOf(pair.key).start,
      end: Math.max(spanOf(pair.key).end, ...children.map((child) => child.span.end)),
    };
    return [{ name: list, detail: '', kind: 'list' as const, span, selection: spanOf(pair.key), children }];
  });
  return [...steps, ...lists].sort((a, b) => a.span.start - b.span.start);
}

function kindOfList(list: (typeof DEFINITION_KINDS)[number]): SymbolKind {
  const kinds = ['role', 'person', 'service', 'channel', 'obligation'] as const;
  return kinds.find((kind) => listOf(kind) === list) ?? 'list';
}

function titleIn(node: Node): string {
  if (node.kind !== 'map') return '';
  const title = node.pairs.get('title')?.value ?? node.pairs.get('name')?.value;
  return title?.kind === 'scalar' ? String(title.value ?? '') : '';
}

export interface WorkspaceSymbol {
  readonly name: string;
  readonly kind: SymbolKind;
  /** The playbook or file that it is in. */
  readonly container: string;
  readonly span: Span;
}

const MAX_SYMBOLS = 500;

/** Takes what somebody has typed. Gives playbooks, steps and definitions whose title or id holds its letters in order. */
export function workspaceSymbols(reader: Reader, query: string): WorkspaceSymbol[] {
  const letters = [...query.toLowerCase().replace(/\s/g, '')];
  const found: WorkspaceSymbol[] = [];
  for (const uri of takingPart(reader, 'all')) {
    const playbook = playbookOf(reader, uri)?.value;
    const tree = treeOf(reader, uri);
    if (!tree) continue;
    const container = playbook?.title?.value ?? decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
    const add = (names: readonly (string | undefined)[], kind: SymbolKind, span: Span) => {
      const fits = names.find((name) => name !== undefined && holdsInOrder(name.toLowerCase(), letters));
      if (fits !== undefined) found.push({ name: names[0] ?? fits, kind, container, span });
    };
    if (playbook?.id) add([playbook.title?.value, playbook.id.value], 'playbook', tree.spanOf(playbook.id.place));
    for (const step of playbook?.steps?.items ?? []) {
      if (step.id) add([titleOfStep(step), step.id.value], kindOf(step), tree.spanOf(step.id.place));
    }
    for (const list of DEFINITION_KINDS) {
      for (const { id, value } of definitionsIn(reader, uri, list)) {
        add([id.value, titleIn(value.node)], kindOfList(list), tree.spanOf(id.place));
      }
    }
    if (found.length > MAX_SYMBOLS) return found.slice(0, MAX_SYMBOLS);
  }
  return found;
}

function holdsInOrder(text: string, letters: readonly string[]): boolean {
  let at = 0;
  return letters.every((letter) => {
    at = text.indexOf(letter, at) + 1;
    return at > 0;
  });
}
