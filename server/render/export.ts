/** Exports a playbook of a snapshot: as SVG, or as an HTML page. */
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
import type { Drawing } from './drawing.js';
import { html } from './html.js';
import { keyOfFinding, stepRangesOf } from './step-ranges.js';
import { type Caption, svg } from './svg.js';

export type ExportFormat = 'svg' | 'html';

/** Everything that an export needs of the snapshot, read at once, so that the layout may take its time. */
export interface Export {
  readonly diagram: Diagram;
  /** Takes the laid-out diagram. Gives the file's text. */
  readonly write: (drawing: Drawing) => string;
}

/** Takes the URI of a playbook and a format. Gives what to lay out and how to write it; undefined for other files. */
export function prepareExport(snapshot: Reader, uri: string, format: ExportFormat): Export | undefined {
  const playbook = playbookOf(snapshot, uri)?.value;
  if (!playbook) return undefined;
  const findings = check(snapshot, uri);
  const ranges = stepRangesOf(snapshot, uri);
  const badges = badgesOf(findings, (finding) => keyOfFinding(ranges, finding));
  const caption = captionOf(playbook, formatDate(todayOf(snapshot)));
  const lines = lineIndex(textOf(snapshot, uri) ?? '');
  const lineOf = ({ span }: Finding) => lines.positionAt(span.start).line + 1;
  const write = (drawing: Drawing) =>
    format === 'svg'
      ? svg(drawing, badges, caption)
      : html({ snapshot, uri, playbook, drawing, badges, caption, findings, lineOf });
  return { diagram: diagramOf(snapshot, uri), write };
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
