/** The texts of a tree that are written for people in free words, as the schema knows them: no ids, choices, dates and the like. */
import type { Node, ScalarNode, SequenceNode } from '../text/node.js';
import { resolved, type Schema } from './schema.js';
import { branchFor } from './schema-problem.js';

export interface Prose {
  /** Its value may be no text where YAML reads it as something else. */
  readonly text: ScalarNode;
  /** Whether it stands inside brackets or braces, where a comma ends it. */
  readonly isInBrackets: boolean;
}

/** Where such texts stand, in the order of the file. */
export function* proseIn(node: Node, schema: Schema, without?: ReadonlySet<string>): Iterable<Prose> {
  for (const { node: found, branch, isInBrackets } of partsOf(node, schema, { without })) {
    if (found.kind === 'scalar' && isProse(branch)) yield { text: found, isInBrackets };
  }
}

/** The lists of such texts that stand in brackets. */
export function* bracketedProseIn(node: Node, schema: Schema, without?: ReadonlySet<string>): Iterable<SequenceNode> {
  for (const { node: found, branch } of partsOf(node, schema, { without })) {
    if (found.kind === 'sequence' && isBracketed(found) && branch.items && isProse(resolved(branch.items))) yield found;
  }
}

interface Part {
  readonly node: Node;
  readonly branch: Schema;
  readonly isInBrackets: boolean;
}

/** A node and all that is in it, but for what stands behind some of its keys, each with its schema. */
function* partsOf(
  node: Node,
  schema: Schema,
  { without, isInBrackets = false }: { without?: ReadonlySet<string> | undefined; isInBrackets?: boolean },
): Iterable<Part> {
  const branch = branchFor(resolved(schema), node);
  yield { node, branch, isInBrackets };
  if (node.kind === 'scalar') return;
  const inside = { isInBrackets: isInBrackets || isBracketed(node) };
  if (node.kind === 'sequence') {
    for (const item of node.items) yield* partsOf(item, branch.items ?? {}, inside);
    return;
  }
  for (const [key, { value }] of node.pairs) {
    const extra = typeof branch.additionalProperties === 'object' ? branch.additionalProperties : undefined;
    const property = branch.properties && Object.hasOwn(branch.properties, key) ? branch.properties[key] : extra;
    if (property && !without?.has(key)) yield* partsOf(value, property, inside);
  }
}

function isBracketed({ place: { piece, start } }: Node): boolean {
  return /[[{]/.test(piece.text[start] ?? '');
}

function isProse(schema: Schema): boolean {
  const { type, format, enum: choices, const: only } = schema;
  const isFree = format === undefined && choices === undefined && only === undefined;
  return type === 'string' && isFree && schema['pattern'] === undefined && schema['x-refers-to'] === undefined;
}
