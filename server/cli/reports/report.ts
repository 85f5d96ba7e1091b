/** What a report is: a function from a result to a text, one file for each format. */
import type { Result } from '../result.js';
import type { Colours } from '../terminal.js';

export interface ReportContext {
  readonly version: string;
  readonly colours: Colours;
  /** Whether formats that leave waived findings out keep them. */
  readonly showWaived: boolean;
  /** Takes a rule. Gives its page as Markdown. */
  readonly pageOf: (rule: string) => string;
}

export type Report = (result: Result, context: ReportContext) => string;

/** Takes a number and a noun. Gives both, the noun in the plural where it must be. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

/** Takes a summary. Gives it in a sentence without its full stop: `3 files checked: 2 errors, 1 warning`. */
export function summed({ summary }: Result): string {
  const { files, excluded, errors, warnings, infos, waived, inBaseline, unreadable, fixed } = summary;
  const parts = [
    errors > 0 ? count(errors, 'error') : '',
    warnings > 0 ? count(warnings, 'warning') : '',
    infos > 0 ? `${infos} for information${waived > 0 ? ` (${waived} waived)` : ''}` : '',
  ].filter((part) => part !== '');
  const refused = unreadable > 0 ? `, ${unreadable} could not be checked` : '';
  const left = excluded > 0 ? `, ${excluded} excluded by the configuration` : '';
  const mended = fixed > 0 ? `, ${count(fixed, 'finding')} fixed` : '';
  const kept = inBaseline > 0 ? `, ${inBaseline} more in the baseline` : '';
  return `${count(files, 'file')} checked${left}${refused}${mended}: ${parts.length > 0 ? parts.join(', ') : 'no findings'}${kept}`;
}
