/** The findings a line each, as compilers write them, for editors and grep. */
import { printable } from '../terminal.js';
import type { Report } from './report.js';

export const unix: Report = ({ findings }) =>
  findings
    .map(
      ({ file, line, column, severity, message, rule }) =>
        `${printable(file)}:${line}:${column}: ${severity}: ${printable(message)} [${rule}]\n`,
    )
    .join('');
