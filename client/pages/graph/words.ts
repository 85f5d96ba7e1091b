/** The graph in words: what is said of each box, for the list of steps and for screen readers. */
import type { Drawing, PlacedBox } from '../../../server/render/drawing.js';

type Box = PlacedBox['box'];

export interface WayOut {
  readonly to: string;
  /** `Yes: to step 3, Close it`. */
  readonly told: string;
}

/** Takes a drawing and the key of a box. Gives the ways out of it, in words. */
export function waysOut(drawing: Drawing, key: string): WayOut[] {
  return drawing.lines
    .filter(({ line }) => line.from === key)
    .map(({ line: { to, kind, label } }) => {
      const target = drawing.boxes.find(({ box }) => box.key === to)?.box;
      const where =
        target === undefined
          ? to
          : target.kind === 'end'
            ? 'the end'
            : target.kind === 'escalation'
              ? target.title
              : `${numberOf(target)}, ${target.title}`;
      const told = label === '' ? (kind === 'branch' ? 'at the same time' : 'then') : label;
      return { to, told: `${told}: ${where}` };
    });
}

/** Takes a box. Gives it in one sentence: `Step 4, decision, containment: Do we close it? Decides: CISO. 1 error.` */
export function sentenceOf(box: Box, messages: readonly string[]): string {
  if (box.kind === 'end') return 'End';
  if (box.kind === 'escalation') return `Escalation to ${box.title}`;
  const impacts = box.impacts.map(({ text }) => `Impact: ${text}`);
  const count = messages.length === 0 ? [] : [messages.length === 1 ? '1 finding' : `${messages.length} findings`];
  const what = box.head.split(' · ').slice(1).join(', ');
  const parts = [`${numberOf(box)}, ${what}: ${box.title}`, ...box.facts, ...impacts, ...count];
  return parts.map((part) => (/[.?!]$/.test(part) ? part : `${part}.`)).join(' ');
}

/** The number that stands in the head of a box. */
function numberOf({ head }: Box): string {
  return `step ${head.split(' · ')[0]}`.replace(/^s/, 'S');
}

/** Takes a box and words that somebody looks for. Gives whether it holds all of them. */
export function holds(box: Box, words: string): boolean {
  const text = [box.key, box.head, box.title, ...box.facts, ...box.impacts.map((impact) => impact.text)]
    .join(' ')
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
