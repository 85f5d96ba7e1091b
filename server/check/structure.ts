/** What is wrong with a file before any rule looks at it: syntax, schema, names of rules, ids that are defined twice. */
import { didYouMean, nearest } from '../model/near.js';
import { changeToNear } from '../model/near-fixes.js';
import type { Placed } from '../model/placed.js';
import { headOf, type SchemaProblem } from '../model/schema-problem.js';
import { rules } from '../rules/index.js';
import { onRequest, replaceText } from '../text/edit.js';
import type { MapNode } from '../text/node.js';
import type { SyntaxProblem } from '../text/parse-piece.js';
import type { Place } from '../text/place.js';
import { clashesIn, DEFINITION_KINDS, playbooksWithSameId } from '../workspace/definitions.js';
import { type PatternProblem, patternProblemsOf } from '../workspace/exclusion.js';
import type { Reader } from '../workspace/fact.js';
import {
  baselineOf,
  configOf,
  ORGANIZATION_FORMAT,
  organizationOf,
  PLAYBOOK_FORMAT,
  playbookOf,
  statusOf,
  treeOf,
} from '../workspace/files.js';
import { scopeOf } from '../workspace/scope.js';
import type { Found } from './finding.js';

const RULE_IDS = rules.map(({ id }) => id);
const KNOWN_RULES = new Set(RULE_IDS);

/** Takes the URI of a file, and whether somebody has named it and so expects it to be ours. */
export function* structureProblems(snapshot: Reader, uri: string, named: boolean): Iterable<Found> {
  const status = statusOf(snapshot, uri);
  const tree = treeOf(snapshot, uri);
  if (!tree || (status.kind === 'foreign' && !named)) return;
  const syntax = tree.refused ? 'file-unreadable' : 'yaml-syntax';
  for (const problem of tree.problems) yield structural(syntax, problem);
  if (tree.refused) return;
  const atTop: Place = tree.root ? headOf(tree.root) : { piece: { uri, text: tree.text }, start: 0, end: 0 };
  if (status.kind === 'unknown' || status.kind === 'foreign') {
    const format = status.kind === 'unknown' ? status.format : undefined;
    const place = format?.place ?? firstKeyOf(tree.root) ?? atTop;
    yield structural('schema', { place, message: unknownFormat(format?.value, tree.text) });
    return;
  }
  const file =
    playbookOf(snapshot, uri) ?? organizationOf(snapshot, uri) ?? configOf(snapshot, uri) ?? baselineOf(snapshot, uri);
  for (const problem of file?.problems ?? []) yield structural('schema', problem);
  for (const id of rulesNamedIn(snapshot, uri)) if (!KNOWN_RULES.has(id.value)) yield unknownRule(id);
  if (status.kind === 'config') for (const problem of patternProblemsOf(snapshot, uri)) yield patternFault(problem);
  if (status.kind === 'organization') yield* clashes(snapshot, uri);
  if (status.kind === 'playbook') yield* clash(uri, playbooksWithSameId(snapshot, uri), 'as a playbook');
}

/** Takes the id of a rule. Gives whether there is such a rule. */
export function isRule(id: string): boolean {
  return KNOWN_RULES.has(id);
}

function structural(rule: string, { place, message, ...more }: SyntaxProblem | SchemaProblem): Found {
  return { rule, severity: 'error', place, message, ...more };
}

function firstKeyOf(root: MapNode | undefined): Place | undefined {
  for (const { key } of root?.pairs.values() ?? []) return key.place;
  return undefined;
}

function unknownFormat(format: string | undefined, text: string): string {
  const known = `"format: ${PLAYBOOK_FORMAT}" or "format: ${ORGANIZATION_FORMAT}"`;
  if (format !== undefined) {
    return `This version cannot read the format "${format.slice(0, 60)}", so the file was not checked. It reads ${known}.`;
  }
  if (text.trim() === '') return `The file is empty, so nothing was checked. Its first line must be ${known}.`;
  return `The file does not say what it is, so it was not checked. Its first line must be ${known}.`;
}

/** The rules that waivers, a configuration or a baseline name. */
function* rulesNamedIn(snapshot: Reader, uri: string): Iterable<Placed<string>> {
  for (const { rule } of playbookOf(snapshot, uri)?.value.waivers?.items ?? []) if (rule) yield rule;
  const config = configOf(snapshot, uri)?.value;
  for (const { rules: severities } of [...(config ? [config] : []), ...(config?.overrides?.items ?? [])]) {
    for (const { id } of severities?.entries.values() ?? []) yield id;
  }
  for (const { value } of baselineOf(snapshot, uri)?.value.findings?.entries.values() ?? []) {
    for (const { rule } of value.items) if (rule) yield rule;
  }
}

function unknownRule(id: Placed<string>): Found {
  const near = nearest(id.value, RULE_IDS);
  const end = near.length > 0 ? didYouMean(near) : '. "incident-playbooks rules" lists them.';
  const message = `There is no rule "${id.value}"${end}`;
  return { rule: 'schema', severity: 'error', place: id.place, message, fixes: changeToNear(id, near) };
}

function patternFault({ pattern, kind, message, repair }: PatternProblem): Found {
  const { place } = pattern;
  if (kind === 'idle') return { rule: 'pattern-idle', severity: 'info', place, message };
  const edit = repair === undefined ? undefined : replaceText(place, repair);
  return { rule: 'schema', severity: 'error', place, message, fixes: onRequest(`Change to "${repair}"`, edit) };
}

function* clashes(snapshot: Reader, uri: string): Iterable<Found> {
  for (const kind of DEFINITION_KINDS) {
    for (const definitions of clashesIn(snapshot, scopeOf(snapshot, uri), kind)) {
      yield* clash(uri, definitions, `under "${kind}"`);
    }
  }
}

function* clash(
  uri: string,
  definitions: readonly { readonly id: Placed<string>; readonly uri: string }[],
  where: string,
): Iterable<Found> {
  for (const { id } of definitions.filter((definition) => definition.uri === uri)) {
    const others = definitions.filter((other) => other.id.place !== id.place);
    const count = definitions.length === 2 ? 'twice' : `${definitions.length} times`;
    yield {
      rule: 'duplicate-definition',
      severity: 'error',
      place: id.place,
      message: `"${id.value}" is defined ${count} ${where}. Keep one definition.`,
      related: others.slice(0, 10).map((other) => ({ place: other.id.place, message: 'Also defined here' })),
    };
  }
}
