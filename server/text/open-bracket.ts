/** Which bracket is open at a place of a text: what `yaml` says only after all that is inside has been misread. */
import { Lexer } from 'yaml';

/** The offset of the innermost bracket that is open at an offset, undefined where none is. */
export function openBracketAt(text: string, at: number): number | undefined {
  const open: number[] = [];
  let offset = 0;
  for (const lexeme of new Lexer().lex(text)) {
    // Marks of the lexer, which are no part of the text.
    if (lexeme === '\u0002' || lexeme === '\u0018' || lexeme === '\u001f') continue;
    if (offset >= at) break;
    if (lexeme === '[' || lexeme === '{') open.push(offset);
    else if (lexeme === ']' || lexeme === '}') open.pop();
    offset += lexeme.length;
  }
  return open.at(-1);
}
