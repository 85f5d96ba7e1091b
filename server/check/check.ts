/** From a snapshot to findings: runs the rules, applies profiles, waivers and baseline, sorts. Every front door shows these. */
import { headOf } from '../model/schema-problem.js';
import { rules } from '../rules/index.js';
import type { Severity } from '../rules/rule.js';
import type { Place, Span } from '../text/place.js';
import { baselineFor, type KnownFinding } from '../workspace/baseline.js';
import { configurationFor, type Profile, type RuleSeverity } from '../workspace/configuration.js';
import { fact, type Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { standsFor, todayOf } from '../workspace/snapshot.js';
import { stateOf, type Waiver, type WaiverState } from '../workspace/waivers.js';
import type { Finding, Found } from './finding.js';
import { governanceProblems, run } from './governance.js';
import { isRule, structureProblems } from './structure.js';

/** More findings than this in one file are counted, not listed. */
const MAX_FINDINGS = 500;

export interface Inspection {
  /** What is reported. */
  readonly findings: readonly Finding[];
  /** What is not, because the baseline holds it. */
  readonly inBaseline: readonly Finding[];
  /** What the baseline holds and was not found. */
  readonly gone: readonly KnownFinding[];
}

/**
 * Takes the URI of a file. Gives all findings that stand in it, in the order of the text. A file that is not ours has
 * none, unless somebody has named it and expects it to be: then there is one that says so.
 */
export function check(snapshot: Reader, uri: string, { named = false } = {}): readonly Finding[] {
  return capped(inspect(snapshot, uri, { named }).findings);
}

/**
 * Takes the URI of a file. Gives what is reported in it, and what its baseline keeps back; as many as there are. What is not a
 * file of the workspace, such as the old side of a diff, is not reported on: nobody could mend it there.
 */
export function inspect(snapshot: Reader, uri: string, { named = false } = {}): Inspection {
  if (standsFor(snapshot, uri) !== undefined) return { findings: [], inBaseline: [], gone: [] };
  if (configurationFor(snapshot, uri).isExcluded) return { findings: [], inBaseline: [], gone: [] };
  const found = [...structureProblems(snapshot, uri, named), ...governanceProblems(snapshot, uri)];
  return withoutBaseline(snapshot, uri, withoutEchoes(settle(snapshot, uri, found).sort(byPlace)));
}

/** Takes the URI of a file. Gives whether its text had to be refused as a whole, so that nothing in it was checked. */
export function isUnreadable(snapshot: Reader, uri: string): boolean {
  return treeOf(snapshot, uri)?.refused === true;
}

/** Takes the URI of a file. Gives the profile that it is held to: a draft to `author`, unless the configuration says else. */
export function profileOf(snapshot: Reader, uri: string): Profile {
  const isDraft = playbookOf(snapshot, uri)?.value.status?.value === 'draft';
  return configurationFor(snapshot, uri).profile ?? (isDraft ? 'author' : 'review');
}

/** Takes the URI of a file, a rule and the severity that the rule gives. Gives the one that counts. */
export function severityOf(snapshot: Reader, uri: string, rule: string, severity: Severity): RuleSeverity {
  const configured = configurationFor(snapshot, uri).rules.get(rule);
  if (configured) return configured;
  const profile = profileOf(snapshot, uri);
  if (profile === 'author') return severity === 'error' ? 'warning' : 'info';
  return profile === 'audit' && severity === 'warning' ? 'error' : severity;
}

type HoldingWaiver = WaiverState & { readonly kind: 'holds' };

/** Severities and waivers; what is switched off is left out. */
function settle(snapshot: Reader, uri: string, found: readonly Found[]): Finding[] {
  const waivers = waiversOf(snapshot, uri).map((entry) => ({ ...entry, waives: 0 }));
  const settled: Finding[] = [];
  for (const problem of found) {
    const graded = isRule(problem.rule) ? severityOf(snapshot, uri, problem.rule, problem.severity) : problem.severity;
    const waiver = waivers.find(({ waiver, state }) => waives(waiver, state, problem));
    if (waiver) waiver.waives++;
    if (graded !== 'off') settled.push(findingOf(snapshot, uri, problem, graded, waiver?.state));
  }
  const ofWaivers: Found[] = [];
  for (const { waiver, waives: count } of waivers) {
    for (const rule of rules) {
      const { waiver: look } = rule;
      if (look) run(rule, () => look({ snapshot, uri, waiver, waives: count }), headOf(waiver.node), ofWaivers);
    }
  }
  for (const problem of ofWaivers) {
    const graded = severityOf(snapshot, uri, problem.rule, problem.severity);
    if (graded !== 'off') settled.push(findingOf(snapshot, uri, problem, graded, undefined));
  }
  return settled;
}

/** The waivers of a playbook that hold, for rules that there are. */
const waiversOf = fact((snapshot: Reader, uri: string): readonly { waiver: Waiver; state: HoldingWaiver }[] => {
  const { waiverLength } = configurationFor(snapshot, uri).limits;
  return (playbookOf(snapshot, uri)?.value.waivers?.items ?? []).flatMap((waiver) => {
    const state = stateOf(waiver, todayOf(snapshot), waiverLength);
    return state.kind === 'holds' && isRule(state.rule) ? [{ waiver, state }] : [];
  });
});

function waives(waiver: Waiver, state: HoldingWaiver, problem: Found): boolean {
  // What is wrong with waivers cannot be waived.
  if (state.rule !== problem.rule || problem.rule.startsWith('waiver-')) return false;
  return waiver.at === undefined || waiver.at.value === problem.at;
}

function findingOf(
  snapshot: Reader,
  uri: string,
  problem: Found,
  severity: Severity,
  waiver: HoldingWaiver | undefined,
): Finding {
  const { rule, place, message, at = null, related = [], fixes = [] } = problem;
  const spanOf = (where: Place): Span => treeOf(snapshot, where.piece.uri)?.spanOf(where) ?? { uri, start: 0, end: 0 };
  return {
    rule,
    severity: waiver ? 'info' : severity,
    span: spanOf(place),
    message: waiver ? `${message} (waived by ${waiver.owner} until ${waiver.expires})` : message,
    at,
    about: aboutOf(place),
    waived: waiver ? { owner: waiver.owner, reason: waiver.reason, expires: waiver.expires } : null,
    related: related.map((other) => ({ span: spanOf(other.place), message: other.message })),
    fixes: fixes.map(({ title, isSafe, edits }) => ({
      title,
      isSafe,
      edits: edits.map((edit) => ({ span: spanOf(edit.place), text: edit.text })),
    })),
  };
}

const MAX_ABOUT = 80;

function aboutOf({ piece, start, end }: Place): string {
  return piece.text
    .slice(start, Math.min(end, start + MAX_ABOUT))
    .replace(/\s+/g, ' ')
    .trim();
}

/** Takes findings out that the baseline of the file knows; of those that cannot be told apart, as many as it knows. */
function withoutBaseline(snapshot: Reader, uri: string, all: readonly Finding[]): Inspection {
  const known = baselineFor(snapshot, uri);
  if (known.length === 0) return { findings: all, inBaseline: [], gone: [] };
  const left = new Map<string, number>();
  for (const finding of known) left.set(keyOf(finding), (left.get(keyOf(finding)) ?? 0) + finding.count);
  const findings: Finding[] = [];
  const inBaseline: Finding[] = [];
  for (const finding of all) {
    const count = isRule(finding.rule) && !finding.waived ? (left.get(keyOf(finding)) ?? 0) : 0;
    if (count > 0) left.set(keyOf(finding), count - 1);
    (count > 0 ? inBaseline : findings).push(finding);
  }
  return { findings, inBaseline, gone: known.filter((finding) => (left.get(keyOf(finding)) ?? 0) > 0) };
}

function keyOf({ rule, at, about }: Pick<Finding, 'rule' | 'at' | 'about'>): string {
  return JSON.stringify([rule, at, about]);
}

/** What stands behind an anchor is found once for each alias, and is one thing to mend. */
function withoutEchoes(sorted: readonly Finding[]): readonly Finding[] {
  return sorted.filter((finding, index) => {
    const before = sorted[index - 1];
    return before === undefined || byPlace(before, finding) !== 0 || before.span.uri !== finding.span.uri;
  });
}

function byPlace(a: Finding, b: Finding): number {
  return (
    a.span.start - b.span.start || a.span.end - b.span.end || compare(a.rule, b.rule) || compare(a.message, b.message)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Takes the findings of a file. Gives so many that a person can read them; the last one counts the others. */
export function capped(findings: readonly Finding[]): readonly Finding[] {
  const surplus = findings.length - MAX_FINDINGS;
  if (surplus <= 0) return findings;
  const dropped = findings.slice(MAX_FINDINGS - 1);
  const first = dropped[0] as Finding;
  const severities = ['error', 'warning', 'info'] as const;
  const worst = severities.find((severity) => dropped.some((one) => one.severity === severity)) ?? 'info';
  const message = `${dropped.length} more findings from here on are not listed. Mend the first ones.`;
  const last = { ...first, rule: 'schema', severity: worst, message, at: null, waived: null, related: [], fixes: [] };
  return [...findings.slice(0, MAX_FINDINGS - 1), last];
}
