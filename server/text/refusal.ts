/** Reasons not to read a text at all, or to distrust it: found before any YAML is parsed. */
import { limits } from './limits.js';

export interface TextFault {
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

const CONFLICT_MARKER = /^(?:<{7} |={7}\r?$|>{7} )/m;
// Control characters are what it looks for.
const CONTROL_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/;
const LONE_CARRIAGE_RETURN = /\r(?!\n)|\u0085|[\u2028\u2029]/;
const HIDDEN_CHARACTER = /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]|(?!^)\ufeff/;

/**
 * Takes a text, and the stretch of it that has changed since it was last looked at. Gives why it must not be read, or
 * undefined where it may be.
 */
export function refusalOf(text: string, from = 0, to = text.length): TextFault | undefined {
  if (text.length > limits.characters) {
    const size = (text.length / 1_048_576).toFixed(1);
    return {
      start: 0,
      end: 0,
      message: `This file is ${size} MiB long and was not checked: the limit is 1 MiB. Split it.`,
    };
  }
  const start = text.lastIndexOf('\n', from - 1) + 1;
  const end = text.indexOf('\n', to);
  const lines = text.slice(start, end === -1 ? text.length : end + 1);
  const control = CONTROL_CHARACTER.exec(lines);
  if (control) {
    const code = control[0].charCodeAt(0).toString(16).padStart(2, '0').toUpperCase();
    const message = `This file holds the control character 0x${code} and was not checked: it is not a text file, or it is damaged.`;
    return { start: start + control.index, end: start + control.index + 1, message };
  }
  const conflict = CONFLICT_MARKER.exec(lines);
  if (conflict) {
    const message = 'This file holds a merge conflict and was not checked. Resolve the conflict.';
    return { start: start + conflict.index, end: start + conflict.index + 7, message };
  }
  return undefined;
}

/** Takes a text that may be read. Gives what in it misleads people or YAML, at most one fault of each kind. */
export function suspicionsOf(text: string): TextFault[] {
  const faults: TextFault[] = [];
  const line = LONE_CARRIAGE_RETURN.exec(text);
  if (line) {
    const message = 'This is not a line break in YAML. Save the file with LF or CRLF line endings.';
    faults.push({ start: line.index, end: line.index + 1, message });
  }
  const hidden = HIDDEN_CHARACTER.exec(text);
  if (hidden) {
    const code = hidden[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message = `A hidden character (U+${code}) stands here: it can make a line read differently from what it says. Delete it.`;
    faults.push({ start: hidden.index, end: hidden.index + 1, message });
  }
  return faults;
}
