/** Shows only the steps of an owner, an authority, a phase or a service; the others are faint. */
import type { Drawing, PlacedBox } from '../../../server/render/drawing.js';
import { htmlNode } from '../common/dom.js';

type Box = PlacedBox['box'];

/** What a box can be picked by: each gives the values that it has. */
const KINDS: Readonly<Record<string, (box: Box) => readonly string[]>> = {
  Owner: ({ owner }) => (owner === '' ? [] : [owner]),
  Decides: ({ authority }) => (authority === '' ? [] : [authority]),
  Phase: ({ phase }) => (phase === '' ? [] : [phase]),
  Service: ({ services }) => services,
};

export class Filter {
  readonly node = htmlNode('select', {
    class: 'filter',
    'aria-label': 'Show only an owner, an authority, a phase or a service',
  });

  /** Takes what to do when something else is to be shown. */
  constructor(changed: () => void) {
    this.node.addEventListener('change', changed);
    this.fill([]);
  }

  get isOff(): boolean {
    return this.node.value === '';
  }

  passes(box: Box): boolean {
    if (this.isOff) return true;
    const [kind = '', ...value] = this.node.value.split(':');
    return KINDS[kind]?.(box).includes(value.join(':')) === true;
  }

  /** Offers what the boxes of a drawing have. What is chosen stays chosen while some box has it. */
  show(drawing: Drawing | undefined): void {
    this.fill(drawing?.boxes.map(({ box }) => box) ?? []);
  }

  private fill(boxes: readonly Box[]): void {
    const chosen = this.node.value;
    const groups = Object.entries(KINDS).flatMap(([kind, valuesOf]) => {
      const values = [...new Set(boxes.flatMap(valuesOf))].sort();
      if (values.length === 0) return [];
      const options = values.map((value) => htmlNode('option', { value: `${kind}:${value}` }, value));
      return htmlNode('optgroup', { label: kind }, ...options);
    });
    this.node.replaceChildren(htmlNode('option', { value: '' }, 'All steps'), ...groups);
    this.node.value = chosen;
    if (this.node.value !== chosen) this.node.value = '';
  }
}
