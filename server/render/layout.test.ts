import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { samples } from '../../test/harness/paths.js';
import { filesOf, parts } from '../../test/harness/random-playbook.js';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { dominators } from '../graph/dominators.js';
import { type Graph, graphOf } from '../graph/graph.js';
import { diagramOf } from './diagram.js';
import type { Direction, Drawing, Point, Rectangle } from './drawing.js';
import { layout } from './layout.js';

/** Takes a grouped drawing and what each box is grouped by. Gives groups that lie on each other, and boxes outside of their own. */
function misplacedIn({ boxes, groups }: Drawing, by: 'phase' | 'owner'): string[] {
  const found: string[] = [];
  for (const [index, a] of groups.entries()) {
    const b = groups[index + 1];
    if (b && (b.x < a.x || b.y < a.y)) found.push(`${b.title} before ${a.title}`);
    if (b && b.x < a.x + a.width && b.y < a.y + a.height) found.push(`${b.title} on ${a.title}`);
  }
  for (const { box, x, y, width, height } of boxes) {
    const own = groups.find(({ title }) => title === box[by]);
    if (box[by] === '' || !own) continue;
    const isInside = x >= own.x && y >= own.y && x + width <= own.x + own.width && y + height <= own.y + own.height;
    if (!isInside) found.push(`${box.key} outside of ${box[by]}`);
  }
  return found;
}

/** Takes a drawing. Gives what lies on what, and should not. */
function overlapsIn({ boxes, lines, width, height }: Drawing): string[] {
  const found: string[] = [];
  const labels = lines.flatMap(({ line, label }) => (label ? [{ line, label }] : []));
  const meet = (a: Rectangle, b: Rectangle) =>
    a.x < b.x + b.width - 0.5 && b.x < a.x + a.width - 0.5 && a.y < b.y + b.height - 0.5 && b.y < a.y + a.height - 0.5;
  const crosses = (points: readonly Point[], area: Rectangle) =>
    points.slice(1).some((to, index) => {
      const from = points[index] as Point;
      const x = Math.min(from.x, to.x);
      const y = Math.min(from.y, to.y);
      const stretch = { x, y, width: Math.abs(to.x - from.x) || 1, height: Math.abs(to.y - from.y) || 1 };
      return meet(stretch, area);
    });
  for (const [index, a] of boxes.entries()) {
    if (a.x < 0 || a.y < 0 || a.x + a.width > width || a.y + a.height > height) found.push(`${a.box.key} sticks out`);
    for (const b of boxes.slice(index + 1)) if (meet(a, b)) found.push(`${a.box.key} on ${b.box.key}`);
    for (const { line, label } of labels) if (meet(a, label)) found.push(`label "${line.label}" on ${a.box.key}`);
    for (const { line, points } of lines) {
      const isOwn = line.from === a.box.key || line.to === a.box.key;
      if (!isOwn && crosses(points, a)) found.push(`line ${line.from} > ${line.to} through ${a.box.key}`);
    }
  }
  for (const [index, a] of labels.entries()) {
    for (const b of labels.slice(index + 1)) {
      if (meet(a.label, b.label)) found.push(`label "${a.line.label}" on label "${b.line.label}"`);
    }
    for (const { line, points } of lines) {
      if (line !== a.line && crosses(points, a.label))
        found.push(`line ${line.from} > ${line.to} through label "${a.line.label}" of ${a.line.from}`);
    }
  }
  return found;
}

function leadsTo(graph: Graph, from: string, to: string): boolean {
  const reached = new Set([from]);
  for (const key of reached) for (const edge of graph.outgoing.get(key) ?? []) reached.add(edge.to);
  return reached.has(to);
}

/** Takes a drawing from top to bottom and its graph. Gives lines that lead up and should not, and ways back that lead down. */
function wrongWaysIn({ boxes, lines }: Drawing, graph: Graph): string[] {
  const top = new Map(boxes.map(({ box, y }) => [box.key, y]));
  const { order, immediate } = dominators(graph);
  const reached = new Set(order);
  const dominates = (head: string, key: string) => {
    for (let at: string | undefined = key; at !== undefined; at = immediate.get(at)) if (at === head) return true;
    return false;
  };
  return lines.flatMap(({ line: { from, to } }) => {
    if (!reached.has(from) || !reached.has(to) || from === to) return [];
    const isUp = (top.get(to) ?? 0) < (top.get(from) ?? 0);
    const isRight = isUp ? leadsTo(graph, to, from) : !dominates(to, from);
    return isRight ? [] : [`${from} > ${to}`];
  });
}

const DIRECTIONS: readonly Direction[] = ['down', 'right'];

describe('the layout', () => {
  const folders = ['playbooks', 'organization'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(samples, folder)).map((name) => ({
      name,
      text: readFileSync(join(samples, folder, name), 'utf8'),
    })),
  );
  for (const direction of DIRECTIONS) {
    for (const { name } of files.filter((file) => file.name.includes('incident-playbook'))) {
      it(`puts nothing on anything else: ${name}, ${direction}`, async () => {
        const diagram = diagramOf(snapshotOf(files), uriOf(name));
        assert.deepEqual(overlapsIn(await layout(diagram, { direction })), []);
      });
    }
  }

  for (const grouping of ['phase', 'owner'] as const) {
    for (const { name } of files.filter((file) => file.name.includes('incident-playbook'))) {
      it(`brings boxes of each ${grouping} together: ${name}`, async () => {
        const diagram = diagramOf(snapshotOf(files), uriOf(name));
        for (const direction of DIRECTIONS) {
          const drawing = await layout(diagram, { direction, grouping });
          assert.ok(drawing.groups.length >= 3);
          assert.deepEqual([...misplacedIn(drawing, grouping), ...overlapsIn(drawing)], []);
        }
      });
    }
  }

  for (const { name } of files.filter((file) => file.name.includes('incident-playbook'))) {
    it(`leads down to what comes later, and up only where a loop goes back: ${name}`, async () => {
      const snapshot = snapshotOf(files);
      const drawing = await layout(diagramOf(snapshot, uriOf(name)));
      assert.deepEqual(wrongWaysIn(drawing, graphOf(snapshot, uriOf(name))), []);
    });
  }

  it('leads down to what comes later in random playbooks, and up only where a loop goes back', async () => {
    await fc.assert(
      fc.asyncProperty(parts, async (list) => {
        const snapshot = snapshotOf(filesOf(list));
        const uri = uriOf('p0.yaml');
        assert.deepEqual(wrongWaysIn(await layout(diagramOf(snapshot, uri)), graphOf(snapshot, uri)), []);
      }),
      { numRuns: 60 },
    );
  }).timeout(60_000);

  it('puts nothing on anything else in random playbooks whose boxes are brought together', async () => {
    let grouped = 0;
    const by = fc.constantFrom('phase' as const, 'owner' as const);
    await fc.assert(
      fc.asyncProperty(parts, by, fc.constantFrom(...DIRECTIONS), async (list, grouping, direction) => {
        let count = 0;
        const files = filesOf(list).map(({ name, text }) => ({
          name,
          text: text.replace(/(instructions|decision): x/g, (whole) => `${whole}, owner: role-${count++ % 3}`),
        }));
        const drawing = await layout(diagramOf(snapshotOf(files), uriOf('p0.yaml')), { direction, grouping });
        if (drawing.groups.length > 0) grouped++;
        assert.deepEqual([...misplacedIn(drawing, grouping), ...overlapsIn(drawing)], []);
      }),
      { numRuns: 60 },
    );
    assert.ok(grouped >= 20, `Only ${grouped} were grouped.`);
  }).timeout(60_000);

  it('puts nothing on anything else in random playbooks, drawn afresh or after another one', async () => {
    await fc.assert(
      fc.asyncProperty(parts, parts, fc.constantFrom(...DIRECTIONS), async (list, earlier, direction) => {
        const drawn = async (some: typeof list, before: ReadonlyMap<string, Point>) =>
          layout(diagramOf(snapshotOf(filesOf(some)), uriOf('p0.yaml')), { direction, before });
        const first = await drawn(earlier, new Map());
        const now = await drawn(list, new Map(first.boxes.map(({ box, x, y }) => [box.key, { x, y }])));
        assert.deepEqual([...overlapsIn(first), ...overlapsIn(now)], []);
      }),
      { numRuns: 60 },
    );
  }).timeout(60_000);
});
