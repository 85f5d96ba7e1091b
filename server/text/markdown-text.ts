/** Writes a text of somebody's file into Markdown, so that it shows as it is and can still be read without a renderer. */

/** Takes a text. Gives it on one line, with a backslash before each sign that would mean something, in a heading too. */
export function markdownText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_[\]<>|~]/g, '\\$&')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/^[#+-]|(?<= )#+$/g, '\\$&')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}
