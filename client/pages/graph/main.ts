/** The page in the graph's panel: draws what the extension sends, and says what was chosen. */
import type { Direction, Drawing, Grouping, PlacedBox, ToldWay } from '../../../server/render/drawing.js';
import { element } from '../../../server/render/element.js';
import { legend } from '../../../server/render/legend.js';
import { markers } from '../../../server/render/picture.js';
import { PICTURE_STYLE } from '../../../server/render/theme.js';
import { applyDelta, type DrawingDelta } from '../../graph/drawing-delta.js';
import type { FromPage, ToPage, View } from '../../graph/messages.js';
import { htmlNode, svgNode } from '../common/dom.js';
import { Scene } from '../common/scene.js';
import { Filter } from './filter.js';
import { Minimap } from './minimap.js';
import { rasterize } from './rasterize.js';
import { SidePanel, type Tab } from './side-panel.js';
import '../common/theme.css';
import './style.css';
import { type Frame, Viewport } from '../common/viewport.js';
import { moveOf, walk } from './walk.js';
import { holds, sentenceOf } from './words.js';

interface Saved {
  readonly uri?: string;
  readonly frame?: Frame;
  readonly direction?: Direction;
  readonly grouping?: Grouping;
  readonly tab?: Tab | undefined;
}

declare function acquireVsCodeApi(): {
  postMessage(message: FromPage): void;
  getState(): Saved | undefined;
  setState(state: Saved): void;
};

const vscode = acquireVsCodeApi();
const save = (part: Saved) => vscode.setState({ ...vscode.getState(), ...part });

const sheet = new CSSStyleSheet();
sheet.replaceSync(PICTURE_STYLE);
document.adoptedStyleSheets = [sheet];

let drawing: Drawing | undefined;
let received: Drawing | undefined;
let view: View | undefined;
let selected: string | undefined;
let way: ToldWay | undefined;
let direction: Direction = vscode.getState()?.direction ?? 'down';
let grouping: Grouping = vscode.getState()?.grouping ?? 'none';
/** Whether the next drawing is another picture of the same playbook, in which nothing stands where it stood. */
let isReshaped = false;
/** Boxes that are selected beside the one that was selected last. */
let others: ReadonlySet<string> = new Set();

const scene = new Scene();
const canvas = svgNode(
  element('svg', { class: 'canvas', role: 'application', 'aria-roledescription': 'decision graph', tabindex: 0 }),
) as SVGSVGElement;
canvas.append(svgNode(markers()), scene.node);
const notice = htmlNode('p', { class: 'notice', role: 'status' });
const announcement = htmlNode('p', { class: 'unseen', role: 'status' });
const key = htmlNode('div', { class: 'key' });
const heading = htmlNode('h1', { class: 'unseen' }, 'Decision graph');
const search = htmlNode('input', {
  class: 'search',
  type: 'search',
  placeholder: 'Find: words, owner, phase, service',
  'aria-label': 'Find steps by words, owner, phase or service',
});
const filter = new Filter(emphasize);
const side = new SidePanel({
  select: (name) => choose(name),
  reveal: (name) => {
    choose(name);
    reveal([name]);
  },
  open: (name) => vscode.postMessage({ type: 'open', key: name }),
  finding: (index, fix) => vscode.postMessage({ type: 'finding', index, fix }),
  way: (chosen) => {
    if (chosen && chosen.title !== way?.title) bringIntoView(chosen);
    way = chosen;
    emphasize();
  },
  opened: (tab) => {
    save({ tab });
    for (const [name, node] of tabButtons) node.setAttribute('aria-pressed', String(name === tab));
  },
});
const viewport = new Viewport(canvas, scene.node, (frame) => {
  if (view) save({ uri: view.uri, frame });
  minimap.follow();
});
const minimap = new Minimap(() => viewport);
const tabButtons = new Map<Tab, HTMLElement>();
document.body.append(
  htmlNode(
    'main',
    {},
    heading,
    notice,
    announcement,
    htmlNode(
      'div',
      { class: 'stage' },
      canvas,
      htmlNode('div', { class: 'find' }, search, filter.node),
      minimap.node,
      toolbar(),
      key,
    ),
    side.node,
  ),
);
drawLegend();
const opened =
  vscode.getState()?.tab ?? (document.body.classList.contains('vscode-using-screen-reader') ? 'steps' : undefined);
if (opened) side.toggle(opened);

window.addEventListener('message', ({ data }: MessageEvent<ToPage>) => {
  if (data.type === 'show') show(data.view, data.drawing);
  else if (data.type === 'select') {
    const [first, ...rest] = data.keys;
    others = new Set(rest);
    select(first);
    mark();
  } else void rasterize(data.svg).then((png) => vscode.postMessage({ type: 'rasterized', png }));
});
window.addEventListener('resize', () => minimap.follow());

function show(next: View, delta: DrawingDelta | undefined): void {
  const anotherFile = view?.uri !== next.uri;
  const before = anotherFile || isReshaped ? undefined : drawing;
  if (anotherFile) selected = undefined;
  view = next;
  // What is left out is that of the last drawing that came, even if nothing of it was shown.
  if (delta) received = applyDelta(received, delta);
  if (delta) drawing = received;
  if (drawing && before === undefined && isReshaped) begin(drawing);
  if (next.reason !== '') drawing = undefined;
  scene.show(drawing, new Map(next.badges));
  notice.textContent = noticeOf(next);
  document.body.classList.toggle('stale', next.stale);
  document.body.classList.toggle('empty', !drawing);
  heading.textContent = `Decision graph: ${next.title}`;
  if (drawing && !isReshaped) place(drawing, before);
  isReshaped = false;
  mark();
  afterwards([
    () => {
      minimap.show(drawing);
      minimap.follow();
    },
    () => side.show(next, drawing),
    () => filter.show(drawing),
    describeBoxes,
    emphasize,
    announce,
  ]);
}

let waiting: (() => void)[] = [];

/** Does what need not be seen at once piece by piece, so that nobody who types waits for all of it. What is still to be done is left out. */
function afterwards(pieces: readonly (() => void)[]): void {
  const isRunning = waiting.length > 0;
  waiting = [...pieces];
  if (isRunning) return;
  const go = () => {
    waiting.shift()?.();
    if (waiting.length > 0) window.setTimeout(go);
  };
  window.setTimeout(go);
}

function noticeOf({ stale, reason }: View): string {
  if (stale) return 'The text has errors: this is the last graph that could be drawn.';
  if (grouping === 'none' || !drawing || drawing.groups.length > 0) return reason;
  return grouping === 'owner'
    ? 'There are no lanes to draw: one owner does everything, or the lanes would lie on each other.'
    : 'There are no bands to draw: all steps are of one phase.';
}

/** For those who hear the graph: each box says what it is. */
function describeBoxes(): void {
  const found = new Map<string | null, string[]>();
  for (const { key: at, message } of view?.findings ?? []) found.set(at, [...(found.get(at) ?? []), message]);
  for (const { box } of drawing?.boxes ?? []) {
    const node = scene.box(box.key);
    const messages = found.get(box.key) ?? [];
    const told = sentenceOf(box, messages);
    if (!node || node.getAttribute('aria-label') === told) continue;
    const attributes = { role: 'graphics-symbol', 'aria-roledescription': 'step', tabindex: '-1', 'aria-label': told };
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  }
  const steps = drawing?.boxes.filter(({ box }) => box.kind !== 'end' && box.kind !== 'escalation').length ?? 0;
  const told = `${steps} ${steps === 1 ? 'step' : 'steps'}, ${view?.findings.length ?? 0} findings`;
  canvas.setAttribute(
    'aria-label',
    `${view?.title ?? ''}: ${told}. Arrow keys walk along the lines, Enter goes to the text.`,
  );
}

const QUIET_MILLISECONDS = 1200;
/** A pointer that rests so long on a box means it. */
const REST_MILLISECONDS = 250;
let announcing: number | undefined;

/** Says how many steps and findings there are, when nothing has changed for a while. */
function announce(): void {
  window.clearTimeout(announcing);
  announcing = window.setTimeout(() => {
    const told = canvas.getAttribute('aria-label')?.replace(/\. Arrow keys.*$/, '') ?? '';
    if (announcement.textContent !== told) announcement.textContent = told;
  }, QUIET_MILLISECONDS);
}

/** A first drawing starts at its beginning; a new one of the same playbook stays under the eyes of the reader. */
function place(now: Drawing, before: Drawing | undefined): void {
  const saved = vscode.getState();
  if (before) {
    if (before !== now) keepInPlace(before, now);
  } else if (saved?.frame && view && saved.uri === view.uri && saved.frame.scale > 0) {
    viewport.set(saved.frame);
  } else {
    begin(now);
  }
}

function begin(now: Drawing): void {
  viewport.begin(now, now.boxes[0]);
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

function select(next: string | undefined): void {
  if (next === selected) return;
  selected = next;
  mark();
  const box = drawing?.boxes.find((one) => one.box.key === selected);
  if (box) viewport.show(box);
}

/** Selects a box for somebody who walks through the graph: the keyboard goes with it. */
function choose(next: string | undefined): void {
  if (next === undefined) return;
  others = new Set();
  select(next);
  scene.box(next)?.focus({ preventScroll: true });
}

function mark(): void {
  for (const [name, node] of scene.allBoxes) {
    const isSelected = name === selected || others.has(name);
    if (isSelected === node.classList.contains('selected')) continue;
    node.classList.toggle('selected', isSelected);
    if (name === selected) node.setAttribute('aria-current', 'true');
    else node.removeAttribute('aria-current');
  }
}

/** As much of a way as can be read at once, from its beginning. */
function bringIntoView({ steps }: ToldWay): void {
  const keys = new Set(steps.map((step) => step.key));
  const boxes = drawing?.boxes.filter(({ box }) => keys.has(box.key)) ?? [];
  if (boxes.length > 0) viewport.showAll(boxes);
}

/** Shows a way, or what somebody looks for, by leaving the rest faint. */
function emphasize(): void {
  const words = search.value.trim();
  const isPlain = words === '' && way === undefined && filter.isOff;
  const found = new Set(
    words === '' ? [] : drawing?.boxes.filter(({ box }) => holds(box, words)).map(({ box }) => box.key),
  );
  const onWay = new Map(way?.steps.map((step, index) => [step.key, index]));
  const passing = new Set(drawing?.boxes.filter(({ box }) => filter.passes(box)).map(({ box }) => box.key));
  const isFaint = (name: string) =>
    (words !== '' && !found.has(name)) || (way !== undefined && !onWay.has(name)) || !passing.has(name);
  for (const [name, node] of scene.allBoxes) node.classList.toggle('faint', !isPlain && isFaint(name));
  for (const [index, { node, label }] of scene.lines.entries()) {
    const line = drawing?.lines[index]?.line;
    const isOn = line !== undefined && way !== undefined && isOnWay(line, onWay);
    node.classList.toggle('on-way', isOn);
    node.classList.toggle('faint', !isPlain && !isOn);
    label?.classList.toggle('faint', !isPlain && !isOn);
  }
  search.classList.toggle('nothing', words !== '' && found.size === 0);
}

/** A line is on a way that comes to its end right after its beginning; all branches of a block may be. */
function isOnWay({ from, to, kind }: Drawing['lines'][number]['line'], onWay: ReadonlyMap<string, number>): boolean {
  const [start, end] = [onWay.get(from), onWay.get(to)];
  if (start === undefined || end === undefined || end <= start || kind === 'escalation') return false;
  const others = drawing?.lines.filter(({ line }) => line.from === from).map(({ line }) => onWay.get(line.to) ?? -1);
  return kind === 'branch' || !others?.some((other) => start < other && other < end);
}

search.addEventListener('input', emphasize);
search.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && search.value !== '') {
    search.value = '';
    emphasize();
    event.stopPropagation();
  } else if (event.key === 'Enter') {
    const found = drawing?.boxes.filter(({ box }) => holds(box, search.value.trim())) ?? [];
    const at = found.findIndex(({ box }) => box.key === selected);
    select(found[(at + (event.shiftKey ? found.length - 1 : 1)) % found.length]?.box.key);
    event.stopPropagation();
  }
});

canvas.addEventListener('click', (event) => {
  if (viewport.wasDragged || !(event.target instanceof Element)) return;
  const chosen = boxAt(event);
  if (chosen === undefined) return;
  const isAdded = event.ctrlKey || event.metaKey || event.shiftKey;
  reveal(isAdded ? [...new Set([selected, ...others, chosen].filter((one) => one !== undefined))] : [chosen]);
});

canvas.addEventListener('dblclick', (event) => openCalled(boxAt(event)));

let resting: number | undefined;
canvas.addEventListener('pointermove', (event) => {
  if (!view?.revealOnHover) return;
  window.clearTimeout(resting);
  const under = boxAt(event);
  if (under !== undefined && event.buttons === 0)
    resting = window.setTimeout(() => vscode.postMessage({ type: 'hover', key: under }), REST_MILLISECONDS);
});

function boxAt({ target }: Event): string | undefined {
  return target instanceof Element ? target.closest<SVGGElement>('.box')?.dataset['key'] : undefined;
}

function openCalled(name: string | undefined): void {
  if (name !== undefined && view?.calls.includes(name)) vscode.postMessage({ type: 'open', key: name });
}

function reveal(names: readonly string[]): void {
  vscode.postMessage({ type: 'reveal', keys: names.map((name) => name.replace(/^(?:end|escalation):/, '')) });
}

const STEP = 60;
const PANS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [STEP, 0],
  ArrowRight: [-STEP, 0],
  ArrowUp: [0, STEP],
  ArrowDown: [0, -STEP],
};
const KEYS: Readonly<Record<string, () => void>> = {
  '+': () => viewport.zoom(1.2),
  '=': () => viewport.zoom(1.2),
  '-': () => viewport.zoom(1 / 1.2),
  '0': () => drawing && begin(drawing),
  f: () => drawing && viewport.fit(drawing),
  '/': () => search.focus(),
  '?': () => key.classList.toggle('open'),
  Enter: () => selected !== undefined && reveal([selected]),
  o: () => openCalled(selected),
  Escape: () => vscode.postMessage({ type: 'leave' }),
};

window.addEventListener('keydown', (event) => {
  const onControl = event.target instanceof Element && event.target.closest('button, input, select') !== null;
  if (event.ctrlKey || event.metaKey || event.altKey || onControl) return;
  const inGraph = event.target instanceof Element && event.target.closest('.side') === null;
  const pan = event.shiftKey ? PANS[event.key] : undefined;
  const move = moveOf(event.key, direction);
  if (pan) viewport.pan(...pan);
  else if (move && inGraph && drawing) choose(walk(drawing, selected, move, direction));
  else if (!KEYS[event.key]) return;
  else KEYS[event.key]?.();
  event.preventDefault();
});

function turn(): void {
  direction = direction === 'down' ? 'right' : 'down';
  reshape();
}

function reshape(): void {
  isReshaped = true;
  save({ direction, grouping });
  vscode.postMessage({ type: 'turn', direction, grouping });
}

function groupingChoice(): HTMLElement {
  const choice = htmlNode(
    'select',
    { 'aria-label': 'Bring boxes together', title: 'Bring boxes together: phases as bands, owners as lanes' },
    htmlNode('option', { value: 'none' }, 'No groups'),
    htmlNode('option', { value: 'phase' }, 'Phases'),
    htmlNode('option', { value: 'owner' }, 'Owners'),
  );
  choice.value = grouping;
  choice.addEventListener('change', () => {
    grouping = choice.value as Grouping;
    reshape();
  });
  return choice;
}

function toolbar(): HTMLElement {
  const button = (label: string, sign: string, act: () => void) => {
    const node = htmlNode('button', { type: 'button', title: label, 'aria-label': label }, sign);
    node.addEventListener('click', act);
    return node;
  };
  const tab = (name: Tab, label: string, sign: string) => {
    const node = button(label, sign, () => side.toggle(name));
    node.setAttribute('aria-pressed', 'false');
    tabButtons.set(name, node);
    return node;
  };
  return htmlNode(
    'div',
    { class: 'toolbar', role: 'toolbar', 'aria-label': 'View' },
    tab('steps', 'The steps as a list', 'Steps'),
    tab('findings', 'All findings', 'Findings'),
    tab('ways', 'The worst ways, with their arithmetic', 'Worst ways'),
    groupingChoice(),
    button('Turn: top to bottom, or left to right', 'Turn', turn),
    button('Zoom in (+)', '+', () => viewport.zoom(1.2)),
    button('Zoom out (-)', '−', () => viewport.zoom(1 / 1.2)),
    button('Fit the whole graph (f)', 'Fit', () => drawing && viewport.fit(drawing)),
    button('Back to the start (0)', 'Start', () => drawing && begin(drawing)),
    button('Export the playbook, or a picture of the graph', 'Export…', () => vscode.postMessage({ type: 'export' })),
    button('Show or hide the legend (?)', '?', () => key.classList.toggle('open')),
  );
}

function drawLegend(): void {
  const { group, width } = legend();
  key.append(
    svgNode(
      element('svg', { class: 'picture', width: width + 4, height: 20, viewBox: `-2 -2 ${width + 4} 20` }, group),
    ),
    htmlNode(
      'p',
      { class: 'keys' },
      'Arrow keys walk along the lines · Home, End: first and last step · Enter: to the text · o opens a called playbook · / finds · Ctrl and a click selects several · Shift and arrows move the picture · + − zoom · f fits · 0 start · Esc: back to the text',
    ),
  );
}

vscode.postMessage({ type: 'ready', direction, grouping });
