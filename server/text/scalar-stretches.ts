/** Where the scalars of a text stand, to the last blank that counts: what an edit of blanks must not touch. */
import { Lexer } from 'yaml';

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Comes before the text of a plain or block scalar among the lexemes, and is not part of the text. */
const SCALAR = '\u001f';
/** Marks of the lexer that are not part of the text either: of a document, and of a flow collection that has ended. */
const MARKS = new Set(['\u0002', '\u0018', SCALAR]);

/**
 * The stretches of all scalars in a text without control characters, in its order. Quoted ones hold their quotes. That of a
 * block scalar begins with its header, and holds the line breaks and blank lines at its end that count.
 */
export function scalarStretches(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let at = 0;
  let isScalar = false;
  let header: number | undefined;
  for (const lexeme of new Lexer().lex(text)) {
    if (MARKS.has(lexeme)) {
      isScalar = lexeme === SCALAR;
      continue;
    }
    const end = at + lexeme.length;
    if (isScalar || /^["']/.test(lexeme)) {
      stretches.push({ start: header ?? at, end });
      header = undefined;
    } else if (/^[|>]/.test(lexeme)) {
      header = at;
    }
    isScalar = false;
    at = end;
  }
  return stretches;
}
