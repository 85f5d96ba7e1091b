/** What a run of the checks has found, in the form that all reports are made from. */
import type { Finding } from '../check/finding.js';
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
  readonly waived: Finding['waived'];
  readonly related: readonly (Location & { readonly message: string })[];
}

export interface Result {
  readonly findings: readonly ReportedFinding[];
  readonly summary: {
    /** Files that were checked. */
    readonly files: number;
    readonly errors: number;
    readonly warnings: number;
    readonly infos: number;
    /** Files and folders that could not be checked. */
    readonly unreadable: number;
  };
  /** Takes a file as it is named in a finding, and a line from 1. Gives the line's text. */
  readonly lineOf: (file: string, line: number) => string;
}

/** Takes what was found and how to name and read the files. Gives it with lines and columns. */
export function located(
  findings: readonly Finding[],
  nameOf: (uri: string) => string,
  textOf: (uri: string) => string,
): ReportedFinding[] {
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
  return findings.map(({ rule, severity, span, message, at, waived, related }) => ({
    rule,
    severity,
    ...locate(span),
    message,
    at,
    waived,
    related: related.map((other) => ({ ...locate(other.span), message: other.message })),
  }));
}
