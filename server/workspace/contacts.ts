/** How people are reached, and which services their contacts need. */
import { definitionOf } from './definitions.js';
import { neededFor } from './dependencies.js';
import type { Reader } from './fact.js';

export interface ContactNeeds {
  /** `chat @priya`: what the contact is, in words. */
  readonly name: string;
  /** The channel that it goes through. */
  readonly channel: string;
  /** All services that must be up for it to work. */
  readonly services: ReadonlySet<string>;
}

/**
 * Takes the file that refers and a person. Gives what each contact needs; undefined where one needs no service at all, or
 * where there is no contact.
 */
export function contactNeedsOf(reader: Reader, uri: string, person: string): readonly ContactNeeds[] | undefined {
  const contacts = definitionOf(reader, uri, 'people', person)?.value.contacts?.items ?? [];
  const needs = contacts.map(({ kind, value, channel }): ContactNeeds | undefined => {
    const through = channel && definitionOf(reader, uri, 'channels', channel.value)?.value;
    const services = new Set(neededFor(reader, uri, through?.depends_on?.items ?? []));
    if (!channel || services.size === 0) return undefined;
    return { name: `${kind?.value ?? 'contact'} ${value?.value ?? ''}`.trim(), channel: channel.value, services };
  });
  const dependent = needs.filter((need) => need !== undefined);
  return dependent.length > 0 && dependent.length === needs.length ? dependent : undefined;
}
