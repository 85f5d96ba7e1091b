/** What each id is, for the colours of an editor. */
import type { Span } from '../text/place.js';
import type { Reader } from '../workspace/fact.js';
import { spanOf } from './navigation.js';
import { type IdKind, occurrencesIn } from './occurrences.js';

export interface SemanticToken {
  readonly span: Span;
  readonly kind: IdKind;
  readonly isDefinition: boolean;
}

/** Takes the URI of a file and a range in it. Gives the ids there, in the order of the text; none of them spans lines. */
export function semanticTokensIn(reader: Reader, uri: string, start: number, end: number): SemanticToken[] {
  const tokens = occurrencesIn(reader, uri).flatMap(({ kind, place, isDefinition }) => {
    const span = spanOf(reader, { uri, place });
    const isInside = span !== undefined && span.start < end && start < span.end;
    return isInside ? [{ span, kind, isDefinition }] : [];
  });
  return tokens.sort((a, b) => a.span.start - b.span.start);
}
