/** The tree of a YAML text: placed values without anchors, tags or styles to resolve. */
import type { Place } from './place.js';

export type Node = ScalarNode | MapNode | SequenceNode;

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly place: Place;
  readonly value: string | number | boolean | null;
  /** As it is written, without quotes; empty where a key has no value yet. */
  readonly source: string;
}

export interface MapNode {
  readonly kind: 'map';
  readonly place: Place;
  /** In the order of the text; of a key that stands twice only the first. */
  readonly pairs: ReadonlyMap<string, Pair>;
}

export interface Pair {
  readonly key: ScalarNode;
  readonly value: Node;
}

export interface SequenceNode {
  readonly kind: 'sequence';
  readonly place: Place;
  readonly items: readonly Node[];
}

/** Whether a key stands there with nothing behind it, as in a line that is half typed. */
export function isBlank(node: Node): boolean {
  return node.kind === 'scalar' && node.value === null;
}
