/** The findings for people: place, message, the source line and a caret under what is meant. */
import type { Location, ReportedFinding, Result } from '../result.js';
import { blanksFor, type Colours, printable } from '../terminal.js';
import { count, type Report, summed } from './report.js';

const MAX_LINE = 160;

export const pretty: Report = (result, { colours }) => {
  const blocks = result.findings.map((finding) => block(finding, result, colours));
  return [...blocks, summaryOf(result, colours), ''].join('\n');
};

function block(finding: ReportedFinding, result: Result, colours: Colours): string {
  const { severity, message, rule } = finding;
  const head = `${colours.strong(placeOf(finding))}: ${colours[severity](severity)}: ${printable(message)} ${colours.faint(`[${rule}]`)}`;
  const related = finding.related.map(
    (other) => `  ${colours.faint(`${placeOf(other)}: ${printable(other.message)}`)}`,
  );
  return [head, ...excerpt(finding, result, colours), ...related, ''].join('\n');
}

function placeOf({ file, line, column }: Location): string {
  return `${printable(file)}:${line}:${column}`;
}

function excerpt(
  { file, line, column, endLine, endColumn, severity }: ReportedFinding,
  result: Result,
  colours: Colours,
): string[] {
  const source = result.lineOf(file, line);
  if (source.trim() === '') return [];
  const from = Math.min(column - 1, source.length);
  const to = endLine === line ? Math.min(endColumn - 1, source.length) : source.length;
  // A very long line is shown from a little before the place on.
  const cut = from > MAX_LINE - 40 ? from - 40 : 0;
  const shown = printable(source.slice(cut, cut + MAX_LINE));
  const margin = ' '.repeat(String(line).length);
  const before = blanksFor(source.slice(cut, from));
  const carets = '^'.repeat(Math.max(blanksFor(source.slice(from, Math.min(to, cut + MAX_LINE))).length, 1));
  return [
    colours.faint(`${margin} |`),
    `${colours.faint(`${line} |`)} ${cut > 0 ? '…' : ''}${shown}`,
    `${colours.faint(`${margin} |`)} ${cut > 0 ? ' ' : ''}${before}${colours[severity](carets)}`,
  ];
}

function summaryOf(result: Result, colours: Colours): string {
  const { errors, warnings, goneFromBaseline } = result.summary;
  const paint = errors > 0 ? colours.error : warnings > 0 ? colours.warning : (text: string) => text;
  const gone =
    goneFromBaseline > 0
      ? `\n${count(goneFromBaseline, 'finding')} of the baseline ${goneFromBaseline === 1 ? 'is' : 'are'} mended: "check --write-baseline" takes ${goneFromBaseline === 1 ? 'it' : 'them'} out.`
      : '';
  return `${paint(`${summed(result)}.`)}${gone}`;
}
