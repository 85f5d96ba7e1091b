/** Findings as diagnostics of the Language Server Protocol. */
import type { ClientCapabilities } from 'vscode-languageserver';
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag, type Range } from 'vscode-languageserver-types';
import { check } from '../check/check.js';
import type { Finding } from '../check/finding.js';
import { rulePage } from '../product.js';
import { type LineIndex, lineIndex } from '../text/line-index.js';
import type { Span } from '../text/place.js';
import { type Fact, fact, type Reader } from '../workspace/fact.js';
import { textOf } from '../workspace/snapshot.js';
import { diagnosticFor } from './forms.js';

const SOURCE = 'incident-playbooks';

const SEVERITIES = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
} as const;
const UNNECESSARY = new Set(['step-unreachable']);

/** Takes the URI of a file. Gives its lines. */
export const linesOf: Fact<string, LineIndex> = fact((reader, uri) => lineIndex(textOf(reader, uri) ?? ''));

/** What a client can do, and how files are named to it. */
interface Recipient {
  readonly client: ClientCapabilities;
  readonly nameOf: (uri: string) => string;
}

/** Takes the URI of a file and who is told. Gives its diagnostics. */
export function diagnosticsOf(snapshot: Reader, uri: string, recipient: Recipient): Diagnostic[] {
  return check(snapshot, uri).map((finding) => diagnosticOf(snapshot, finding, recipient));
}

/** Takes a finding and who is told. Gives it as a diagnostic. */
export function diagnosticOf(snapshot: Reader, finding: Finding, { client, nameOf }: Recipient): Diagnostic {
  const { rule, severity, message, span, related } = finding;
  return diagnosticFor(client, {
    range: rangeOf(snapshot, span),
    severity: SEVERITIES[severity],
    source: SOURCE,
    code: rule,
    message,
    codeDescription: { href: rulePage(rule) },
    ...(UNNECESSARY.has(rule) ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(related.length === 0
      ? {}
      : {
          relatedInformation: related.map((other) => ({
            location: { uri: nameOf(other.span.uri), range: rangeOf(snapshot, other.span) },
            message: other.message,
          })),
        }),
  });
}

/** Takes a range in offsets. Gives it in lines and characters. */
export function rangeOf(snapshot: Reader, { uri, start, end }: Span): Range {
  const lines = linesOf(snapshot, uri);
  return { start: lines.positionAt(start), end: lines.positionAt(end) };
}
