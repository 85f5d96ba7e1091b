/** What a growing selection takes in: the value, its pair, the item, the list, the file. */
import type { Node } from '../text/node.js';
import type { Span } from '../text/place.js';
import type { Reader } from '../workspace/fact.js';
import { treeOf } from '../workspace/files.js';
import { textOf } from '../workspace/snapshot.js';

/** Takes a file and an offset. Gives ranges around it, the innermost first, each inside the next. */
export function selectionsAt(reader: Reader, uri: string, offset: number): Span[] {
  const tree = treeOf(reader, uri);
  const text = textOf(reader, uri) ?? '';
  const found: Span[] = [{ uri, start: 0, end: text.length }];
  const extent = (node: Node): Span => {
    const own = tree?.spanOf(node.place) ?? { uri, start: 0, end: 0 };
    if (node.kind === 'scalar') return own;
    const inside =
      node.kind === 'map' ? [...node.pairs.values()].flatMap(({ key, value }) => [key, value]) : node.items;
    const spans = [own, ...inside.map(extent)].filter(({ start, end }) => end > start);
    return { uri, start: Math.min(...spans.map(({ start }) => start)), end: Math.max(...spans.map(({ end }) => end)) };
  };
  const isAround = ({ start, end }: Span) => start <= offset && offset <= end;
  const add = (span: Span) => {
    const outer = found.at(-1);
    const isSmaller =
      outer && (span.start > outer.start || span.end < outer.end) && span.start >= outer.start && span.end <= outer.end;
    if (isSmaller) found.push(span);
  };
  const visit = (node: Node): void => {
    const span = extent(node);
    if (!isAround(span)) return;
    if (node !== tree?.root) add(span);
    if (node.kind === 'sequence') {
      const item = node.items.find((one) => isAround(extent(one)));
      if (item) visit(item);
    } else if (node.kind === 'map') {
      for (const { key, value } of node.pairs.values()) {
        const pair = { uri, start: extent(key).start, end: Math.max(extent(key).end, extent(value).end) };
        if (!isAround(pair)) continue;
        add(pair);
        if (isAround(extent(key))) add(extent(key));
        else visit(value);
        return;
      }
    }
  };
  if (tree?.root) visit(tree.root);
  return found.reverse();
}
