/** Lines and columns of a text, as editors and compilers count them. */

export interface Position {
  /** From 0. */
  readonly line: number;
  /** In UTF-16 code units, from 0. */
  readonly character: number;
}

export interface LineIndex {
  /** Takes an offset, also one outside the text. Gives its position inside the text. */
  positionAt(offset: number): Position;
  /** Takes a position, also one outside the text. Gives its offset inside the text. */
  offsetAt(position: Position): number;
  /** Takes a line, from 0. Gives its text without the line break. */
  lineText(line: number): string;
  readonly lineCount: number;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);

  const startOf = (line: number) => starts[Math.min(Math.max(line, 0), starts.length - 1)] ?? 0;
  const endOf = (line: number) => {
    const next = starts[line + 1];
    const end = next === undefined ? text.length : next - 1;
    return text.charCodeAt(end - 1) === 0x0d && next !== undefined ? end - 1 : end;
  };
  const lineAt = (offset: number) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };

  return {
    lineCount: starts.length,
    positionAt(offset) {
      const inside = Math.min(Math.max(offset, 0), text.length);
      const line = lineAt(inside);
      return { line, character: inside - startOf(line) };
    },
    offsetAt({ line, character }) {
      if (line >= starts.length) return text.length;
      if (line < 0) return 0;
      return Math.min(startOf(line) + Math.max(character, 0), Math.max(endOf(line), startOf(line)));
    },
    lineText(line) {
      return line < 0 || line >= starts.length ? '' : text.slice(startOf(line), Math.max(endOf(line), startOf(line)));
    },
  };
}
