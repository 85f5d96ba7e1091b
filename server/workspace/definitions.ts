/** Who and what playbooks refer to: people, roles, services, channels and obligations, by id. */
import type * as types from '../model/generated/types.js';
import type { Placed, PlacedMap, PlacedOf } from '../model/placed.js';
import type { Place } from '../text/place.js';
import { isExcluded } from './exclusion.js';
import { type Fact, fact, type Reader } from './fact.js';
import { isPlaybook, organizationOf, playbookIdOf, playbookOf } from './files.js';
import { organizationUrisFor, playbookUrisFor, scopeOf } from './scope.js';
import { urisOf } from './snapshot.js';

export interface Definitions {
  people: PlacedOf<types.Person>;
  roles: PlacedOf<types.Role>;
  services: PlacedOf<types.Service>;
  channels: PlacedOf<types.Channel>;
  obligations: PlacedOf<types.Obligation>;
}

export type DefinitionKind = keyof Definitions;

export interface Definition<T> {
  readonly id: Placed<string>;
  readonly value: T;
  /** The file that it stands in. */
  readonly uri: string;
}

export const DEFINITION_KINDS: readonly DefinitionKind[] = ['people', 'roles', 'services', 'channels', 'obligations'];

/** Takes a kind. Gives the fact that takes a scope and gives all definitions of the kind in its organisation files. */
function inScope<K extends DefinitionKind>(
  kind: K,
): Fact<string, ReadonlyMap<string, readonly Definition<Definitions[K]>[]>> {
  return fact<string, ReadonlyMap<string, readonly Definition<Definitions[K]>[]>>((reader, scope) => {
    const found = new Map<string, Definition<Definitions[K]>[]>();
    for (const uri of organizationUrisFor(reader, scope)) {
      for (const definition of definitionsIn(reader, uri, kind)) {
        const others = found.get(definition.id.value);
        if (others) others.push(definition);
        else found.set(definition.id.value, [definition]);
      }
    }
    return found;
  });
}

const scopeFacts: { [K in DefinitionKind]: Fact<string, ReadonlyMap<string, readonly Definition<Definitions[K]>[]>> } =
  {
    people: inScope('people'),
    roles: inScope('roles'),
    services: inScope('services'),
    channels: inScope('channels'),
    obligations: inScope('obligations'),
  };

/** Takes a file and a kind. Gives what the file itself defines. */
export function definitionsIn<K extends DefinitionKind>(
  reader: Reader,
  uri: string,
  kind: K,
): Definition<Definitions[K]>[] {
  const file = (organizationOf(reader, uri) ?? playbookOf(reader, uri))?.value as
    | { readonly [Key in DefinitionKind]?: PlacedMap<Definitions[Key]> }
    | undefined;
  const entries = file?.[kind]?.entries.values() ?? [];
  return [...entries].map(({ id, value }) => ({ id, value: value as Definitions[K], uri }));
}

const lookups: { [K in DefinitionKind]: Fact<string, Definition<Definitions[K]> | undefined> } = {
  people: lookup('people'),
  roles: lookup('roles'),
  services: lookup('services'),
  channels: lookup('channels'),
  obligations: lookup('obligations'),
};

function lookup<K extends DefinitionKind>(kind: K): Fact<string, Definition<Definitions[K]> | undefined> {
  return fact(
    (reader, key) => {
      const [uri = '', id = ''] = key.split(' ');
      const local = definitionsIn(reader, uri, kind).find((definition) => definition.id.value === id);
      return (
        local ??
        (scopeFacts[kind] as Fact<string, ReadonlyMap<string, readonly Definition<Definitions[K]>[]>>)(
          reader,
          scopeOf(reader, uri),
        ).get(id)?.[0]
      );
    },
    (before, after) =>
      before === after ||
      (before?.value === after?.value &&
        before?.uri === after?.uri &&
        before?.id.place.piece === after?.id.place.piece),
  );
}

/** Takes the file that refers, a kind and an id. Gives the definition; one in the file itself wins. */
export function definitionOf<K extends DefinitionKind>(
  reader: Reader,
  uri: string,
  kind: K,
  id: string,
): Definition<Definitions[K]> | undefined {
  return (lookups[kind] as Fact<string, Definition<Definitions[K]> | undefined>)(reader, `${uri} ${id}`);
}

/** Takes a file and a kind. Gives all ids that the file may refer to. */
export function idsFor(reader: Reader, uri: string, kind: DefinitionKind): string[] {
  const local = definitionsIn(reader, uri, kind).map(({ id }) => id.value);
  return [...new Set([...local, ...scopeFacts[kind](reader, scopeOf(reader, uri)).keys()])];
}

/** Where an id that counts as undefined is defined in files that are excluded: what whoever wonders about that should see. */
export function excludedDefinitions(
  reader: Reader,
  uri: string,
  kind: DefinitionKind | 'playbook',
  id: string,
): { place: Place; message: string }[] {
  const message = 'This definition does not count, because the configuration excludes its file';
  const scope = scopeOf(reader, uri);
  const files = urisOf(reader).filter((other) => isExcluded(reader, other) && scopeOf(reader, other) === scope);
  return files.flatMap((other) => {
    if (kind === 'playbook') {
      const own = playbookIdOf(reader, other) === id ? playbookOf(reader, other)?.value.id : undefined;
      return own ? [{ place: own.place, message }] : [];
    }
    const found = isPlaybook(reader, other) ? [] : definitionsIn(reader, other, kind);
    return found.filter((one) => one.id.value === id).map((one) => ({ place: one.id.place, message }));
  });
}

/** Takes a scope and a kind. Gives the definitions of each id that is defined more than once. */
export function clashesIn(
  reader: Reader,
  scope: string,
  kind: DefinitionKind,
): readonly (readonly Definition<unknown>[])[] {
  return [...scopeFacts[kind](reader, scope).values()].filter((definitions) => definitions.length > 1);
}

/** Takes a scope. Gives the playbooks in it by id, the first where an id stands in several files. */
export const playbookIdsOf = fact((reader, scope: string) => {
  const found = new Map<string, string>();
  for (const uri of playbookUrisFor(reader, scope)) {
    const id = playbookIdOf(reader, uri);
    if (id !== undefined && !found.has(id)) found.set(id, uri);
  }
  return found;
}, sameMap);

/** Takes a scope. Gives the URIs of the playbooks of each id that stands in more than one file. */
const playbookClashesOf = fact((reader, scope: string): ReadonlyMap<string, readonly string[]> => {
  const found = new Map<string, string[]>();
  for (const uri of playbookUrisFor(reader, scope)) {
    const id = playbookIdOf(reader, uri);
    if (id !== undefined) found.set(id, [...(found.get(id) ?? []), uri]);
  }
  return new Map([...found].filter(([, uris]) => uris.length > 1));
});

/** Takes the URI of a playbook. Gives all playbooks with its id, itself included; none where it is the only one. */
export function playbooksWithSameId(
  reader: Reader,
  uri: string,
): readonly { readonly id: Placed<string>; readonly uri: string }[] {
  const uris = playbookClashesOf(reader, scopeOf(reader, uri)).get(playbookIdOf(reader, uri) ?? '') ?? [];
  return uris.flatMap((other) => {
    const id = playbookOf(reader, other)?.value.id;
    return id ? [{ id, uri: other }] : [];
  });
}

function sameMap<K, V>(before: ReadonlyMap<K, V>, after: ReadonlyMap<K, V>): boolean {
  return before.size === after.size && [...before].every(([key, value]) => after.get(key) === value);
}
