/** The findings as workflow commands of GitHub Actions, which shows them at their lines in the pull request. */
import type { ReportedFinding } from '../result.js';
import { printable } from '../terminal.js';
import type { Report } from './report.js';

const COMMANDS = { error: 'error', warning: 'warning', info: 'notice' } as const;
const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** GitHub shows this many of a kind for one step, and drops the others without a word. */
const SHOWN_OF_A_KIND = 10;

export const github: Report = ({ findings }) => {
  const sorted = [...findings].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);
  const dropped = (['error', 'warning', 'info'] as const)
    .map((severity) => ({
      severity,
      surplus: sorted.filter((one) => one.severity === severity).length - SHOWN_OF_A_KIND,
    }))
    .filter(({ surplus }) => surplus > 0);
  const note = dropped.map(
    ({ severity, surplus }) =>
      `GitHub shows the first ${SHOWN_OF_A_KIND} ${COMMANDS[severity]}s at their lines; ${surplus} more stand only in this log.\n`,
  );
  return [...sorted.map(command), ...note].join('');
};

function command({ file, line, endLine, column, endColumn, severity, message, rule }: ReportedFinding): string {
  const properties = Object.entries({ file, line, endLine, col: column, endColumn, title: rule })
    .map(([name, value]) => `${name}=${escapedProperty(String(value))}`)
    .join(',');
  return `::${COMMANDS[severity]} ${properties}::${escaped(message)}\n`;
}

/** A message must not end its line, and so begin a command of its own. */
function escaped(text: string): string {
  return printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
