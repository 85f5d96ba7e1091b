/** From an id to where it is defined, to everywhere it stands, and to the same one in the file. */
import type { Span } from '../text/place.js';
import type { Reader } from '../workspace/fact.js';
import { treeOf } from '../workspace/files.js';
import { type Found, occurrenceAt, sameAs } from './occurrences.js';

export interface Link {
  /** The id under the cursor. */
  readonly origin: Span;
  readonly target: Span;
}

/** Takes a file and an offset. Gives where the id there is defined; several places where it is defined several times. */
export function definitionsAt(reader: Reader, uri: string, offset: number): Link[] {
  const occurrence = occurrenceAt(reader, uri, offset);
  const origin = occurrence && spanOf(reader, { ...occurrence, uri });
  if (!occurrence || !origin) return [];
  return sameAs(reader, uri, occurrence)
    .filter(({ isDefinition }) => isDefinition)
    .flatMap((found) => {
      const target = spanOf(reader, found);
      return target ? [{ origin, target }] : [];
    });
}

/** Takes a file, an offset, and whether definitions count. Gives everywhere the id there stands. */
export function referencesAt(reader: Reader, uri: string, offset: number, withDefinitions: boolean): Span[] {
  const occurrence = occurrenceAt(reader, uri, offset);
  if (!occurrence) return [];
  return sameAs(reader, uri, occurrence)
    .filter(({ isDefinition }) => withDefinitions || !isDefinition)
    .flatMap((found) => spanOf(reader, found) ?? []);
}

export interface Highlight {
  readonly span: Span;
  readonly isDefinition: boolean;
}

/** Takes a file and an offset. Gives where the id there stands in the same file. */
export function highlightsAt(reader: Reader, uri: string, offset: number): Highlight[] {
  const occurrence = occurrenceAt(reader, uri, offset);
  if (!occurrence) return [];
  return sameAs(reader, uri, occurrence)
    .filter((found) => found.uri === uri)
    .flatMap((found) => {
      const span = spanOf(reader, found);
      return span ? [{ span, isDefinition: found.isDefinition }] : [];
    });
}

/** Takes an id and its file. Gives where it stands in the file, without quotes. */
export function spanOf(reader: Reader, { uri, place }: Pick<Found, 'uri' | 'place'>): Span | undefined {
  const span = treeOf(reader, uri)?.spanOf(place);
  const isQuoted = /^["']/.test(place.piece.text.slice(place.start, place.start + 1));
  return span && isQuoted ? { ...span, start: span.start + 1, end: span.end - 1 } : span;
}
