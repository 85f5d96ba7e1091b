/** Writes a text as a YAML value on one line. */
import { stringify } from 'yaml';

/** Takes a text. Gives it as it must be written behind a key: quoted only where it would mean something else without. */
export function writeScalar(text: string): string {
  return stringify(text.replace(/\s+/g, ' ').trim(), { lineWidth: 0 }).trimEnd();
}
