/** Exports a playbook of a snapshot: its graph as SVG or as Mermaid text, or all of it as an HTML page. */
import { check } from '../check/check.js';
import type { Finding } from '../check/finding.js';
import { formatDate } from '../model/date.js';
import type * as types from '../model/generated/types.js';
import type { PlacedOf } from '../model/placed.js';
import { lineIndex } from '../text/line-index.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf } from '../workspace/files.js';
import { textOf, todayOf } from '../workspace/snapshot.js';
import { badgesOf } from './badges.js';
import { type Diagram, diagramOf } from './diagram.js';
import { type Drawing, NO_DRAWING } from './drawing.js';
import type { WebFonts } from './font.js';
import { html } from './html.js';
import { mermaid } from './mermaid.js';
import { keyOfFinding, stepRangesOf } from './step-ranges.js';
import { type Caption, svg } from './svg.js';

/** A PNG is drawn from the SVG, by whoever can: a library on the command line, the page in VS Code. */
export const EXPORT_FORMATS = ['svg', 'png', 'mermaid', 'html'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Everything that an export needs of the snapshot, read at once, so that the layout may take its time. */
export interface Export {
  readonly diagram: Diagram;
  /** Whether boxes must have places: a program that reads Mermaid finds them itself. */
  readonly needsLayout: boolean;
  /** Takes the laid-out diagram. Gives the file's text; for a PNG, the SVG that it is drawn from. */
  readonly write: (drawing: Drawing) => string;
}

/** Takes the URI of a playbook, a format, and the fonts that pictures carry. Gives what to lay out and how to write it; undefined for other files. */
export function prepareExport(
  snapshot: Reader,
  uri: string,
  format: ExportFormat,
  fonts: () => WebFonts,
): Export | undefined {
  const playbook = playbookOf(snapshot, uri)?.value;
  if (!playbook) return undefined;
  const findings = check(snapshot, uri);
  const ranges = stepRangesOf(snapshot, uri);
  const badges = badgesOf(findings, (finding) => keyOfFinding(ranges, finding));
  const caption = captionOf(playbook, formatDate(todayOf(snapshot)));
  const lines = lineIndex(textOf(snapshot, uri) ?? '');
  const lineOf = ({ span }: Finding) => lines.positionAt(span.start).line + 1;
  const diagram = diagramOf(snapshot, uri);
  const write = (drawing: Drawing) => {
    if (format === 'mermaid') return mermaid(diagram, caption);
    if (format === 'html') return html({ snapshot, uri, playbook, drawing, badges, caption, findings, lineOf });
    return svg(drawing, badges, caption, fonts());
  };
  return { diagram, needsLayout: format !== 'mermaid', write };
}

/** Takes what was prepared and how to lay out a diagram. Gives the drawing that it is written from. */
export async function drawingFor(
  { diagram, needsLayout }: Export,
  layout: (diagram: Diagram) => Promise<Drawing>,
): Promise<Drawing> {
  return needsLayout ? layout(diagram) : NO_DRAWING;
}

function captionOf(playbook: PlacedOf<types.Playbook>, day: string): Caption {
  const details = [
    playbook.id?.value,
    playbook.version && `version ${playbook.version.value}`,
    playbook.status?.value.replace('_', ' '),
    playbook.marking?.value,
    `checked ${day}`,
  ];
  return {
    title: playbook.title?.value ?? playbook.id?.value ?? 'Playbook',
    details: details.filter(Boolean).join(' · '),
  };
}
