/** Medians, because machines are noisy. */

/** Takes numbers. Gives the one in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Takes numbers and a part from 0 up to 1. Gives the one that this part of them lies below. */
export function quantile(values: readonly number[], part: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length * part)] ?? 0;
}
