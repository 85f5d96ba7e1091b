/** What can be done about a text at a place. */
import type { Finding } from '../../check/finding.js';
import type { TextEdit } from '../../text/top-level-items.js';

export interface CodeAction {
  readonly title: string;
  readonly kind: 'quickfix' | 'refactor.extract' | 'source.sortSteps' | 'source.fixAll';
  readonly edits: readonly TextEdit[];
  /** The finding that it is for; absent where it is for none. */
  readonly finding?: Finding;
  /** Whether it is the one to take when nobody chooses. */
  readonly isPreferred?: boolean;
  /** A file that it writes. */
  readonly creates?: { readonly uri: string; readonly text: string };
  /** Why it cannot be done here, in words for a person. */
  readonly refusal?: string;
  /** A waiver that an editor can ask the details of. */
  readonly waiver?: WaiverQuestion;
}

/** What a person must be asked who waives a finding. */
export interface WaiverQuestion {
  readonly rule: string;
  readonly at: string | null;
  /** Roles that may own it, with who is behind them. */
  readonly roles: readonly { readonly id: string; readonly detail: string }[];
  /** The role that answers for the playbook. */
  readonly accountable: string | null;
  /** Dates as YYYY-MM-DD. */
  readonly today: string;
  readonly suggestedEnd: string;
  readonly lastEnd: string;
}
