/**
 * Reads a tree into the model. Reading cannot fail: it gives the value and its problems, and what could not be read is
 * absent from the value.
 */

import { onRequest } from '../text/edit.js';
import { limits } from '../text/limits.js';
import { isBlank, type MapNode, type Node } from '../text/node.js';
import type { Place } from '../text/place.js';
import type * as types from './generated/types.js';
import {
  baseline,
  channel,
  config,
  obligation,
  organization,
  person,
  playbook,
  role,
  service,
  step,
  type Validate,
} from './generated/validate.js';
import type { PlacedOf } from './placed.js';
import { resolved, type Schema, schemaAt } from './schema.js';
import { branchFor, headOf, type SchemaProblem, schemaProblems } from './schema-problem.js';

interface Items {
  step: types.Step;
  person: types.Person;
  role: types.Role;
  service: types.Service;
  channel: types.Channel;
  obligation: types.Obligation;
}

interface Kinds extends Items {
  playbook: types.Playbook;
  organization: types.Organisation;
  config: types.Configuration;
  baseline: types.Baseline;
}

export type ItemKind = keyof Items;
export type Kind = keyof Kinds;

export interface Read<K extends Kind> {
  readonly value: PlacedOf<Kinds[K]>;
  readonly problems: readonly SchemaProblem[];
}

/** Reads one item. The caller may keep the answer as long as it keeps the node. */
export type ReadItem = <K extends ItemKind>(kind: K, node: Node) => Read<K>;

const ITEM_KINDS: Readonly<Record<string, ItemKind>> = {
  'playbook.schema.json#/definitions/step': 'step',
  'common.schema.json#/definitions/person': 'person',
  'common.schema.json#/definitions/role': 'role',
  'common.schema.json#/definitions/service': 'service',
  'organization.schema.json#/definitions/channel': 'channel',
  'organization.schema.json#/definitions/obligation': 'obligation',
};

const SCHEMA_REFS: Readonly<Record<Kind, string>> = {
  playbook: 'playbook.schema.json',
  organization: 'organization.schema.json',
  config: 'config.schema.json',
  baseline: 'baseline.schema.json',
  ...(Object.fromEntries(Object.entries(ITEM_KINDS).map(([ref, kind]) => [kind, ref])) as Record<ItemKind, string>),
};

const VALIDATORS: Readonly<Record<Kind, Validate>> = {
  playbook,
  organization,
  config,
  baseline,
  step,
  person,
  role,
  service,
  channel,
  obligation,
};

/** Takes the kind of a file or an item, its node, and how to read the items of a file. Gives the value and its problems. */
export function read<K extends Kind>(kind: K, node: Node, readItem: ReadItem = read): Read<K> {
  const schema = schemaAt(SCHEMA_REFS[kind]);
  const problems: SchemaProblem[] = [];
  const isFile = !Object.values(ITEM_KINDS).includes(kind as ItemKind);
  const plain = new Plain(isFile, problems);
  const value = plain.of(node, schema, undefined);
  if (plain.overflow) {
    const message = `This holds more than ${limits.values} values with its aliases and was not checked. Split it.`;
    return { value: { node: emptyMap(node) } as never, problems: [{ place: headOf(node), message }] };
  }
  const validate = VALIDATORS[kind];
  if (!validate(value)) problems.push(...schemaProblems(validate.errors ?? [], node, schema));
  const placed = new Placer(readItem, isFile, problems).of(node, schema);
  return { value: (placed ?? { node: emptyMap(node) }) as never, problems };
}

/** The tree as plain values for the validators. Objects have no prototype, so that no key of a file meets one of ours. */
class Plain {
  overflow = false;
  private values = 0;

  constructor(
    private readonly isFile: boolean,
    private readonly problems: SchemaProblem[],
  ) {}

  of(node: Node, schema: Schema, key: string | undefined): unknown {
    if (++this.values > limits.values) {
      this.overflow = true;
      return null;
    }
    if (node.kind === 'scalar') return node.value;
    if (this.isFile && schema.$ref && schema.$ref in ITEM_KINDS) return node.kind === 'map' ? Object.create(null) : [];
    const branch = branchFor(resolved(schema), node);
    if (node.kind === 'sequence') {
      return node.items.map((item) => {
        if (isBlank(item))
          this.problems.push({
            place: node.place,
            message: `${named(key)} has an empty item. Fill it, or take it out.`,
          });
        return this.of(item, branch.items ?? {}, key);
      });
    }
    const result: Record<string, unknown> = Object.create(null);
    for (const [name, pair] of node.pairs) {
      if (isBlank(pair.value)) {
        this.problems.push(noValue(name, pair.key.place));
      } else {
        result[name] = this.of(pair.value, propertyOf(branch, name) ?? {}, name);
      }
    }
    return result;
  }
}

/** The tree as placed values. Only what the schema knows is taken over, and only where it is of the right kind. */
class Placer {
  constructor(
    private readonly readItem: ReadItem,
    private readonly isFile: boolean,
    private readonly problems: SchemaProblem[],
  ) {}

  of(node: Node, schema: Schema): unknown {
    const item = this.isFile && schema.$ref ? ITEM_KINDS[schema.$ref] : undefined;
    if (item) return node.kind === 'map' ? this.item(item, node) : undefined;
    const branch = branchFor(resolved(schema), node);
    if (node.kind === 'scalar')
      return scalarFits(node.value, branch) ? { value: node.value, place: node.place } : undefined;
    if (node.kind === 'sequence') {
      if (branch.type !== 'array') return undefined;
      const items = node.items
        .map((entry) => this.of(entry, branch.items ?? {}))
        .filter((entry) => entry !== undefined);
      return { items, node };
    }
    if (branch.type !== 'object') return undefined;
    return typeof branch.additionalProperties === 'object'
      ? this.dictionary(node, branch.additionalProperties)
      : this.object(node, branch);
  }

  private item(kind: ItemKind, node: MapNode): unknown {
    const { value, problems } = this.readItem(kind, node);
    this.problems.push(...problems);
    return value;
  }

  private object(node: MapNode, schema: Schema): unknown {
    const result: Record<string, unknown> = { node };
    for (const [name, pair] of node.pairs) {
      const property = propertyOf(schema, name);
      const value = property && this.of(pair.value, property);
      if (value !== undefined) result[name] = value;
    }
    return result;
  }

  private dictionary(node: MapNode, schema: Schema): unknown {
    const entries = new Map<string, unknown>();
    for (const [name, pair] of node.pairs) {
      const value = this.of(pair.value, schema);
      if (value !== undefined) entries.set(name, { id: { value: name, place: pair.key.place }, value });
    }
    return { entries, node };
  }
}

function propertyOf(schema: Schema, name: string): Schema | undefined {
  if (schema.properties && Object.hasOwn(schema.properties, name)) return schema.properties[name];
  return typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
}

/** A text in the wrong form stays in the model: it is there, and its problem is reported once, by the schema. */
function scalarFits(value: string | number | boolean | null, schema: Schema): boolean {
  if (schema.enum) return schema.enum.includes(value);
  if (schema.const !== undefined) return schema.const === value;
  if (schema.type === 'string') return typeof value === 'string';
  if (schema.type === 'boolean') return typeof value === 'boolean';
  return schema.type === 'integer' && Number.isInteger(value);
}

function emptyMap(node: Node): MapNode {
  return node.kind === 'map' ? node : { kind: 'map', place: node.place, pairs: new Map() };
}

/** A key with nothing behind it, or with what YAML does not take for a value. */
function noValue(key: string, place: Place): SchemaProblem {
  const [, name, value] = /^([\w-]+):(\S.*)$/.exec(key) ?? [];
  if (name !== undefined) return { place, message: `A colon needs a space after it: write "${name}: ${value}".` };
  const [found, lost = ''] =
    /^[ \t]*:[ \t]+(#[^\s#!][^\r\n]*|&[^\s,[\]{}]+|~|null\b)/i.exec(
      place.piece.text.slice(place.end, place.end + 200),
    ) ?? [];
  if (found === undefined) return { place, message: `"${key}" has no value yet. Write one, or take the key out.` };
  const what = lost.startsWith('#') ? 'a comment' : lost.startsWith('&') ? 'an anchor' : 'nothing';
  const end = place.end + found.trimEnd().length;
  const quoted = `"${lost.trimEnd().replace(/["\\]/g, '\\$&')}"`;
  return {
    place,
    message: `"${key}" has no value: YAML takes ${quoted} for ${what}. Put it in quotes, or take the key out.`,
    fixes: onRequest(`Put it in quotes: ${quoted}`, {
      place: { piece: place.piece, start: end - lost.trimEnd().length, end },
      text: quoted,
    }),
  };
}

function named(key: string | undefined): string {
  return key === undefined ? 'The list' : `"${key}"`;
}
