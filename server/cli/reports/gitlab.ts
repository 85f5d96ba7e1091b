/** The findings as a report of GitLab's code quality, which shows them in the merge request. */
import type { Report } from './report.js';

const SEVERITIES = { error: 'major', warning: 'minor', info: 'info' } as const;

export const gitlab: Report = ({ findings }) => {
  const issues = findings.map(({ rule, severity, message, file, line, endLine, fingerprint }) => ({
    description: message,
    check_name: rule,
    fingerprint,
    severity: SEVERITIES[severity],
    location: { path: file, lines: { begin: line, end: endLine } },
  }));
  return `${JSON.stringify(issues, undefined, 2)}\n`;
};
