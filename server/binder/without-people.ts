/** Takes people out of a binder that leaves the house: texts and findings may name them as well as rosters. */
import type { Binder } from './document.js';
import { type BinderSource, definedIn } from './source.js';

/** What is read in their place. */
const PERSON = '(a person)';
const CONTACT = '(a contact)';

/**
 * Takes a source. Gives how to take names, ids and contacts of its people out of a binder, wherever they stand. The source is
 * read at once.
 */
export function withoutPeople(source: BinderSource): (binder: Binder) => Binder {
  const words = new Map<string, string>();
  for (const { id, value } of definedIn(source, 'people')) {
    // An id by itself may be a word like any other: in a message it stands in quotes.
    words.set(`"${id}"`, PERSON);
    if (value.name) words.set(value.name.value, PERSON);
    for (const { value: contact } of value.contacts?.items ?? []) if (contact) words.set(contact.value, CONTACT);
  }
  // Of two that begin alike the longer one is meant.
  const known = [...words.keys()].filter((word) => word.length > 1).sort((a, b) => b.length - a.length);
  if (known.length === 0) return (binder) => binder;
  const pattern = new RegExp(known.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'), 'g');
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return value.replace(pattern, (word) => words.get(word) ?? PERSON);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, clean(part)]));
  };
  return (binder) => clean(binder) as Binder;
}
