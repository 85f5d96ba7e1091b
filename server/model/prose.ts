/** The texts of a tree that are written for people in free words, as the schema knows them: no ids, choices, dates and the like. */
import type { Node, ScalarNode, SequenceNode } from '../text/node.js';
import { resolved, type Schema } from './schema.js';
import { branchFor } from './schema-problem.js';

/** Where such texts stand, in the order of the text: a value may be no text where YAML reads it as something else. */
export function* proseIn(node: Node, schema: Schema, without?: ReadonlySet<string>): Iterable<ScalarNode> {
  for (const { node: found, branch } of partsOf(node, schema, without)) {
    if (found.kind === 'scalar' && isProse(branch)) yield found;
  }
}

/** The lists of such texts. */
export function* proseListsIn(node: Node, schema: Schema, without?: ReadonlySet<string>): Iterable<SequenceNode> {
  for (const { node: found, branch } of partsOf(node, schema, without)) {
    if (found.kind === 'sequence' && branch.items && isProse(resolved(branch.items))) yield found;
  }
}

/** A node and all that is in it, but for what stands behind some of its keys, each with its schema. */
function* partsOf(
  node: Node,
  schema: Schema,
  without: ReadonlySet<string> = new Set(),
): Iterable<{ node: Node; branch: Schema }> {
  const branch = branchFor(resolved(schema), node);
  yield { node, branch };
  if (node.kind === 'sequence') {
    for (const item of node.items) yield* partsOf(item, branch.items ?? {});
  } else if (node.kind === 'map') {
    for (const [key, { value }] of node.pairs) {
      const extra = typeof branch.additionalProperties === 'object' ? branch.additionalProperties : undefined;
      const property = branch.properties && Object.hasOwn(branch.properties, key) ? branch.properties[key] : extra;
      if (property && !without.has(key)) yield* partsOf(value, property);
    }
  }
}

function isProse(schema: Schema): boolean {
  const { type, format, enum: choices, const: only } = schema;
  const isFree = format === undefined && choices === undefined && only === undefined;
  return type === 'string' && isFree && schema['pattern'] === undefined && schema['x-refers-to'] === undefined;
}
