/** The findings as Markdown, for the summary of a job and for wikis. */
import { rulePage } from '../../product.js';
import { groupBy } from '../../text/group-by.js';
import type { ReportedFinding } from '../result.js';
import { printable } from '../terminal.js';
import { type Report, summed } from './report.js';

const WORDS = { error: 'Error', warning: 'Warning', info: 'Information' } as const;

export const markdown: Report = (result) => {
  const sections = [...groupBy(result.findings, ({ file }) => file)].flatMap(([file, findings]) => [
    `### ${inline(file)}`,
    '',
    '| line | | finding | rule |',
    '| ---: | --- | --- | --- |',
    ...findings.map(row),
    '',
  ]);
  return ['## Incident playbooks', '', `${summed(result)}.`, '', ...sections].join('\n');
};

function row({ line, severity, message, rule }: ReportedFinding): string {
  return `| ${line} | ${WORDS[severity]} | ${inline(message)} | [${rule}](${rulePage(rule)}) |`;
}

/** A text of somebody's file shows as it is: no markup, no end of the row. */
function inline(text: string): string {
  return printable(text)
    .replace(/[\\`*_{}[\]()#+!|~<>&]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replace(/\s+/g, ' ');
}
