/** What may be written at the cursor: keys that are allowed and still missing, values, ids, whole steps. */
import { type Day, formatDate } from '../model/date.js';
import { END, isId } from '../model/id.js';
import { nextReviewOf } from '../model/life-cycle.js';
import { resolved, type Schema } from '../model/schema.js';
import { optionsById, titleOfStep } from '../model/step.js';
import { rules } from '../rules/index.js';
import type { MapNode } from '../text/node.js';
import { type YamlContext, yamlContextAt } from '../text/yaml-context.js';
import { definitionOf, idsFor, playbookIdsOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { scopeOf } from '../workspace/scope.js';
import { textOf, todayOf } from '../workspace/snapshot.js';
import { type IdKind, listOf, schemaOf } from './occurrences.js';
import { impactsOnOneLine, wholeEntries, wholeFile, wholeItems } from './snippets.js';
import { toldRole } from './told-role.js';

export interface Completion {
  readonly label: string;
  readonly kind: 'key' | 'value' | 'id' | 'snippet';
  /** What stands beside the label. */
  readonly detail: string;
  readonly documentation: string;
  /** What is written; in the snippet language of the Language Server Protocol where it is a snippet. */
  readonly newText: string;
  readonly isSnippet: boolean;
  /** Sorts before those with a greater one. */
  readonly order: number;
  /** Whether there is something to choose from where the cursor stands when it is written. */
  readonly leadsToMore: boolean;
  /** Whether it is an example, such as a duration: whoever begins to type has another in mind. */
  readonly isExample?: boolean;
  /** Whether it stands for what is typed, and nothing is defined under this name. */
  readonly isUndefined?: boolean;
}

export interface Completions {
  readonly items: readonly Completion[];
  /** The range that is replaced, as offsets. */
  readonly start: number;
  readonly end: number;
}

const NOTHING: Completions = { items: [], start: 0, end: 0 };

/**
 * What may be written at an offset of a file. Nothing inside prose, in comments, and behind a value that a blank has ended.
 * What stands right behind a colon or a dash brings the blank that YAML needs there.
 */
export function completionsAt(reader: Reader, uri: string, offset: number): Completions {
  const text = textOf(reader, uri);
  const top = schemaOf(reader, uri) ?? schemaForNewFile(uri);
  const context = text === undefined ? undefined : yamlContextAt(text, offset);
  if (text === undefined || !top || !context || /\S\s+$/.test(context.prefix)) return NOTHING;
  const place = schemaAtPath(top, context.path);
  if (!place) return NOTHING;
  const end = offset + (/^[\w./-]*/.exec(text.slice(offset))?.[0].length ?? 0);
  const isEmpty = text.trim() === '' && context.path.length === 0;
  const items = [...(isEmpty ? wholeFile(uri, todayOf(reader)) : []), ...itemsAt(reader, uri, context, place, offset)];
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const indentation = /^ */.exec(text.slice(lineStart))?.[0].length ?? 0;
  const deeper = ' '.repeat(Math.max(context.column - indentation, 0));
  const written = items.map((item) => ({
    ...item,
    // An editor indents the lines of a snippet like the one that it is put into, whose dashes count as well.
    newText: `${context.lacksBlank ? ' ' : ''}${item.newText.replaceAll('\n', `\n${deeper}`)}`,
  }));
  return { items: written, start: context.from, end };
}

/** A file with our name and nothing in it yet. */
function schemaForNewFile(uri: string): Schema | undefined {
  if (/\.incident-playbook\.ya?ml$/.test(uri)) return schemaOfFormat('playbook/v1');
  return /\.incident-org\.ya?ml$/.test(uri) ? schemaOfFormat('organization/v1') : undefined;
}

function schemaOfFormat(format: string): Schema {
  return {
    type: 'object',
    properties: { format: { const: format, description: 'Names the kind and the version of the file.' } },
    required: ['format'],
  };
}

interface SchemaPlace {
  readonly schema: Schema;
  readonly refersTo: string | undefined;
}

/** Follows keys and list items through the schema; where there is a choice, the branch that can go on. */
function schemaAtPath(top: Schema, path: readonly string[]): SchemaPlace | undefined {
  let place: SchemaPlace = { schema: top, refersTo: undefined };
  for (const name of path) {
    const branches = branchesOf(place.schema);
    const refersTo = place.refersTo;
    let next: SchemaPlace | undefined;
    for (const branch of branches) {
      const inside =
        name === '[]'
          ? branch.items
          : (branch.properties?.[name] ??
            (typeof branch.additionalProperties === 'object' ? branch.additionalProperties : undefined));
      if (!inside) continue;
      const inherited = name === '[]' ? refersTo : undefined;
      next = { schema: inside, refersTo: inside['x-refers-to'] ?? inherited };
      break;
    }
    if (!next) return undefined;
    place = next;
  }
  return place;
}

function branchesOf(schema: Schema): readonly Schema[] {
  const own = resolved(schema);
  return own.anyOf ? own.anyOf.map(resolved) : [own];
}

function* itemsAt(
  reader: Reader,
  uri: string,
  context: YamlContext,
  { schema, refersTo }: SchemaPlace,
  offset: number,
): Iterable<Completion> {
  const branches = branchesOf(schema);
  const map = branches.find(({ properties }) => properties !== undefined);
  if (context.position === 'item') yield* wholeItems(reader, uri, schema, context.isInFlow);
  // A pair right inside brackets would be a map of its own.
  const isBare = context.position === 'item' && context.isInFlow;
  if (context.position !== 'value' && map && !isBare) yield* keysOf(map, context);
  if (context.position === 'key') {
    if (!context.isInFlow && !context.hasColon) {
      for (const branch of branches) yield* wholeEntries(reader, uri, branch);
    }
    return;
  }
  if (refersTo !== undefined) {
    const ids = [...idsOf(reader, uri, refersTo as IdKind, context, offset)];
    yield* refersTo === 'rule' ? ids : withTheirBeginnings(ids);
  }
  if (context.position === 'value' && schema.$ref?.endsWith('/impacts')) yield impactsOnOneLine(reader, uri);
  const playbook = playbookOf(reader, uri)?.value;
  const nextReview = playbook && nextReviewOf(playbook);
  for (const branch of branches) yield* valuesOf(branch, context, todayOf(reader), nextReview);
}

function* keysOf(schema: Schema, { siblings, isInFlow, hasColon }: YamlContext): Iterable<Completion> {
  const required = new Set(schema.required ?? []);
  for (const [index, [name, property]] of Object.entries(schema.properties ?? {}).entries()) {
    if (siblings.has(name)) continue;
    const { description = '' } = resolved(property);
    yield {
      label: name,
      kind: 'key',
      detail: required.has(name) ? 'required' : '',
      documentation: [description, exampleText(name, property)].filter(Boolean).join('\n\n'),
      newText: hasColon ? name : `${name}:${valueSnippet(property, isInFlow)}`,
      isSnippet: !hasColon,
      order: (required.has(name) ? 100 : 200) + index,
      leadsToMore: !hasColon && hasSuggestions(property),
    };
  }
}

/** Whether anything is offered for the value of a key, or for what stands in it first. */
function hasSuggestions(property: Schema): boolean {
  const own = resolved(property);
  if (own['x-refers-to'] !== undefined || own.enum || own.type === 'boolean' || own.type === 'object') return true;
  if (own.format !== undefined && FORMATS_WITH_SUGGESTIONS.has(own.format)) return true;
  return (own.items !== undefined && hasSuggestions(own.items)) || (own.anyOf?.some(hasSuggestionsOrWord) ?? false);
}

function hasSuggestionsOrWord(branch: Schema): boolean {
  return resolved(branch).const !== undefined || hasSuggestions(branch);
}

const FORMATS_WITH_SUGGESTIONS: ReadonlySet<string> = new Set(['date', 'duration', 'obligation-limit']);

/** What follows the colon of a key: the beginning of a list or a map, or the place of a value. */
function valueSnippet(property: Schema, isInFlow: boolean): string {
  const branches = branchesOf(property).filter(({ deprecated }) => !deprecated);
  const [branch] = branches;
  if (isInFlow || !branch || branches.length > 1) return ' $0';
  if (branch.const !== undefined) return ` ${String(branch.const)}`;
  if (branch.type === 'array') return resolved(branch.items ?? {}).type === 'object' ? '\n  - $0' : ' [$0]';
  return branch.type === 'object' ? '\n  $0' : ' $0';
}

function* valuesOf(
  schema: Schema,
  context: YamlContext,
  today: Day,
  nextReview: Day | undefined,
): Iterable<Completion> {
  const key = context.path.findLast((part) => part !== '[]') ?? '';
  const choices = schema.enum ?? (schema.const === undefined ? [] : [schema.const]);
  for (const [index, choice] of choices.entries()) {
    yield plain(String(choice), 'value', '', schema.description ?? '', index);
  }
  if (schema.type === 'boolean') for (const value of ['true', 'false']) yield plain(value, 'value', '', '', 0);
  for (const example of [
    ...(schema.format === 'date' ? datesFor(key, today, nextReview) : []),
    ...(schema.format === 'duration' || schema.format === 'obligation-limit' ? durationsFor(key) : []),
  ]) {
    // `1m` is no beginning of `10m`, whatever an editor makes of it.
    if (example.label.startsWith(context.prefix)) yield { ...example, isExample: true };
  }
}

function durationsFor(key: string): Completion[] {
  const durations = DURATIONS[key] ?? ['15m', '30m', '1h', '4h', '1d'];
  return durations.map((duration, index) => plain(duration, 'value', '', '', index));
}

/** What these fields usually hold. */
const DURATIONS: Readonly<Record<string, readonly string[]>> = {
  within: ['10m', '15m', '30m', '1h', '2h', '4h', '1d'],
  for: ['30m', '1h', '4h', '8h', '1d'],
  every: ['90d', '180d', '365d'],
  containment_target: ['1h', '2h', '4h', '8h'],
  rto: ['1h', '4h', '8h', '1d', '2d'],
  rpo: ['15m', '1h', '4h', '1d'],
  mtpd: ['4h', '8h', '1d', '3d', '7d'],
  exercise_interval: ['180d', '365d'],
  waiver_length: ['90d', '180d', '365d'],
};

function* datesFor(key: string, today: Day, nextReview: Day | undefined): Iterable<Completion> {
  yield plain(formatDate(today), 'value', 'today', '', 0);
  if (nextReview !== undefined && nextReview > today && key !== 'on' && key !== 'last') {
    yield plain(formatDate(nextReview), 'value', 'the next review', '', 1);
  }
  if (key === 'due' || key === 'expires') {
    yield plain(formatDate(today + 30), 'value', 'in 30 days', '', 1);
    yield plain(formatDate(today + 90), 'value', 'in 90 days', '', 2);
    yield plain(formatDate(today + 364), 'value', 'in a year', '', 3);
  }
}

function* idsOf(reader: Reader, uri: string, kind: IdKind, context: YamlContext, offset: number): Iterable<Completion> {
  const list = listOf(kind);
  if (list) {
    for (const [index, id] of idsFor(reader, uri, list).entries()) {
      yield plain(id, 'id', detailOf(reader, uri, kind, id), '', index);
    }
    return;
  }
  const steps = playbookOf(reader, uri)?.value.steps?.items ?? [];
  if (kind === 'step') {
    for (const [index, step] of steps.entries()) {
      if (step.id) yield plain(step.id.value, 'id', titleOfStep(step), '', index);
    }
    const key = context.path.findLast((part) => part !== '[]');
    if (key === 'next' || key === 'join') yield plain(END, 'id', 'the playbook ends here', '', steps.length);
  } else if (kind === 'option') {
    const tree = treeOf(reader, uri);
    const isAround = ({ place: { piece } }: MapNode) => {
      const span = tree?.spanOf({ piece, start: 0, end: piece.text.length });
      return span !== undefined && span.start <= offset && offset <= span.end;
    };
    const here = steps.find(({ node }) => isAround(node));
    for (const [index, [id, option]] of [...(here ? optionsById(here) : [])].entries()) {
      yield plain(id, 'id', option.label?.value ?? '', '', index);
    }
  } else if (kind === 'playbook') {
    for (const [index, [id, target]] of [...playbookIdsOf(reader, scopeOf(reader, uri))].entries()) {
      if (target !== uri) yield plain(id, 'id', playbookOf(reader, target)?.value.title?.value ?? '', '', index);
    }
  } else if (kind === 'rule') {
    for (const [index, rule] of rules.entries())
      yield plain(rule.id, 'id', rule.severity, `${rule.summary} ${rule.why}`, index);
  }
}

/**
 * Ids, and behind them what of them ends at a hyphen: a playbook is written from the top, so that `next: isolate` may mean a
 * step that is still to come, and not `isolate-hosts`, which there is. An editor must find what is typed among what it offers.
 */
function* withTheirBeginnings(ids: readonly Completion[]): Iterable<Completion> {
  yield* ids;
  const known = new Set(ids.map(({ label }) => label));
  for (const { label } of ids) {
    for (let at = label.indexOf('-'); at > 0; at = label.indexOf('-', at + 1)) {
      const beginning = label.slice(0, at);
      if (known.has(beginning) || !isId(beginning)) continue;
      known.add(beginning);
      yield { ...plain(beginning, 'id', 'not defined', '', UNDEFINED_ORDER), isUndefined: true };
    }
  }
}

const UNDEFINED_ORDER = 9000;

function detailOf(reader: Reader, uri: string, kind: IdKind, id: string): string {
  if (kind === 'role') return toldRole(reader, uri, id);
  if (kind === 'person') return definitionOf(reader, uri, 'people', id)?.value.name?.value ?? '';
  const list = listOf(kind);
  const value = list && (definitionOf(reader, uri, list, id)?.value as { title?: { value: string } } | undefined);
  return value?.title?.value ?? '';
}

function plain(
  label: string,
  kind: Completion['kind'],
  detail: string,
  documentation: string,
  order: number,
): Completion {
  return { label, kind, detail, documentation, newText: label, isSnippet: false, order, leadsToMore: false };
}

function exampleText(name: string, property: Schema): string {
  const example = resolved(property).examples?.[0];
  return typeof example === 'string' || typeof example === 'number' ? `\`\`\`yaml\n${name}: ${example}\n\`\`\`` : '';
}
