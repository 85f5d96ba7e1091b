/** The texts of a tree that people read: all but ids, dates and the like, with the place of every match in them. */
import type { Node, ScalarNode } from '../text/node.js';
import type { Place } from '../text/place.js';

/** Keys whose values are written for programs, or repeated from elsewhere. */
const NOT_PROSE = new Set(['id', 'format', 'service', 'rule', 'at', 'version', 'marking']);

/** Takes a node and keys below which not to look. Gives its texts, in the order of the text. */
export function* textsIn(node: Node, without: ReadonlySet<string> = new Set()): Iterable<ScalarNode> {
  if (node.kind === 'scalar') {
    if (typeof node.value === 'string') yield node;
  } else if (node.kind === 'sequence') {
    for (const item of node.items) yield* textsIn(item);
  } else {
    for (const [key, { value }] of node.pairs) {
      if (!NOT_PROSE.has(key) && !without.has(key)) yield* textsIn(value);
    }
  }
}

/** Takes a text and what was found in its value. Gives where it stands, or the whole text where escapes hide it. */
export function placeIn({ place }: ScalarNode, found: string): Place {
  const at = place.piece.text.slice(place.start, place.end).indexOf(found);
  return at === -1 ? place : { piece: place.piece, start: place.start + at, end: place.start + at + found.length };
}
