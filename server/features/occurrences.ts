/** Every place where an id stands: where it is defined, and where it is referred to. Navigation and rename are made of it. */
import { isId, isStepId } from '../model/id.js';
import { resolved, type Schema, schemaAt } from '../model/schema.js';
import { branchFor } from '../model/schema-problem.js';
import type { MapNode, Node, ScalarNode } from '../text/node.js';
import type { Place } from '../text/place.js';
import { DEFINITION_KINDS, type DefinitionKind, definitionOf } from '../workspace/definitions.js';
import { isExcluded } from '../workspace/exclusion.js';
import { fact, type Reader } from '../workspace/fact.js';
import { type FileKind, statusOf, treeOf } from '../workspace/files.js';
import { scopeOf, urisIn } from '../workspace/scope.js';

export type IdKind = 'role' | 'person' | 'service' | 'channel' | 'obligation' | 'step' | 'option' | 'playbook' | 'rule';

export interface Occurrence {
  readonly kind: IdKind;
  readonly id: string;
  readonly place: Place;
  readonly isDefinition: boolean;
  /** The step that an option belongs to. */
  readonly step: string | undefined;
}

const SCHEMAS: Readonly<Record<FileKind, string>> = {
  playbook: 'playbook.schema.json',
  organization: 'organization.schema.json',
  config: 'config.schema.json',
  baseline: 'baseline.schema.json',
};

const LISTS: Readonly<Record<DefinitionKind, IdKind>> = {
  people: 'person',
  roles: 'role',
  services: 'service',
  channels: 'channel',
  obligations: 'obligation',
};

/** Takes a kind of id. Gives the list that defines it, for those that an organisation defines. */
export function listOf(kind: IdKind): DefinitionKind | undefined {
  return DEFINITION_KINDS.find((list) => LISTS[list] === kind);
}

/** Takes the URI of a file. Gives the schema of its kind; undefined where it is none of ours. */
export function schemaOf(reader: Reader, uri: string): Schema | undefined {
  const { kind } = statusOf(reader, uri);
  return kind === 'foreign' || kind === 'unknown' ? undefined : schemaAt(SCHEMAS[kind]);
}

/** Takes the URI of a file. Gives all ids in it, in the order of the text. A step that has not changed is not walked again. */
export const occurrencesIn = fact((reader, uri: string): readonly Occurrence[] => {
  const tree = treeOf(reader, uri);
  const schema = schemaOf(reader, uri);
  if (!tree?.root || !schema) return [];
  const isFile = statusOf(reader, uri).kind === 'playbook';
  const found = [
    ...walk(tree.root, schema, { isRoot: true, isPlaybook: isFile, stepItems: occurrencesInStep(reader) }),
  ];
  if (!tree.parts.some(({ parsed }) => parsed.usesAliases)) return found;
  // What stands behind an anchor is walked through once for each alias.
  const seen = new Set<Place>();
  return found.filter(({ place }) => !seen.has(place) && seen.add(place));
});

const stepOccurrences = fact((_, node: MapNode): readonly Occurrence[] => [...walk(node, STEP, {})]);
const STEP: Schema = { $ref: 'playbook.schema.json#/definitions/step' };

function occurrencesInStep(reader: Reader): (node: MapNode) => readonly Occurrence[] {
  return (node) => stepOccurrences(reader, node);
}

interface Walk {
  readonly isRoot?: boolean;
  readonly isPlaybook?: boolean;
  readonly inherited?: string;
  readonly step?: string | undefined;
  /** How the steps of a file are walked. */
  readonly stepItems?: (node: MapNode) => readonly Occurrence[];
}

function* walk(node: Node, at: Schema, { inherited, step, isRoot, isPlaybook, stepItems }: Walk): Iterable<Occurrence> {
  const refersTo = at['x-refers-to'] ?? inherited;
  const branch = branchFor(resolved(at), node);
  if (node.kind === 'scalar') {
    if (refersTo !== undefined) yield* occurrence(node, refersTo as IdKind, false, step);
  } else if (node.kind === 'sequence') {
    const items = branch.items ?? {};
    for (const item of node.items) {
      if (stepItems && item.kind === 'map' && isStep(items)) yield* stepItems(item);
      else yield* walk(item, items, { step, ...(refersTo === undefined ? {} : { inherited: refersTo }) });
    }
  } else {
    const own = isStep(at) ? idIn(node) : step;
    yield* definition(node, at, own, isRoot === true && isPlaybook === true);
    for (const [name, pair] of node.pairs) {
      const property = branch.properties?.[name];
      const extra = typeof branch.additionalProperties === 'object' ? branch.additionalProperties : undefined;
      const list = isRoot ? LISTS[name as DefinitionKind] : undefined;
      if (list && pair.value.kind === 'map') {
        for (const { key } of pair.value.pairs.values()) yield* occurrence(key, list, true, undefined);
      }
      if (property ?? extra)
        yield* walk(pair.value, property ?? extra ?? {}, { step: own, ...(stepItems ? { stepItems } : {}) });
    }
  }
}

function isStep(schema: Schema): boolean {
  return schema.$ref?.endsWith('/step') ?? false;
}

function* occurrence(
  node: ScalarNode,
  kind: IdKind,
  isDefinition: boolean,
  step: string | undefined,
): Iterable<Occurrence> {
  if (typeof node.value !== 'string' || !isId(node.value)) return;
  if (kind === 'step' && !isStepId(node.value)) return;
  yield { kind, id: node.value, place: node.place, isDefinition, step: kind === 'option' ? step : undefined };
}

function* definition(node: MapNode, at: Schema, step: string | undefined, isPlaybook: boolean): Iterable<Occurrence> {
  const id = node.pairs.get('id')?.value;
  if (id?.kind !== 'scalar') return;
  if (isStep(at)) yield* occurrence(id, 'step', true, undefined);
  else if (at.$ref?.endsWith('/option')) yield* occurrence(id, 'option', true, step);
  else if (isPlaybook) yield* occurrence(id, 'playbook', true, undefined);
}

function idIn(node: MapNode): string | undefined {
  const id = node.pairs.get('id')?.value;
  return id?.kind === 'scalar' && typeof id.value === 'string' ? id.value : undefined;
}

/** Takes a file, an id in it and the scope that is asked about. Gives a name for what it means there: the same for all that mean the same. */
export function meaningOf(
  reader: Reader,
  uri: string,
  { kind, id, step, isDefinition }: Occurrence,
  scope: string = scopeOf(reader, uri),
): string {
  if (kind === 'rule') return `rule ${id}`;
  if (kind === 'step') return `${uri} step ${id}`;
  if (kind === 'option') return `${uri} step ${step} option ${id}`;
  // What an excluded file defines, it defines for itself.
  const isApart = isExcluded(reader, uri);
  if (kind === 'playbook') return `${isApart && isDefinition ? uri : scope} playbook ${id}`;
  const list = listOf(kind);
  const mayBeLocal = isApart || statusOf(reader, uri).kind === 'playbook';
  const isLocal = list !== undefined && mayBeLocal && definitionOf(reader, uri, list, id)?.uri === uri;
  return `${isLocal ? uri : scope} ${kind} ${id}`;
}

/** Takes the URI of a file and a range in it. Gives the ids that it touches. */
export function occurrencesBetween(reader: Reader, uri: string, from: number, to: number): Occurrence[] {
  const tree = treeOf(reader, uri);
  if (!tree) return [];
  return occurrencesIn(reader, uri).filter(({ place }) => {
    const { start, end } = tree.spanOf(place);
    return start <= to && from <= end;
  });
}

/** Takes the URI of a file and an offset in it. Gives the id that stands there. */
export function occurrenceAt(reader: Reader, uri: string, offset: number): Occurrence | undefined {
  return occurrencesBetween(reader, uri, offset, offset)[0];
}

export interface Found extends Occurrence {
  readonly uri: string;
}

/** The files in which an id of this kind may mean the same as in this one: itself, and those that take part around it. */
export function filesSharing(reader: Reader, uri: string, kind: IdKind): readonly string[] {
  if (kind === 'step' || kind === 'option') return [uri];
  const around = urisIn(reader, scopeOf(reader, uri));
  return isExcluded(reader, uri) ? [uri, ...around] : around;
}

/** Takes the URI of a file and an id in it. Gives every place that means the same, in this file and in those around it. */
export function sameAs(reader: Reader, uri: string, occurrence: Occurrence): Found[] {
  const scope = scopeOf(reader, uri);
  const meaning = meaningOf(reader, uri, occurrence, scope);
  return filesSharing(reader, uri, occurrence.kind).flatMap((other) =>
    occurrencesIn(reader, other)
      .filter(
        (one) =>
          one.kind === occurrence.kind && one.id === occurrence.id && meaningOf(reader, other, one, scope) === meaning,
      )
      .map((one) => ({ ...one, uri: other })),
  );
}
