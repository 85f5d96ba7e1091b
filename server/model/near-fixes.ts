/** Fixes that put the nearest name in the place of one that there is not. */
import { type Fix, replaceText } from '../text/edit.js';
import { isSlip } from './near.js';
import type { Placed } from './placed.js';

/**
 * Takes a text with its place and the names that may be meant, the nearest first. A fix is safe only where there is no choice
 * and the text is a slip of the fingers.
 */
export function changeToNear({ place, value }: Placed<string>, near: readonly string[]): Fix[] {
  return near.map((name) => ({
    title: `Change to "${name}"`,
    edits: [replaceText(place, name)],
    isSafe: near.length === 1 && isSlip(value, name),
  }));
}
