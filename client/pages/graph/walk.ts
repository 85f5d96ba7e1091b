/** Where the arrow keys lead: along the lines, and to the boxes beside. */
import type { Direction, Drawing, PlacedBox } from '../../../server/render/drawing.js';

export type Move = 'forward' | 'back' | 'left' | 'right' | 'first' | 'last';

const ARROWS: Readonly<Record<Direction, Readonly<Record<string, Move>>>> = {
  down: { ArrowDown: 'forward', ArrowUp: 'back', ArrowLeft: 'left', ArrowRight: 'right' },
  right: { ArrowRight: 'forward', ArrowLeft: 'back', ArrowUp: 'left', ArrowDown: 'right' },
};
const ENDS: Readonly<Record<string, Move>> = { Home: 'first', End: 'last' };

/** Takes a key of the keyboard and where the picture leads. Gives the move, or undefined where it is none. */
export function moveOf(key: string, direction: Direction): Move | undefined {
  return ARROWS[direction][key] ?? ENDS[key];
}

/** Takes a drawing, the key of a box, a move and where the picture leads. Gives the key of the next box. */
export function walk(drawing: Drawing, from: string | undefined, move: Move, direction: Direction): string | undefined {
  const { boxes, lines } = drawing;
  const steps = boxes.filter(({ box }) => isStep(box.key));
  const here = boxes.find(({ box }) => box.key === from);
  if (move === 'last') return steps.at(-1)?.box.key;
  if (move === 'first' || !here) return steps[0]?.box.key;
  if (move === 'forward') return lines.find(({ line }) => line.from === from)?.line.to ?? from;
  if (move === 'back') return lines.find(({ line }) => line.to === from)?.line.from ?? from;
  const beside = boxes.filter((other) => other !== here && overlaps(here, other, direction));
  const ahead = beside.filter((other) => across(other, direction) > across(here, direction) === (move === 'right'));
  ahead.sort((a, b) => distance(here, a, direction) - distance(here, b, direction));
  return ahead[0]?.box.key ?? from;
}

function isStep(key: string): boolean {
  return !/^(?:end|escalation):/.test(key);
}

/** Whether two boxes stand in the same layer of the picture. */
function overlaps(a: PlacedBox, b: PlacedBox, direction: Direction): boolean {
  return direction === 'down'
    ? a.y < b.y + b.height && b.y < a.y + a.height
    : a.x < b.x + b.width && b.x < a.x + a.width;
}

function across(box: PlacedBox, direction: Direction): number {
  return direction === 'down' ? box.x : box.y;
}

function distance(a: PlacedBox, b: PlacedBox, direction: Direction): number {
  return Math.abs(across(a, direction) - across(b, direction));
}
