/** Who holds a role, so that two roles can be seen to be one person. */
import { definitionOf } from './definitions.js';
import type { Reader } from './fact.js';

/** Takes the file that refers and a role. Gives the id of the person who holds it; undefined where nobody is named. */
export function holderOf(reader: Reader, uri: string, role: string): string | undefined {
  return definitionOf(reader, uri, 'roles', role)?.value.holder?.value;
}

/** Takes the file that refers and two roles. Gives whether they are the same, or held by the same person. */
export function areSamePerson(reader: Reader, uri: string, a: string, b: string): boolean {
  if (a === b) return true;
  const holder = holderOf(reader, uri, a);
  return holder !== undefined && holder === holderOf(reader, uri, b);
}
