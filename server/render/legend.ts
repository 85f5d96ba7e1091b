/** Explains the shapes and lines of the picture, in one row. */
import { type Element, element } from './element.js';
import { textWidth } from './text-metrics.js';

const ENTRIES = [
  {
    name: 'Action',
    sample: element('g', { class: 'box action' }, element('rect', { class: 'outline', width: 26, height: 14, rx: 4 })),
  },
  {
    name: 'Decision',
    sample: element(
      'g',
      { class: 'box decision' },
      element('polygon', { class: 'outline', points: '5,0 21,0 26,7 21,14 5,14 0,7' }),
    ),
  },
  { name: 'Next or option', sample: sampleLine('option') },
  { name: 'Nobody decides in time', sample: sampleLine('timeout') },
  { name: 'Automation fails', sample: sampleLine('failure') },
  { name: 'Authority cannot be reached', sample: sampleLine('escalation') },
] as const;

export const LEGEND_HEIGHT = 30;

function sampleLine(kind: string): Element {
  return element('path', { class: `line ${kind}`, d: 'M0,7 H25', 'marker-end': `url(#arrow-${kind})` });
}

/** Gives the legend and its width in pixels. */
export function legend(): { readonly group: Element; readonly width: number } {
  let x = 0;
  const entries = ENTRIES.map(({ name, sample }) => {
    const entry = element(
      'g',
      { transform: `translate(${x},0)` },
      sample,
      element('text', { class: 'fact', x: 34, y: 11 }, name),
    );
    x += 34 + Math.ceil(textWidth(name, 11)) + 22;
    return entry;
  });
  return { group: element('g', { class: 'legend' }, ...entries), width: x };
}
