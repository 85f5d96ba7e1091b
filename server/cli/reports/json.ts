/** The findings as one JSON object, for programs. */
import type { Result } from '../result.js';

/** Takes a result and the version of the tool. Gives the report. */
export function json({ findings, summary }: Result, version: string): string {
  return `${JSON.stringify({ version, findings, summary }, undefined, 2)}\n`;
}
