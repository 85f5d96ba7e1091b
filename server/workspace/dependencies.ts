/** Which services fall with which: `depends_on`, taken transitively. */
import type { Placed } from '../model/placed.js';
import { definitionOf, definitionsIn, idsFor } from './definitions.js';
import { fact, type Reader } from './fact.js';

/** Takes the URI of a file. Gives for each service that the file can refer to the services that need it. */
const dependentsOf = fact((reader, uri: string): ReadonlyMap<string, readonly string[]> => {
  const dependents = new Map<string, string[]>();
  for (const id of idsFor(reader, uri, 'services')) {
    for (const { value } of definitionOf(reader, uri, 'services', id)?.value.depends_on?.items ?? []) {
      const known = dependents.get(value);
      if (known) known.push(id);
      else dependents.set(value, [id]);
    }
  }
  return dependents;
});

/** Takes the URI of a file and a service, as one key. Gives the services that are down when this one is, itself first. */
const downWithKey = fact((reader, key: string): readonly string[] => {
  const [uri = '', service = ''] = key.split(' ');
  return closure([service], (id) => dependentsOf(reader, uri).get(id) ?? []);
});

/** Takes a file and a service. Gives the services that are down when this one is, itself first. O(services). */
export function downWith(reader: Reader, uri: string, service: string): readonly string[] {
  return downWithKey(reader, `${uri} ${service}`);
}

/** Takes a file and the services that something needs. Gives all that must be up for it to work. O(services). */
export function neededFor(reader: Reader, uri: string, services: readonly Placed<string>[]): readonly string[] {
  return closure(
    services.map(({ value }) => value),
    (id) => (definitionOf(reader, uri, 'services', id)?.value.depends_on?.items ?? []).map(({ value }) => value),
  );
}

/** Takes a file. Gives what each service that it defines depends on, by the id of the service. */
export function dependenciesIn(reader: Reader, uri: string): ReadonlyMap<string, readonly Placed<string>[]> {
  return new Map(
    definitionsIn(reader, uri, 'services').map(({ id, value }) => [id.value, value.depends_on?.items ?? []]),
  );
}

function closure(from: readonly string[], next: (id: string) => readonly string[]): readonly string[] {
  const found = new Set(from);
  for (const id of found) for (const other of next(id)) found.add(other);
  return [...found];
}
