/** The graph beside the step: where the team is, and where it has been. */
import type { Visit } from '../../../server/exercise/run.js';
import type { Drawing } from '../../../server/render/drawing.js';
import { element } from '../../../server/render/element.js';
import { markers } from '../../../server/render/picture.js';
import { htmlNode, svgNode } from '../common/dom.js';
import { Scene } from '../common/scene.js';
import { Viewport } from '../common/viewport.js';

/** So small that the step's neighbours are seen, so large that they can be read. */
const SCALE = 0.75;
/** What comes next matters more than what was: the step stands above the middle. */
const LOOK_AHEAD_PIXELS = 90;

export class GraphMap {
  readonly node: HTMLElement;
  private readonly scene = new Scene();
  private readonly viewport: Viewport;
  private readonly drawings = new Map<number, Drawing>();
  private readonly asked = new Set<number>();
  private shown: number | undefined;
  private at: string | undefined;

  /** Takes how to ask for the graph of a playbook, by its number in the script. */
  constructor(private readonly ask: (playbook: number) => void) {
    const canvas = svgNode(element('svg', { class: 'canvas', 'aria-hidden': 'true' })) as SVGSVGElement;
    canvas.append(svgNode(markers()), this.scene.node);
    this.node = htmlNode('div', { class: 'map' }, canvas);
    this.viewport = new Viewport(canvas, this.scene.node, () => undefined);
  }

  receive(playbook: number, drawing: Drawing): void {
    this.drawings.set(playbook, drawing);
    this.shown = undefined;
  }

  /** Takes the step that is looked at, all open ones, and those that were come to. */
  show(now: Visit, open: readonly Visit[], visits: readonly Visit[]): void {
    const { playbook } = now;
    const drawing = this.drawings.get(playbook);
    if (!drawing && !this.asked.has(playbook)) {
      this.asked.add(playbook);
      this.ask(playbook);
    }
    if (this.shown !== playbook) {
      this.scene.show(drawing, new Map());
      this.shown = playbook;
      this.at = undefined;
    }
    const keysOf = (some: readonly Visit[]) =>
      new Set(some.filter((visit) => visit.playbook === playbook).map(({ step }) => step.key));
    const [been, openKeys] = [keysOf(visits), keysOf(open)];
    for (const [key, node] of this.scene.allBoxes) {
      node.classList.toggle('selected', openKeys.has(key));
      node.classList.toggle('been', been.has(key));
    }
    const box = drawing?.boxes.find((one) => one.box.key === now.step.key);
    if (!box || this.at === now.step.key) return;
    this.at = now.step.key;
    this.viewport.set({ x: 0, y: 0, scale: SCALE });
    this.viewport.centre({ x: box.x + box.width / 2, y: box.y + box.height / 2 + LOOK_AHEAD_PIXELS });
  }
}
