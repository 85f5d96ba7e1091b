/** The page in the graph's panel: draws what the extension sends, and says which box was chosen. */
import type { Drawing, PlacedBox } from '../../../server/render/drawing.js';
import { element } from '../../../server/render/element.js';
import { legend } from '../../../server/render/legend.js';
import { type Badge, boxElement, markers, picture } from '../../../server/render/picture.js';
import { PICTURE_STYLE } from '../../../server/render/theme.js';
import type { FromPage, ToPage, View } from '../messages.js';
import { htmlNode, svgNode } from './dom.js';
import './style.css';
import { type Frame, Viewport } from './viewport.js';

interface Saved {
  readonly uri: string;
  readonly frame: Frame;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Saved | undefined;
  setState(state: Saved): void;
};

const vscode = acquireVsCodeApi();

const sheet = new CSSStyleSheet();
sheet.replaceSync(PICTURE_STYLE);
document.adoptedStyleSheets = [sheet];

const content = svgNode(element('g', { class: 'content' })) as SVGGElement;
const canvas = svgNode(
  element('svg', { class: 'canvas', role: 'group', 'aria-label': 'Decision graph', tabindex: 0 }),
) as SVGSVGElement;
canvas.append(svgNode(markers()), content);
const notice = htmlNode('p', { class: 'notice', role: 'status' });
const others = htmlNode('details', { class: 'others' });
const key = htmlNode('div', { class: 'key' });
const heading = htmlNode('h1', { class: 'heading' }, 'Decision graph');
document.body.append(htmlNode('main', {}, heading, notice, canvas, toolbar(), key, others));
drawLegend();

let drawing: Drawing | undefined;
let view: View | undefined;
let selected: string | undefined;
let shown: ReadonlyMap<string, Badge> | undefined;
const viewport = new Viewport(canvas, content, (frame) => {
  if (view) vscode.setState({ uri: view.uri, frame });
});

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'show') show(data.view, data.drawing);
  else if (data.type === 'select') select(data.key);
});

function show(next: View, nextDrawing: Drawing | undefined): void {
  const anotherFile = view?.uri !== next.uri;
  const before = anotherFile ? undefined : drawing;
  view = next;
  if (nextDrawing) drawing = nextDrawing;
  if (next.reason !== '') drawing = undefined;
  if (drawing && drawing === before && shown) showBadges(drawing, shown, new Map(next.badges));
  else content.replaceChildren(...(drawing ? [svgNode(picture(drawing, new Map(next.badges)))] : []));
  shown = new Map(next.badges);
  notice.textContent = next.stale ? 'The text has errors: this is the last graph that could be drawn.' : next.reason;
  document.body.classList.toggle('stale', next.stale);
  document.body.classList.toggle('empty', !drawing);
  showOthers(next);
  heading.textContent = `Decision graph: ${next.title}`;
  canvas.setAttribute('aria-label', `Decision graph: ${next.title}`);
  if (drawing) place(drawing, before);
  mark();
}

/** While somebody types, most boxes stay as they are: only those whose findings have changed are drawn again. */
function showBadges(drawn: Drawing, old: ReadonlyMap<string, Badge>, now: ReadonlyMap<string, Badge>): void {
  for (const placed of drawn.boxes) {
    const { key: name } = placed.box;
    const badge = now.get(name);
    if (JSON.stringify(old.get(name)) === JSON.stringify(badge)) continue;
    const node = content.querySelector(`.box[data-key="${CSS.escape(name)}"]`);
    node?.replaceWith(svgNode(boxElement(placed, badge)));
  }
}

/** A first drawing starts at its beginning; a new one of the same playbook stays under the eyes of the reader. */
function place(now: Drawing, before: Drawing | undefined): void {
  const saved = vscode.getState();
  if (before) {
    if (before !== now) keepInPlace(before, now);
  } else if (saved && view && saved.uri === view.uri && saved.frame.scale > 0) {
    viewport.set(saved.frame);
  } else {
    viewport.begin(now);
  }
}

function keepInPlace(before: Drawing, now: Drawing): void {
  const { x, y, scale } = viewport.current;
  const visible = (box: PlacedBox) => y + (box.y + box.height) * scale > 0 && y + box.y * scale < canvas.clientHeight;
  const anchor =
    before.boxes.find((box) => box.box.key === selected && visible(box)) ??
    before.boxes.find((box) => visible(box) && now.boxes.some((other) => other.box.key === box.box.key));
  const moved = anchor && now.boxes.find((box) => box.box.key === anchor.box.key);
  if (anchor && moved)
    viewport.set({ scale, x: x + (anchor.x - moved.x) * scale, y: y + (anchor.y - moved.y) * scale });
}

function showOthers({ others: found }: View): void {
  const items = found.map(({ severity, message, line }, index) => {
    const button = htmlNode('button', { type: 'button', class: severity }, `Line ${line}: ${message}`);
    button.addEventListener('click', () => vscode.postMessage({ type: 'revealOther', index }));
    return htmlNode('li', {}, button);
  });
  const what = found.length === 1 ? '1 finding outside the graph' : `${found.length} findings outside the graph`;
  others.hidden = found.length === 0;
  others.replaceChildren(htmlNode('summary', {}, what), htmlNode('ul', {}, ...items));
}

function select(next: string | undefined): void {
  if (next === selected) return;
  selected = next;
  mark();
  const box = drawing?.boxes.find((one) => one.box.key === selected);
  if (box) viewport.show(box);
}

function mark(): void {
  for (const node of content.querySelectorAll<SVGGElement>('.box')) {
    const isSelected = node.dataset['key'] === selected;
    node.classList.toggle('selected', isSelected);
    if (isSelected) node.setAttribute('aria-current', 'true');
    else node.removeAttribute('aria-current');
  }
}

canvas.addEventListener('click', (event) => {
  if (viewport.wasDragged || !(event.target instanceof Element)) return;
  const chosen = event.target.closest<SVGGElement>('.box')?.dataset['key'];
  if (chosen === undefined) return;
  vscode.postMessage({ type: 'reveal', key: chosen.replace(/^(?:end|escalation):/, '') });
});

const STEP = 60;
const KEYS: Readonly<Record<string, () => void>> = {
  '+': () => viewport.zoom(1.2),
  '=': () => viewport.zoom(1.2),
  '-': () => viewport.zoom(1 / 1.2),
  '0': () => drawing && viewport.begin(drawing),
  f: () => drawing && viewport.fit(drawing),
  ArrowLeft: () => viewport.pan(STEP, 0),
  ArrowRight: () => viewport.pan(-STEP, 0),
  ArrowUp: () => viewport.pan(0, STEP),
  ArrowDown: () => viewport.pan(0, -STEP),
  Enter: () => selected !== undefined && vscode.postMessage({ type: 'reveal', key: selected }),
};

window.addEventListener('keydown', (event) => {
  const onControl = event.target instanceof Element && event.target.closest('button, summary') !== null;
  if (event.ctrlKey || event.metaKey || event.altKey || onControl) return;
  const act = KEYS[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

function toolbar(): HTMLElement {
  const button = (label: string, sign: string, act: () => void) => {
    const node = htmlNode('button', { type: 'button', title: label, 'aria-label': label }, sign);
    node.addEventListener('click', act);
    return node;
  };
  return htmlNode(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'View' },
    button('Zoom in (+)', '+', () => viewport.zoom(1.2)),
    button('Zoom out (-)', '−', () => viewport.zoom(1 / 1.2)),
    button('Fit the whole graph (f)', 'Fit', () => drawing && viewport.fit(drawing)),
    button('Back to the start (0)', 'Start', () => drawing && viewport.begin(drawing)),
    button('Show or hide the legend', '?', () => key.classList.toggle('open')),
  );
}

function drawLegend(): void {
  const { group, width } = legend();
  key.append(
    svgNode(
      element('svg', { class: 'picture', width: width + 4, height: 20, viewBox: `-2 -2 ${width + 4} 20` }, group),
    ),
  );
}

vscode.postMessage({ type: 'ready' });
