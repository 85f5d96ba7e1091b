/** The text behind a top-level key, without reading the file: enough to tell what a file is among a thousand others. */

/** What a look at lines cannot judge: a text in JSON style, or of several documents. */
const NOT_PLAIN = /^(?:\ufeff)?[ \t\r]*[[{]|^(?:---|\.\.\.|%)/m;

/** After comments and empty lines a key at the margin: then all top-level keys stand there. */
const STARTS_WITH_KEY = /^(?:\ufeff)?(?:[ \t\r]*(?:#.*)?\n)*[\w-]+[ \t]*:(?:[ \t\r]|$)/;

/** Takes a text. Gives whether its lines tell what its top-level keys are. */
export function hasPlainKeys(text: string): boolean {
  return STARTS_WITH_KEY.test(text) && !NOT_PLAIN.test(text);
}

/**
 * Takes a text and a top-level key. Gives the text behind the key's first line; null where it has no such line, and
 * undefined where only reading the file can tell. Whether it has plain keys may be given where it is known.
 */
export function topLevelText(
  text: string,
  key: string,
  isPlain: boolean = hasPlainKeys(text),
): string | null | undefined {
  if (!isPlain) return undefined;
  const line = new RegExp(`^(?:\\ufeff)?${key}[ \\t]*:(?:[ \\t]+(.*?))?[ \\t\\r]*$`, 'm').exec(text);
  if (!line) return QUOTED_KEY.test(text) ? undefined : null;
  const value = /^([\w./-]+)(?:[ \t]+#.*)?$/.exec(line[1] ?? '')?.[1];
  // A number, a word that is a value of its own, or anything with a quote, an anchor or a fold, is left to the reader.
  return value === undefined || /^(?:[\d.+-]|(?:null|true|false)$)/i.test(value) ? undefined : value;
}

/** A key may stand in quotes, or behind a question mark. */
const QUOTED_KEY = /^(?:\ufeff)?["'?]/m;
