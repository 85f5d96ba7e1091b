/** The drawing of each playbook that a preview shows: laid out again only when the graph has changed. */
import { check } from '../check/check.js';
import { graphOf } from '../graph/graph.js';
import { badgesOf } from '../render/badges.js';
import { type Diagram, diagramOf } from '../render/diagram.js';
import type { Direction, Drawing, Grouping } from '../render/drawing.js';
import { keyOfFinding, stepRangesOf } from '../render/step-ranges.js';
import { toldWaysOf } from '../render/told-ways.js';
import { playbookIdsOf } from '../workspace/definitions.js';
import { playbookOf, statusOf, treeOf } from '../workspace/files.js';
import { scopeOf } from '../workspace/scope.js';
import type { Snapshot } from '../workspace/snapshot.js';
import { rangeOf } from './diagnostics.js';
import type { Host } from './host.js';
import type { DrawingParams, DrawingResult } from './messages.js';

interface Drawn {
  readonly id: number;
  readonly direction: Direction;
  readonly grouping: Grouping;
  readonly diagram: Diagram;
  readonly drawing: Drawing;
}

/** Takes how to lay out a diagram. Gives how to answer requests for drawings. */
export function drawings(layout: Host['layout']) {
  const drawn = new Map<string, Drawn>();
  let lastId = 0;

  async function draw(
    uri: string,
    now: Diagram,
    hasErrors: boolean,
    { direction, grouping }: Pick<DrawingParams, 'direction' | 'grouping'>,
  ): Promise<Drawn> {
    const last = drawn.get(uri);
    // While a text has errors, the last good graph is better than half a new one.
    const diagram = last && hasErrors ? last.diagram : now;
    const isSameWay = last?.direction === direction && last.grouping === grouping;
    if (last?.diagram === diagram && isSameWay) return last;
    const stood = isSameWay ? last.drawing.boxes : [];
    const before = new Map(stood.map(({ box, x, y }) => [box.key, { x, y }]));
    const drawing = await layout(diagram, { direction, grouping, before });
    const next = { id: ++lastId, direction, grouping, diagram, drawing };
    drawn.set(uri, next);
    return next;
  }

  return {
    forget: (uri: string) => drawn.delete(uri),

    /** Takes how to get the snapshot, because it may change during the layout, and what the client shows. */
    async answer(snapshotNow: () => Snapshot, { uri, known, ...shape }: DrawingParams): Promise<DrawingResult> {
      const before = snapshotNow();
      const hasErrors = (treeOf(before, uri)?.problems.length ?? 0) > 0;
      const diagram = diagramOf(before, uri);
      if (diagram.boxes.length === 0 && !drawn.has(uri)) return nothing(emptyReason(before, uri));
      const { id, drawing } = await draw(uri, diagram, hasErrors || diagram.boxes.length === 0, shape);

      const snapshot = snapshotNow();
      const findings = check(snapshot, uri);
      const ranges = stepRangesOf(snapshot, uri);
      const keyOf = (finding: (typeof findings)[number]) => keyOfFinding(ranges, finding);
      return {
        id,
        reason: '',
        drawing: known === id ? undefined : drawing,
        title: playbookOf(snapshot, uri)?.value.title?.value ?? '',
        stale: hasErrors || diagram.boxes.length === 0,
        badges: [...badgesOf(findings, keyOf)],
        findings: findings.map((finding) => ({
          key: keyOf(finding) ?? null,
          severity: finding.severity,
          rule: finding.rule,
          message: finding.message,
          range: rangeOf(snapshot, finding.span),
          hasFix: finding.fixes.length > 0,
        })),
        ways: toldWaysOf(snapshot, uri),
        calls: [...graphOf(snapshot, uri).nodes.values()].flatMap(({ key, calls }) => {
          const called = calls === undefined ? undefined : playbookIdsOf(snapshot, scopeOf(snapshot, uri)).get(calls);
          return called === undefined ? [] : [{ key, uri: called }];
        }),
        ranges: ranges.map((range) => ({ key: range.key, range: rangeOf(snapshot, range) })),
      };
    },
  };
}

function nothing(reason: string): DrawingResult {
  const drawing = undefined;
  const none = { badges: [], findings: [], ways: [], calls: [], ranges: [] };
  return { id: undefined, reason, drawing, title: '', stale: false, ...none };
}

function emptyReason(snapshot: Snapshot, uri: string): string {
  if (statusOf(snapshot, uri).kind === 'playbook')
    return 'This playbook has no steps yet. Write the first one under "steps".';
  return 'This file is not a playbook: its first line must be "format: playbook/v1".';
}
