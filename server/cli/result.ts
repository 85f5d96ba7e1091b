/** What a run of the checks has found, in the form that all reports are made from. */
import { createHash } from 'node:crypto';
import type { Finding, WaivedBy } from '../check/finding.js';
import type { Severity } from '../rules/rule.js';
import { type LineIndex, lineIndex } from '../text/line-index.js';
import type { Span } from '../text/place.js';

/** A range in a file, counted from 1, columns in UTF-16 code units. */
export interface Location {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ReportedFinding extends Location {
  readonly rule: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: string | null;
  readonly waived: WaivedBy | null;
  readonly related: readonly (Location & { readonly message: string })[];
  /** The same for the same finding in the next run, wherever its line has moved to. */
  readonly fingerprint: string;
}

export interface Summary {
  /** Files that were checked. */
  readonly files: number;
  /** Files that were meant, and that the configuration leaves out. */
  readonly excluded: number;
  /** Files and folders that were passed over because git ignores them. */
  readonly ignored: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  /** Findings among the infos that somebody has waived. */
  readonly waived: number;
  /** Findings that are not reported because the baseline holds them. */
  readonly inBaseline: number;
  /** Entries of the baseline that were not found any more. */
  readonly goneFromBaseline: number;
  /** Files and folders that could not be checked. */
  readonly unreadable: number;
  /** Findings that were mended by `--fix`. */
  readonly fixed: number;
}

export interface Result {
  readonly findings: readonly ReportedFinding[];
  /** The names of the files that were checked. */
  readonly files: readonly string[];
  readonly summary: Summary;
  /** Takes a file as it is named in a finding, and a line from 1. Gives the line's text. */
  readonly lineOf: (file: string, line: number) => string;
}

/** How files are named and read, and what tells them apart when they move. */
export interface Naming {
  readonly nameOf: (uri: string) => string;
  readonly textOf: (uri: string) => string;
  /** What a file is known by from run to run, wherever it is checked. */
  readonly identityOf: (uri: string) => string;
}

/** Takes what was found and how to name and read the files. Gives it with lines, columns and fingerprints. */
export function located(findings: readonly Finding[], { nameOf, textOf, identityOf }: Naming): ReportedFinding[] {
  const indexes = new Map<string, LineIndex>();
  const indexOf = (uri: string) => {
    const known = indexes.get(uri) ?? lineIndex(textOf(uri));
    indexes.set(uri, known);
    return known;
  };
  const locate = ({ uri, start, end }: Span): Location => {
    const index = indexOf(uri);
    const from = index.positionAt(start);
    const to = index.positionAt(end);
    return {
      file: nameOf(uri),
      line: from.line + 1,
      column: from.character + 1,
      endLine: to.line + 1,
      endColumn: to.character + 1,
    };
  };
  const seen = new Map<string, number>();
  return findings.map(({ rule, severity, span, message, at, about, waived, related }) => {
    const identity = JSON.stringify([rule, identityOf(span.uri), at, about]);
    const before = seen.get(identity) ?? 0;
    seen.set(identity, before + 1);
    return {
      rule,
      severity,
      ...locate(span),
      message,
      at,
      waived,
      related: related.map((other) => ({ ...locate(other.span), message: other.message })),
      fingerprint: fingerprintOf(`${identity} ${before}`),
    };
  });
}

/** Takes what identifies a finding. Gives 16 hexadecimal digits. */
export function fingerprintOf(identity: string): string {
  return createHash('sha256').update(identity).digest('hex').slice(0, 16);
}
