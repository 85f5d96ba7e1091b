/** A small picture of the whole graph, with a frame around what is seen; only where there is more than that. */
import type { Drawing } from '../../../server/render/drawing.js';
import { element } from '../../../server/render/element.js';
import { svgNode } from '../common/dom.js';
import type { Viewport } from '../common/viewport.js';

const WIDTH = 140;
const HEIGHT = 240;
/** A long row of steps is drawn wider than it is, so that it can be seen and hit. */
const NARROWEST = 36;

export class Minimap {
  readonly node = svgNode(
    element('svg', { class: 'minimap', 'aria-hidden': 'true', preserveAspectRatio: 'none' }),
  ) as SVGSVGElement;
  private readonly frame = svgNode(element('rect', { class: 'frame' }));
  private drawing: Drawing | undefined;
  /** What it was made from. */
  private look: string | undefined;

  constructor(private readonly viewport: () => Viewport) {
    this.node.addEventListener('pointerdown', (event) => this.go(event));
    this.node.addEventListener('pointermove', (event) => {
      if (event.buttons === 1) this.go(event);
    });
  }

  show(drawing: Drawing | undefined): void {
    if (drawing === this.drawing) return;
    this.drawing = drawing;
    const look = JSON.stringify(drawing?.boxes.map(({ x, y, width, height, box }) => [x, y, width, height, box.kind]));
    if (look === this.look) return;
    this.look = look;
    const boxes = drawing?.boxes.map(({ x, y, width, height, box }) =>
      svgNode(element('rect', { class: `mini ${box.kind}`, x, y, width, height })),
    );
    this.node.replaceChildren(...(boxes ?? []), this.frame);
    if (!drawing) return;
    const scale = Math.min(WIDTH / drawing.width, HEIGHT / drawing.height);
    this.node.setAttribute('viewBox', `0 0 ${drawing.width} ${drawing.height}`);
    this.node.setAttribute('width', String(Math.round(Math.max(drawing.width * scale, NARROWEST))));
    this.node.setAttribute('height', String(Math.round(Math.max(drawing.height * scale, NARROWEST))));
  }

  /** Follows what is seen. */
  follow(): void {
    const { drawing } = this;
    const { x, y, scale } = this.viewport().current;
    const { width, height } = this.viewport().size;
    this.node.classList.toggle('needed', !!drawing && drawing.width * drawing.height * scale * scale > width * height);
    const place = { x: -x / scale, y: -y / scale, width: width / scale, height: height / scale };
    for (const [name, value] of Object.entries(place)) this.frame.setAttribute(name, String(Math.round(value)));
  }

  private go({ clientX, clientY }: PointerEvent): void {
    const { drawing } = this;
    if (!drawing) return;
    const { left, top, width, height } = this.node.getBoundingClientRect();
    const at = { x: ((clientX - left) / width) * drawing.width, y: ((clientY - top) / height) * drawing.height };
    this.viewport().centre(at);
  }
}
