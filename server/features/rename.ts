/** Renames an id everywhere it stands. */
import { isId, isStepId } from '../model/id.js';
import type { Span } from '../text/place.js';
import { isExcluded } from '../workspace/exclusion.js';
import type { Reader } from '../workspace/fact.js';
import { standsFor } from '../workspace/snapshot.js';
import { spanOf } from './navigation.js';
import { filesSharing, meaningOf, type Occurrence, occurrenceAt, occurrencesIn, sameAs } from './occurrences.js';

/** Either what to change, or why not in words for a person. */
export type Renaming = { readonly spans: readonly Span[] } | { readonly refusal: string };

/** Takes a file and an offset. Gives the id that would be renamed and where it stands, or why it cannot be. */
export function renamableAt(
  reader: Reader,
  uri: string,
  offset: number,
): { span: Span; id: string } | { refusal: string } {
  if (standsFor(reader, uri) !== undefined) {
    return { refusal: 'This text is not a file of the workspace. Rename the id in the file itself.' };
  }
  const occurrence = occurrenceAt(reader, uri, offset);
  const span = occurrence && spanOf(reader, { ...occurrence, uri });
  if (!occurrence || !span) return { refusal: 'There is no id here to rename.' };
  if (occurrence.kind === 'rule') return { refusal: 'The id of a rule never changes.' };
  if (isExcluded(reader, uri) && sameAs(reader, uri, occurrence).some((found) => found.uri !== uri)) {
    return { refusal: 'The configuration excludes this file. Rename the id where it is defined.' };
  }
  return { span, id: occurrence.id };
}

/** Takes a file, an offset and the new id. Gives every place to change, in this file and those around it. */
export function rename(reader: Reader, uri: string, offset: number, id: string): Renaming {
  const renamable = renamableAt(reader, uri, offset);
  const occurrence = occurrenceAt(reader, uri, offset);
  if ('refusal' in renamable) return renamable;
  if (!occurrence) return { refusal: 'There is no id here to rename.' };
  if (!isId(id)) return { refusal: `"${id}" is not an id. Write lower-case letters, digits and single hyphens.` };
  if (occurrence.kind === 'step' && !isStepId(id))
    return { refusal: '"end" ends a playbook, so no step can be called that.' };
  if (id !== occurrence.id && isTaken(reader, uri, { ...occurrence, id })) {
    return { refusal: `There is a ${occurrence.kind} "${id}" already. Choose another id.` };
  }
  return { spans: sameAs(reader, uri, occurrence).flatMap((found) => spanOf(reader, found) ?? []) };
}

/**
 * Whether a file around this one already means something by the new id. A definition in a playbook counts as well, because
 * it would win over a renamed one of the organisation there.
 */
function isTaken(reader: Reader, uri: string, wanted: Occurrence): boolean {
  const isInOneFile = wanted.kind === 'step' || wanted.kind === 'option';
  const meaning = meaningOf(reader, uri, wanted);
  return filesSharing(reader, uri, wanted.kind).some((other) =>
    occurrencesIn(reader, other).some(
      (one) =>
        one.isDefinition &&
        one.kind === wanted.kind &&
        one.id === wanted.id &&
        (!isInOneFile || meaningOf(reader, other, one) === meaning),
    ),
  );
}
