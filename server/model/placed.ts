/** Model values: the plain types of the format with the place of every value, and everything optional. */
import type { MapNode, SequenceNode } from '../text/node.js';
import type { Place } from '../text/place.js';

export interface Placed<T> {
  readonly value: T;
  readonly place: Place;
}

export interface PlacedList<T> {
  readonly items: readonly T[];
  readonly node: SequenceNode;
}

/** A map whose keys are ids. */
export interface PlacedMap<T> {
  readonly entries: ReadonlyMap<string, { readonly id: Placed<string>; readonly value: T }>;
  readonly node: MapNode;
}

/**
 * The placed form of a plain type of the format. What is missing, half typed or of the wrong kind is absent, never a
 * default: what a rule finds in the model stands in the text.
 */
export type PlacedOf<T> = [T] extends [string | number | boolean] ? Placed<T> : PlacedPart<T>;

type PlacedPart<T> = T extends string | number | boolean
  ? Placed<T>
  : T extends readonly (infer Item)[]
    ? PlacedList<PlacedOf<Item>>
    : T extends object
      ? string extends keyof T
        ? PlacedMap<PlacedOf<T[keyof T]>>
        : { readonly [Key in keyof T]?: PlacedOf<NonNullable<T[Key]>> } & { readonly node: MapNode }
      : never;

/** Takes a value that may be one or many, such as an owner. Gives all of them. */
export function each<T>(value: Placed<T> | PlacedList<Placed<T>> | undefined): readonly Placed<T>[] {
  if (!value) return [];
  return 'value' in value ? [value] : value.items;
}
