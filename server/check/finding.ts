/** What the checks report. Diagnostics, reports, badges and pages are made from findings, and nowhere else. */
import type { Problem, Severity } from '../rules/rule.js';
import type { Span } from '../text/place.js';

export interface Finding {
  /** The id of a rule, or `yaml-syntax`, `schema`, `duplicate-definition`, `pattern-idle`, `file-unreadable`. */
  readonly rule: string;
  readonly severity: Severity;
  readonly span: Span;
  readonly message: string;
  /** The id of the step that it is about, or null. */
  readonly at: string | null;
  /** The text at its place, in one line: with the rule and the step it tells findings apart when lines move. */
  readonly about: string;
  readonly waived: WaivedBy | null;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  /** Ways to mend it, the best first. */
  readonly fixes: readonly FindingFix[];
}

export interface WaivedBy {
  readonly owner: string;
  readonly reason: string;
  readonly expires: string;
}

export interface FindingFix {
  readonly title: string;
  readonly isSafe: boolean;
  readonly edits: readonly { readonly span: Span; readonly text: string }[];
}

/** The id of a finding that says that a rule itself failed. */
export const INTERNAL_ERROR = 'internal-error';

/** A problem as it was found, before severities are set and waivers are applied. */
export type Found = Problem & { readonly rule: string; readonly severity: Severity };
