/** From a snapshot to findings: runs the rules, applies profiles and waivers, sorts. Every front door shows these. */
import { parseDate } from './model/date.js';
import type * as types from './model/generated/types.js';
import { each, type PlacedOf } from './model/placed.js';
import type { SchemaProblem } from './model/schema-problem.js';
import { headOf } from './model/schema-problem.js';
import { rules } from './rules/index.js';
import type { Problem, Rule, Severity } from './rules/rule.js';
import type { MapNode } from './text/node.js';
import type { SyntaxProblem } from './text/parse-piece.js';
import type { Place, Span } from './text/place.js';
import { configurationFor, type Profile } from './workspace/configuration.js';
import { clashesIn, DEFINITION_KINDS } from './workspace/definitions.js';
import { fact, type Reader } from './workspace/fact.js';
import {
  configOf,
  itemOf,
  ORGANIZATION_FORMAT,
  organizationOf,
  PLAYBOOK_FORMAT,
  playbookOf,
  statusOf,
  treeOf,
} from './workspace/files.js';
import { scopeOf } from './workspace/scope.js';
import { StaleSnapshot, todayOf } from './workspace/snapshot.js';

export interface Finding {
  /** The id of a rule, or `yaml-syntax`, `schema`, `duplicate-definition`, `file-unreadable`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  /** The id of the step that it is about, or null. */
  readonly at: string | null;
  readonly waived: { readonly owner: string; readonly reason: string; readonly expires: string } | null;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
}

/** The id of a finding that says that a rule itself failed. */
export const INTERNAL_ERROR = 'internal-error';

/** More findings than this in one file are counted, not listed. */
export const MAX_FINDINGS = 500;

type Found = Problem & { readonly rule: string; readonly severity: Severity };

/**
 * Takes the URI of a file. Gives all findings that stand in it, in the order of the text. A file that is not ours has
 * none, unless somebody has named it and expects it to be: then there is one that says so.
 */
export function check(snapshot: Reader, uri: string, { named = false } = {}): Finding[] {
  const found = [...structureProblems(snapshot, uri, named), ...governanceProblems(snapshot, uri)];
  const settled = settle(snapshot, uri, found);
  settled.sort(
    (a, b) =>
      a.span.start - b.span.start ||
      a.span.end - b.span.end ||
      compare(a.rule, b.rule) ||
      compare(a.message, b.message),
  );
  return capped(settled);
}

/** Takes the URI of a file. Gives whether its text had to be refused as a whole, so that nothing in it was checked. */
export function isUnreadable(snapshot: Reader, uri: string): boolean {
  return treeOf(snapshot, uri)?.refused === true;
}

function* structureProblems(snapshot: Reader, uri: string, named: boolean): Iterable<Found> {
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
  const file = playbookOf(snapshot, uri) ?? organizationOf(snapshot, uri) ?? configOf(snapshot, uri);
  for (const problem of file?.problems ?? []) yield structural('schema', problem);
  if (status.kind === 'organization') yield* clashes(snapshot, uri);
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

function* clashes(snapshot: Reader, uri: string): Iterable<Found> {
  for (const kind of DEFINITION_KINDS) {
    for (const definitions of clashesIn(snapshot, scopeOf(snapshot, uri), kind)) {
      const here = definitions.filter((definition) => definition.uri === uri);
      for (const { id } of here) {
        const others = definitions.filter((other) => other.id.place !== id.place);
        yield {
          rule: 'duplicate-definition',
          severity: 'error',
          place: id.place,
          message: `"${id.value}" is defined ${definitions.length === 2 ? 'twice' : `${definitions.length} times`} under "${kind}". Keep one definition.`,
          related: others.map((other) => ({ place: other.id.place, message: 'Also defined here' })),
        };
      }
    }
  }
}

function* governanceProblems(snapshot: Reader, uri: string): Iterable<Found> {
  const playbook = playbookOf(snapshot, uri)?.value;
  if (playbook) {
    for (const { node } of playbook.steps?.items ?? []) yield* stepProblemsOf(snapshot, node);
    for (const rule of rules) {
      const { playbook: look } = rule;
      if (look) yield* run(rule, () => look({ snapshot, uri, playbook }), headOf(playbook.node));
    }
  }
  const root = (playbook ?? organizationOf(snapshot, uri)?.value)?.node;
  if (!root) return;
  for (const rule of rules) {
    const { definitions: look } = rule;
    if (look) yield* run(rule, () => look({ snapshot, uri }), headOf(root));
  }
}

/** The findings of all rules that look at one step: kept as long as the step and what they read stay the same. */
const stepProblemsOf = fact((snapshot: Reader, node: MapNode): readonly Found[] => {
  const { uri } = node.place.piece;
  const step = itemOf('step')(snapshot, node).value;
  const at = step.id?.value;
  return rules.flatMap((rule) => {
    const { step: look } = rule;
    const problems = look ? [...run(rule, () => look({ snapshot, uri, step }), headOf(node))] : [];
    return at === undefined ? problems : problems.map((problem) => ({ ...problem, at }));
  });
});

/** Names the findings of a rule. A rule that fails costs its own findings, and says so; the others go on. */
function* run(rule: Rule, problems: () => Iterable<Problem>, place: Place): Iterable<Found> {
  try {
    for (const problem of problems()) yield { ...problem, rule: rule.id, severity: problem.severity ?? rule.severity };
  } catch (error) {
    if (error instanceof StaleSnapshot) throw error;
    const message = `The rule "${rule.id}" failed here, so it was not checked. This is a bug of Incident Playbooks: please report it (${String(error)}).`;
    yield { rule: INTERNAL_ERROR, severity: 'error', place, message };
  }
}

/** Severities and waivers; what is switched off is left out. */
function settle(snapshot: Reader, uri: string, found: readonly Found[]): Finding[] {
  const playbook = playbookOf(snapshot, uri)?.value;
  const configuration = configurationFor(snapshot, uri);
  const profile = configuration.profile ?? (playbook?.status?.value === 'draft' ? 'author' : 'review');
  const waivers = usableWaivers(playbook, todayOf(snapshot));
  const spanOf = (place: Place): Span => treeOf(snapshot, place.piece.uri)?.spanOf(place) ?? { uri, start: 0, end: 0 };

  const findings: Finding[] = [];
  for (const { rule, severity, place, message, at = null, related = [] } of found) {
    const isGovernance = GOVERNANCE.has(rule);
    const graded = isGovernance ? (configuration.rules.get(rule) ?? gradedBy(profile, severity)) : severity;
    if (graded === 'off') continue;
    const waiver = isGovernance
      ? waivers.find((waiver) => waiver.rule === rule && (waiver.at === undefined || waiver.at === at))
      : undefined;
    findings.push({
      rule,
      severity: waiver ? 'info' : graded,
      span: spanOf(place),
      message: waiver ? `${message} (waived by ${waiver.owner} until ${waiver.expires})` : message,
      at,
      waived: waiver ? { owner: waiver.owner, reason: waiver.reason, expires: waiver.expires } : null,
      related: related.map((other) => ({ span: spanOf(other.place), message: other.message })),
    });
  }
  return findings;
}

const GOVERNANCE = new Set(rules.map(({ id }) => id));

function gradedBy(profile: Profile, severity: Severity): Severity {
  if (profile === 'author') return severity === 'error' ? 'warning' : 'info';
  return profile === 'audit' && severity === 'warning' ? 'error' : severity;
}

interface Waiver {
  readonly rule: string;
  readonly at: string | undefined;
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
}

const LONGEST_WAIVER_DAYS = 365;

/** A waiver counts only with one owner, a reason and an end that is not past and not further away than a year. */
function usableWaivers(playbook: PlacedOf<types.Playbook> | undefined, today: number): Waiver[] {
  return (playbook?.waivers?.items ?? []).flatMap(({ rule, at, owner, reason, expires, node }) => {
    const [by, ...others] = each(owner);
    const last = expires && parseDate(expires.value);
    // An "at" that could not be read must not widen the waiver to the whole playbook.
    if (node.pairs.has('at') && !at) return [];
    if (!rule || !by || others.length > 0 || !reason || !expires || last === undefined) return [];
    if (last < today || last > today + LONGEST_WAIVER_DAYS) return [];
    return [{ rule: rule.value, at: at?.value, owner: by.value, reason: reason.value, expires: expires.value }];
  });
}

function capped(findings: Finding[]): Finding[] {
  const surplus = findings.length - MAX_FINDINGS;
  if (surplus <= 0) return findings;
  const kept = findings.slice(0, MAX_FINDINGS - 1);
  const dropped = findings.slice(MAX_FINDINGS - 1);
  const first = dropped[0] as Finding;
  const worst =
    (['error', 'warning', 'info'] as const).find((severity) => dropped.some((one) => one.severity === severity)) ??
    'info';
  const message = `${dropped.length} more findings from here on are not listed. Mend the first ones.`;
  return [...kept, { ...first, rule: 'schema', severity: worst, message, at: null, waived: null, related: [] }];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
