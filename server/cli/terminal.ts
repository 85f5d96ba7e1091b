/** What may be written to a terminal: text without control characters, and colours where they are wanted. */

export interface Colours {
  readonly error: (text: string) => string;
  readonly warning: (text: string) => string;
  readonly info: (text: string) => string;
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
}

const CODES = { error: [31, 39], warning: [33, 39], info: [36, 39], strong: [1, 22], faint: [2, 22] } as const;

/** Takes a stream and the environment. Gives colours for a terminal, and none under NO_COLOR or for a pipe. */
export function coloursFor(
  stream: { isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Colours {
  const forced = environment['FORCE_COLOR'] !== undefined && environment['FORCE_COLOR'] !== '0';
  const wanted = forced || (stream.isTTY === true && environment['TERM'] !== 'dumb');
  const enabled = wanted && !environment['NO_COLOR'];
  const paint =
    ([on, off]: readonly [number, number]) =>
    (text: string) =>
      enabled ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    error: paint(CODES.error),
    warning: paint(CODES.warning),
    info: paint(CODES.info),
    strong: paint(CODES.strong),
    faint: paint(CODES.faint),
  };
}

const plain = (text: string) => text;

export const NO_COLOURS: Colours = { error: plain, warning: plain, info: plain, strong: plain, faint: plain };

// Control characters are what it takes out.
const UNPRINTABLE = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

/** Takes a text from a file or a file's name. Gives it without what could move the cursor, set a title or hide words. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, '\ufffd');
}

const WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}/u;

/** Takes a text. Gives blanks that take as much room on the screen. */
export function blanksFor(text: string): string {
  return [...text].map((character) => (character === '\t' ? '\t' : WIDE.test(character) ? '  ' : ' ')).join('');
}
