/** The findings as SARIF 2.1.0, for GitHub code scanning and everything else that reads it. */
import type { Log, ReportingDescriptor, Location as SarifLocation, Result as SarifResult } from 'sarif';
import { structureRules } from '../../check/structure-rules.js';
import { homepage, rulePage } from '../../product.js';
import { rules } from '../../rules/index.js';
import { isAbsoluteName } from '../names.js';
import type { Location, ReportedFinding } from '../result.js';
import type { Report } from './report.js';

const LEVELS = { error: 'error', warning: 'warning', info: 'note' } as const;

/** GitHub shows this many places of one result. */
const MAX_RELATED = 100;

export const sarif: Report = ({ findings }, { version, showWaived, pageOf }) => {
  const described = [
    ...rules.map((rule) => ({ ...rule, tags: ['governance', rule.category.replace(' ', '-')] })),
    ...structureRules.map((rule) => ({ ...rule, tags: ['structure'] })),
  ];
  const indexes = new Map(described.map(({ id }, index) => [id, index]));
  const log: Log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'incident-playbooks',
            version,
            semanticVersion: version,
            informationUri: homepage,
            rules: described.map(
              ({ id, severity, summary, why, tags }): ReportingDescriptor => ({
                id,
                name: id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
                shortDescription: { text: summary },
                fullDescription: { text: `${summary} ${why}` },
                helpUri: rulePage(id),
                help: { text: why, markdown: pageOf(id) },
                defaultConfiguration: { level: LEVELS[severity] },
                properties: {
                  tags,
                  precision: 'high',
                  'problem.severity': severity === 'info' ? 'recommendation' : severity,
                },
              }),
            ),
          },
        },
        automationDetails: { id: 'incident-playbooks/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: {
          '%SRCROOT%': {
            description: { text: 'The root of the repository; without one, the folder in which the check ran.' },
          },
        },
        results: findings
          .filter(({ waived }) => showWaived || !waived)
          .map((finding) => resultOf(finding, indexes.get(finding.rule) ?? -1)),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
};

function resultOf(finding: ReportedFinding, ruleIndex: number): SarifResult {
  const { rule, severity, message, related, waived, fingerprint } = finding;
  return {
    ruleId: rule,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: message },
    locations: [locationOf(finding)],
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related
            .slice(0, MAX_RELATED)
            .map((other, id) => ({ id, ...locationOf(other), message: { text: other.message } })),
        }),
    partialFingerprints: { 'incidentPlaybooks/v1': fingerprint },
    ...(waived
      ? {
          suppressions: [
            {
              kind: 'inSource' as const,
              status: 'accepted' as const,
              justification: `${waived.reason} (${waived.owner}, until ${waived.expires})`,
            },
          ],
        }
      : {}),
  };
}

function locationOf({ file, line, column, endLine, endColumn }: Location): SarifLocation {
  return {
    physicalLocation: {
      artifactLocation: artifactAt(file),
      region: { startLine: line, startColumn: column, endLine, endColumn },
    },
  };
}

/** What lies outside of the repository, on another drive or share perhaps, has an address of its own. */
export function artifactAt(file: string): { readonly uri: string; readonly uriBaseId?: string } {
  if (!isAbsoluteName(file)) return { uri: encodedPath(file), uriBaseId: '%SRCROOT%' };
  const [, drive = '', rest = ''] = /^([A-Za-z]:)?(.*)$/s.exec(file) ?? [];
  if (drive !== '') return { uri: `file:///${drive}${encodedPath(rest)}` };
  return { uri: rest.startsWith('//') ? `file:${encodedPath(rest)}` : `file://${encodedPath(rest)}` };
}

/** Half of a surrogate pair, which a name on Windows may hold, stands for nothing in an address. */
const HALF_PAIR = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function encodedPath(file: string): string {
  return file.replace(HALF_PAIR, '\ufffd').split('/').map(encodeURIComponent).join('/');
}
