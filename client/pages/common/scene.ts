/** The picture as nodes of the page: of a new drawing only what differs from the one before is made anew. */
import type { Drawing, PlacedBox, PlacedLine } from '../../../server/render/drawing.js';
import { element } from '../../../server/render/element.js';
import { type Badge, boxElement, groupElement, labelElement, lineElement } from '../../../server/render/picture.js';
import { svgNode } from './dom.js';

interface Drawn {
  readonly placed: PlacedBox;
  readonly badge: Badge | undefined;
  /** What it was made from, without its place. */
  readonly look: string;
  readonly place: string;
  readonly node: SVGGElement;
}

interface DrawnLine {
  readonly look: string;
  readonly node: SVGPathElement;
  readonly label: SVGGElement | undefined;
}

export class Scene {
  readonly node = svgNode(element('g', { class: 'content' })) as SVGGElement;
  private readonly groupGroup = svgNode(element('g', { class: 'groups', 'aria-hidden': 'true' }));
  private readonly lineGroup = svgNode(element('g', { class: 'lines', 'aria-hidden': 'true' }));
  private readonly boxGroup = svgNode(element('g', { class: 'boxes' }));
  private readonly labelGroup = svgNode(element('g', { class: 'labels', 'aria-hidden': 'true' }));
  private boxes = new Map<string, Drawn>();
  private drawnLines: readonly DrawnLine[] = [];
  private shown: Drawing | undefined;

  constructor() {
    const picture = svgNode(element('g', { class: 'picture' }));
    picture.append(this.groupGroup, this.lineGroup, this.boxGroup, this.labelGroup);
    this.node.append(picture);
  }

  /** Takes a drawing and the badges by box. Shows them, or nothing. */
  show(drawing: Drawing | undefined, badges: ReadonlyMap<string, Badge>): void {
    this.showBoxes(drawing?.boxes ?? [], badges);
    if (drawing !== this.shown) {
      this.groupGroup.replaceChildren(
        ...(drawing?.groups ?? []).map((group, index) => svgNode(groupElement(group, index))),
      );
      this.showLines(drawing?.lines ?? []);
    }
    this.shown = drawing;
  }

  box(key: string): SVGGElement | undefined {
    return this.boxes.get(key)?.node;
  }

  get allBoxes(): Iterable<readonly [string, SVGGElement]> {
    return [...this.boxes].map(([key, { node }]) => [key, node] as const);
  }

  /** In the order of the drawing. */
  get lines(): readonly { readonly node: SVGPathElement; readonly label: SVGGElement | undefined }[] {
    return this.drawnLines;
  }

  private showBoxes(placed: readonly PlacedBox[], badges: ReadonlyMap<string, Badge>): void {
    const focused = document.activeElement;
    const next = new Map<string, Drawn>();
    for (const one of placed) {
      const { key } = one.box;
      const badge = badges.get(key);
      const before = this.boxes.get(key);
      if (before?.placed === one && JSON.stringify(before.badge) === JSON.stringify(badge)) {
        next.set(key, before);
        continue;
      }
      const { x, y, ...rest } = one;
      const look = JSON.stringify([rest, badge]);
      const place = `translate(${x},${y})`;
      if (before?.look === look) {
        if (before.place !== place) before.node.setAttribute('transform', place);
        next.set(key, { ...before, placed: one, place });
        continue;
      }
      const node = svgNode(boxElement(one, badge)) as SVGGElement;
      before?.node.replaceWith(node);
      if (before?.node === focused) node.focus({ preventScroll: true });
      next.set(key, { placed: one, badge, look, place, node });
    }
    for (const [key, { node }] of this.boxes) if (!next.has(key)) node.remove();
    this.boxes = next;
    this.inOrder([...next.values()].map(({ node }) => node));
  }

  /** Screen readers read in the order of the nodes. Most of the time nothing has to be moved. */
  private inOrder(nodes: readonly SVGElement[]): void {
    for (const [index, node] of nodes.entries()) {
      const there = this.boxGroup.childNodes[index];
      if (there !== node) this.boxGroup.insertBefore(node, there ?? null);
    }
  }

  private showLines(placed: readonly PlacedLine[]): void {
    const looks = placed.map((line) => JSON.stringify(line));
    if (placed.length !== this.drawnLines.length) {
      this.drawnLines = placed.map((line, index) => drawn(line, looks[index] ?? ''));
      this.lineGroup.replaceChildren(...this.drawnLines.map(({ node }) => node));
      this.labelGroup.replaceChildren(...this.drawnLines.flatMap(({ label }) => label ?? []));
      return;
    }
    let labelsMoved = false;
    this.drawnLines = placed.map((line, index) => {
      const before = this.drawnLines[index] as DrawnLine;
      if (before.look === looks[index]) return before;
      const now = drawn(line, looks[index] ?? '');
      before.node.replaceWith(now.node);
      if (before.label && now.label) before.label.replaceWith(now.label);
      else labelsMoved ||= before.label !== now.label;
      return now;
    });
    if (labelsMoved) this.labelGroup.replaceChildren(...this.drawnLines.flatMap(({ label }) => label ?? []));
  }
}

function drawn(line: PlacedLine, look: string): DrawnLine {
  const label = labelElement(line);
  return {
    look,
    node: svgNode(lineElement(line)) as SVGPathElement,
    label: label && (svgNode(label) as SVGGElement),
  };
}
