/** A role in a few words: its title and who holds it. */
import { definitionOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';

/** Takes the file that refers and a role. Gives `Head of security, Priya Shah`, as far as it is known. */
export function toldRole(reader: Reader, uri: string, id: string): string {
  const role = definitionOf(reader, uri, 'roles', id)?.value;
  const holder = role?.holder && definitionOf(reader, uri, 'people', role.holder.value)?.value.name?.value;
  return [role?.title?.value, holder].filter(Boolean).join(', ');
}
