/** The findings as JUnit XML, which any build server shows: a suite for each file, a case for each finding. */
import { groupBy } from '../../text/group-by.js';
import type { ReportedFinding } from '../result.js';
import type { Report } from './report.js';

export const junit: Report = (result) => {
  const found = groupBy(result.findings, ({ file }) => file);
  const files = [...new Set([...result.files, ...found.keys()])];
  const failures = result.findings.filter(fails).length;
  const cases = files.reduce((sum, file) => sum + Math.max(found.get(file)?.length ?? 0, 1), 0);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="incident-playbooks" tests="${cases}" failures="${failures}" errors="0">`,
    ...files.flatMap((file) => suite(file, found.get(file) ?? [])),
    '</testsuites>',
    '',
  ].join('\n');
};

/** What is only for information, or waived, is a test that has passed and says something. */
function fails({ severity }: ReportedFinding): boolean {
  return severity !== 'info';
}

function suite(file: string, findings: readonly ReportedFinding[]): string[] {
  const cases =
    findings.length === 0
      ? [`    <testcase name="no findings" classname="${escaped(file)}" time="0"/>`]
      : findings.map(testcase);
  return [
    `  <testsuite name="${escaped(file)}" tests="${cases.length}" failures="${findings.filter(fails).length}" errors="0" time="0">`,
    ...cases,
    '  </testsuite>',
  ];
}

function testcase(finding: ReportedFinding): string {
  const { rule, file, line, column, severity, message, at } = finding;
  const name = `${rule}${at === null ? '' : ` at ${at}`} (line ${line})`;
  const head = `    <testcase name="${escaped(name)}" classname="${escaped(file)}" file="${escaped(file)}" line="${line}" time="0">`;
  const place = escaped(`${file}:${line}:${column}`);
  const body = fails(finding)
    ? `      <failure type="${severity}" message="${escaped(message)}">${place}</failure>`
    : `      <system-out>${place}: ${escaped(message)}</system-out>`;
  return [head, body, '    </testcase>'].join('\n');
}

/** XML knows no way at all to write most control characters, nor half of a surrogate pair. */
const NOT_IN_XML =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function escaped(text: string): string {
  return text
    .replace(NOT_IN_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\t', '&#9;')
    .replaceAll('\n', '&#10;')
    .replaceAll('\r', '&#13;');
}
