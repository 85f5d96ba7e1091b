/** Writes the baseline: today's findings, so that later runs report only new ones. */
import { URI } from 'vscode-uri';
import type { Finding } from '../check/finding.js';
import { isRule } from '../check/structure.js';
import { writeWhole } from '../disk/write-file.js';
import { BASELINE_NAME, baselineUriFor, type KnownFinding, knownFindingsIn } from '../workspace/baseline.js';
import { folderOf } from '../workspace/files.js';
import { scopeOf } from '../workspace/scope.js';
import type { Snapshot } from '../workspace/snapshot.js';
import { count } from './reports/report.js';

const HEAD = `# Findings that were there when this team began to check its playbooks: they are not reported, new ones are.
# Written by "incident-playbooks check --write-baseline". Mend them, write it again, and watch it shrink.
`;

/**
 * Takes a snapshot and the findings of each checked file. Writes them into the nearest baseline above each, or into a new
 * one in the folder that its files belong to; what it holds of other files stays. Gives what to tell.
 *
 * @throws WriteError where a baseline cannot be written.
 */
export function writeBaselines(
  snapshot: Snapshot,
  findings: ReadonlyMap<string, readonly Finding[]>,
  nameOf: (uri: string) => string,
): string[] {
  const baselines = new Map<string, Map<string, readonly KnownFinding[]>>();
  for (const [uri, found] of findings) {
    const scope = scopeOf(snapshot, uri) || folderOf(uri);
    const baseline = baselineUriFor(snapshot, uri) ?? `${scope}${BASELINE_NAME}`;
    const files = baselines.get(baseline) ?? new Map(knownFindingsIn(snapshot, baseline));
    const path = decodeURIComponent(uri.slice(folderOf(baseline).length));
    const known = knownOf(found);
    if (known.length > 0) files.set(path, known);
    else files.delete(path);
    baselines.set(baseline, files);
  }
  return [...baselines].flatMap(([uri, files]) => {
    const held = [...files.values()].flat().reduce((sum, known) => sum + known.count, 0);
    if (held === 0 && !snapshot.has(uri)) return [];
    write(uri, files, nameOf);
    return [`${nameOf(uri)} holds ${count(held, 'finding')}.\n`];
  });
}

function knownOf(findings: readonly Finding[]): KnownFinding[] {
  const known = new Map<string, KnownFinding>();
  for (const { rule, at, about, waived } of findings) {
    if (!isRule(rule) || waived) continue;
    const key = JSON.stringify([rule, at, about]);
    known.set(key, { rule, at, about, count: (known.get(key)?.count ?? 0) + 1 });
  }
  // In an order that does not depend on lines, so that a step that moves changes nothing in the file.
  return [...known].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, finding]) => finding);
}

function write(
  uri: string,
  files: ReadonlyMap<string, readonly KnownFinding[]>,
  nameOf: (uri: string) => string,
): void {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  const sections = sorted.map(([path, known]) => `  ${JSON.stringify(path)}:\n${known.map(lineOf).join('')}`);
  const findings = sections.length > 0 ? `findings:\n${sections.join('')}` : 'findings: {}\n';
  writeWhole(URI.parse(uri).fsPath, `${HEAD}${findings}`, nameOf(uri));
}

/** A text as JSON writes it is a text for YAML, whatever signs are in it. */
function lineOf({ rule, at, about, count: times }: KnownFinding): string {
  const step = at === null ? '' : `, at: ${JSON.stringify(at)}`;
  const many = times > 1 ? `, count: ${times}` : '';
  return `    - { rule: ${rule}${step}, about: ${JSON.stringify(about)}${many} }\n`;
}
