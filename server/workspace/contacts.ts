/** How people are reached, and which services their contacts need. */
import { definitionOf } from './definitions.js';
import { neededFor } from './dependencies.js';
import type { Reader } from './fact.js';

export interface ContactNeeds {
  /** `chat @priya`: what the contact is, in words. */
  readonly name: string;
  /** The channel that it goes through; empty where none is named. */
  readonly channel: string;
  /** All services that must be up for it to work. */
  readonly services: ReadonlySet<string>;
}

/** Takes the file that refers and a person. Gives all contacts; one that needs no service at all has none. */
export function contactsOf(reader: Reader, uri: string, person: string): readonly ContactNeeds[] {
  const contacts = definitionOf(reader, uri, 'people', person)?.value.contacts?.items ?? [];
  return contacts.map(({ kind, value, channel }) => ({
    name: `${kind?.value ?? 'contact'} ${value?.value ?? ''}`.trim(),
    channel: channel?.value ?? '',
    services: channel ? servicesBehind(reader, uri, channel.value) : new Set(),
  }));
}

/** Takes the file that refers and a channel. Gives all services that must be up for it to work. */
export function servicesBehind(reader: Reader, uri: string, channel: string): ReadonlySet<string> {
  const needed = definitionOf(reader, uri, 'channels', channel)?.value.depends_on?.items ?? [];
  return new Set(neededFor(reader, uri, needed));
}

/**
 * Takes the file that refers and a person. Gives what each contact needs; undefined where one needs no service at all, or
 * where there is no contact.
 */
export function contactNeedsOf(reader: Reader, uri: string, person: string): readonly ContactNeeds[] | undefined {
  const contacts = contactsOf(reader, uri, person);
  return contacts.length > 0 && contacts.every(({ services }) => services.size > 0) ? contacts : undefined;
}
