/** What stands beside the graph: its steps as a list, all findings, the worst ways with their arithmetic. */
import type { Drawing, ToldWay } from '../../../server/render/drawing.js';
import type { View } from '../../graph/messages.js';
import { button, htmlNode } from '../common/dom.js';
import { sentenceOf, waysOut } from './words.js';

export type Tab = 'steps' | 'findings' | 'ways';

export interface Acts {
  readonly select: (key: string) => void;
  readonly reveal: (key: string) => void;
  /** Shows the graph of the playbook that a step calls. */
  readonly open: (key: string) => void;
  readonly finding: (index: number, fix: boolean) => void;
  readonly way: (way: ToldWay | undefined) => void;
  readonly opened: (tab: Tab | undefined) => void;
}

const TITLES: Readonly<Record<Tab, string>> = { steps: 'Steps', findings: 'Findings', ways: 'Worst ways' };

export class SidePanel {
  readonly node = htmlNode('aside', { class: 'side', 'aria-label': 'Beside the graph' });
  private readonly body = htmlNode('div', { class: 'side-body', id: 'side-body', role: 'tabpanel', tabindex: '0' });
  private readonly tabs = htmlNode('div', { class: 'tabs', role: 'tablist', 'aria-label': 'Beside the graph' });
  private open: Tab | undefined;
  private view: View | undefined;
  private drawing: Drawing | undefined;
  private way: string | undefined;

  constructor(private readonly acts: Acts) {
    this.node.append(this.tabs, this.body);
    this.node.hidden = true;
  }

  get current(): Tab | undefined {
    return this.open;
  }

  /** Opens a tab, or closes the panel where it is open. */
  toggle(tab: Tab | undefined): void {
    this.open = tab === this.open ? undefined : tab;
    this.draw();
    this.acts.opened(this.open);
    if (this.open !== 'ways') this.choose(undefined);
  }

  show(view: View, drawing: Drawing | undefined): void {
    this.view = view;
    this.drawing = drawing;
    this.draw();
    const way = view.ways.find(({ title }) => title === this.way);
    if (this.way !== undefined) this.acts.way(way);
  }

  private draw(): void {
    this.node.hidden = this.open === undefined;
    if (this.open === undefined || !this.view) return;
    this.tabs.replaceChildren(...(Object.keys(TITLES) as Tab[]).map((tab) => this.tab(tab)));
    const scrolled = this.body.scrollTop;
    this.body.setAttribute('aria-label', TITLES[this.open]);
    this.body.replaceChildren(this.content(this.open, this.view));
    this.body.scrollTop = scrolled;
  }

  private tab(tab: Tab): HTMLElement {
    const isOpen = tab === this.open;
    const count = tab === 'findings' && this.view ? ` (${this.view.findings.length})` : '';
    const node = button(`${TITLES[tab]}${count}`, () => {
      if (!isOpen) this.toggle(tab);
    });
    node.setAttribute('role', 'tab');
    node.setAttribute('aria-selected', String(isOpen));
    node.setAttribute('aria-controls', 'side-body');
    return node;
  }

  private content(tab: Tab, view: View): HTMLElement {
    if (tab === 'findings') return this.findings(view);
    return tab === 'ways' ? this.ways(view) : this.steps(view);
  }

  private steps({ findings, calls }: View): HTMLElement {
    const { drawing } = this;
    const steps = drawing?.boxes.filter(({ box }) => box.kind !== 'end' && box.kind !== 'escalation') ?? [];
    if (!drawing || steps.length === 0) return htmlNode('p', {}, 'There are no steps yet.');
    const items = steps.map(({ box }) => {
      const own = findings.filter(({ key }) => key === box.key).map(({ message }) => message);
      const ways = waysOut(drawing, box.key).map(({ to, told }) =>
        htmlNode('li', {}, /^(?:end|escalation):/.test(to) ? told : button(told, () => this.acts.select(to))),
      );
      return htmlNode(
        'li',
        { class: `step ${box.kind}`, 'data-key': box.key },
        button(sentenceOf(box, own), () => this.acts.reveal(box.key)),
        ...(calls.includes(box.key) ? [button('Open its graph', () => this.acts.open(box.key))] : []),
        htmlNode('ul', { class: 'ways-out' }, ...ways),
      );
    });
    return htmlNode('ol', { class: 'steps' }, ...items);
  }

  private findings({ findings }: View): HTMLElement {
    if (findings.length === 0) return htmlNode('p', {}, 'Nothing was found.');
    const items = findings.map(({ severity, message, rule, line, hasFix }, index) => {
      const go = button(`${severity}: ${message}`, () => this.acts.finding(index, false));
      const about = htmlNode('span', { class: 'about' }, `line ${line} · ${rule}`);
      const fix = hasFix ? [button('Fix…', () => this.acts.finding(index, true))] : [];
      for (const one of fix) {
        one.className = 'fix';
        one.setAttribute('aria-label', `Fix: ${message}`);
      }
      return htmlNode('li', { class: `finding ${severity}` }, go, about, ...fix);
    });
    return htmlNode('ul', { class: 'findings' }, ...items);
  }

  private ways({ ways }: View): HTMLElement {
    if (ways.length === 0) return htmlNode('p', {}, 'No step has a time budget or an impact yet.');
    const titles = new Map(this.drawing?.boxes.map(({ box }) => [box.key, box.title]));
    const items = ways.map((way) => {
      const isChosen = way.title === this.way;
      const choose = button(way.title, () => this.choose(isChosen ? undefined : way));
      choose.className = 'way';
      choose.setAttribute('aria-pressed', String(isChosen));
      const steps = way.steps.map(({ key, adds }) =>
        htmlNode(
          'li',
          {},
          button(titles.get(key) ?? key, () => this.acts.select(key)),
          htmlNode('span', { class: 'adds' }, adds === '' ? '–' : `+ ${adds}`),
        ),
      );
      return htmlNode('li', {}, choose, ...(isChosen ? [htmlNode('ol', { class: 'arithmetic' }, ...steps)] : []));
    });
    return htmlNode('ul', { class: 'ways' }, ...items);
  }

  private choose(way: ToldWay | undefined): void {
    if (this.way === way?.title) return;
    this.way = way?.title;
    this.acts.way(way);
    this.draw();
  }
}
