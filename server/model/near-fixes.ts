/** Fixes that put the nearest name in the place of one that there is not. */
import { type Fix, replaceText } from '../text/edit.js';
import type { Place } from '../text/place.js';

/** Takes a place and the names that may be meant, the nearest first. Only where there is no choice is the fix a safe one. */
export function changeToNear(place: Place, near: readonly string[]): Fix[] {
  return near.map((name) => ({
    title: `Change to "${name}"`,
    edits: [replaceText(place, name)],
    isSafe: near.length === 1,
  }));
}
