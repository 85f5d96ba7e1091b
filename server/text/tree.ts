/** Reads a YAML text into a tree of placed values, piece by piece; pieces that did not change are kept. */
import { type Cut, cut } from './cut.js';
import { limits } from './limits.js';
import type { MapNode, Node, Pair, ScalarNode } from './node.js';
import { missingBlankProblem, type ParsedPiece, parsePiece, type SyntaxProblem } from './parse-piece.js';
import type { Piece, Place, Span } from './place.js';
import { refusalOf, suspicionsOf, type TextFault } from './refusal.js';
import { missingBlankIn } from './syntax-message.js';

export interface Tree {
  readonly uri: string;
  readonly text: string;
  /** The top-level map; undefined where the text holds none. */
  readonly root: MapNode | undefined;
  readonly problems: readonly SyntaxProblem[];
  /** Whether the text was refused as a whole: nothing in it was checked. */
  readonly refused: boolean;
  /** Takes a place in one of the tree's pieces. Gives where that is in the file. */
  spanOf(place: Place): Span;
  readonly parts: readonly Part[];
  /** Where each part begins. */
  readonly starts: readonly number[];
}

interface Part {
  readonly kind: Cut['kind'];
  readonly parsed: ParsedPiece;
  readonly repaired: boolean;
  /** Of the anchors that an alias in this piece may mean. */
  readonly outerAnchors: ReadonlyMap<string, Node>;
}

/** Pieces beyond this count that are broken are not repaired: a real text has one or two. */
const MAX_BROKEN_PIECES = 50;

/** Takes a file's text, and the tree of its last version where there is one. Never throws. */
export function readTree(uri: string, text: string, previous?: Tree): Tree {
  const known = previous && !previous.refused ? unchanged(previous.text, text) : { front: 0, back: 0 };
  const refusal = refusalOf(text, known.front, text.length - known.back);
  if (refusal) return refusedTree(uri, text, refusal);

  const cuts = cut(text);
  const kept = keptParts(text, cuts, previous, known);
  const parts: Part[] = [];
  const starts: number[] = [];
  const offsets = new Map<Piece, number>();
  const problems: SyntaxProblem[] = [];
  let anchors: ReadonlyMap<string, Node> = new Map();
  let broken = 0;
  let lexemes = 0;
  let cutOff: { place: Place; message: string } | undefined;

  for (const [index, { start, end, kind }] of cuts.entries()) {
    if (kind === 'marker' || kind === 'surplus') continue;
    const repaired = broken < MAX_BROKEN_PIECES;
    const old = kept[index];
    const usable =
      old && old.repaired === repaired && (!old.parsed.usesAliases || sameAnchors(old.outerAnchors, anchors));
    const part: Part = usable
      ? old
      : {
          kind,
          repaired,
          outerAnchors: anchors,
          parsed: parsePiece({ uri, text: ownCopy(text.slice(start, end)) }, anchors, repaired),
        };
    const { parsed } = part;
    lexemes += parsed.lexemes;
    if (lexemes > limits.lexemes || parts.length >= limits.pieces) {
      const message = 'The file holds too much to be checked from here on. Split it.';
      cutOff = { place: { piece: parsed.piece, start: 0, end: 1 }, message };
      offsets.set(parsed.piece, start);
      break;
    }
    if (parsed.problems.length > 0) broken++;
    if (parsed.anchors.size > 0) anchors = new Map([...anchors, ...parsed.anchors]);
    offsets.set(parsed.piece, start);
    parts.push(part);
    starts.push(start);
    problems.push(...parsed.problems);
  }

  const whole: Piece = { uri, text };
  offsets.set(whole, 0);
  const atText = (fault: TextFault): SyntaxProblem => ({
    place: { piece: whole, start: fault.start, end: fault.end },
    message: fault.message,
  });
  problems.push(...suspicionsOf(text).map(atText), ...documentFaults(text, cuts).map(atText));
  if (cutOff) problems.push(cutOff);

  const root = assemble(parts, whole, problems);
  return { uri, text, root, problems, refused: false, parts, starts, spanOf: spans(uri, offsets) };
}

function refusedTree(uri: string, text: string, { message, start, end }: TextFault): Tree {
  const piece: Piece = { uri, text };
  const problems = [{ place: { piece, start, end }, message }];
  const spanOf = spans(uri, new Map([[piece, 0]]));
  return { uri, text, root: undefined, problems, refused: true, parts: [], starts: [], spanOf };
}

function spans(uri: string, offsets: ReadonlyMap<Piece, number>): (place: Place) => Span {
  return ({ piece, start, end }) => {
    const offset = offsets.get(piece) ?? 0;
    return { uri, start: offset + start, end: offset + end };
  };
}

/** How many characters two texts have in common at their beginning, and how many of the rest at their end. */
interface Unchanged {
  readonly front: number;
  readonly back: number;
}

/** Halves are compared as a whole, which is many times faster than characters one by one. */
function unchanged(before: string, after: string): Unchanged {
  const most = Math.min(before.length, after.length);
  const front = longest(most, (from, to) => before.slice(from, to) === after.slice(from, to));
  const back = longest(
    most - front,
    (from, to) =>
      before.slice(before.length - to, before.length - from) === after.slice(after.length - to, after.length - from),
  );
  return { front, back };
}

/** The greatest length up to a limit for which all stretches are the same. */
function longest(limit: number, isSame: (from: number, to: number) => boolean): number {
  let low = 0;
  let high = limit;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (isSame(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Matches the cuts with the parts of the last version, from both ends: an edit changes what lies between. */
function keptParts(
  text: string,
  cuts: readonly Cut[],
  previous: Tree | undefined,
  { front, back }: Unchanged,
): (Part | undefined)[] {
  const { parts: old = [], starts = [], text: before = '' } = previous ?? {};
  const readable = cuts.filter(({ kind }) => kind !== 'marker' && kind !== 'surplus');
  const isPart = (cut: Cut, part: Part) =>
    cut.kind === part.kind && cut.end - cut.start === part.parsed.piece.text.length;
  const byCut = new Map<Cut, Part>();
  let first = 0;
  for (; first < Math.min(readable.length, old.length); first++) {
    const [cut, part] = [readable[first], old[first]];
    if (!cut || !part || !isPart(cut, part) || cut.start !== starts[first] || cut.end > front) break;
    byCut.set(cut, part);
  }
  for (let last = 1; last <= Math.min(readable.length, old.length) - first; last++) {
    const [cut, part] = [readable[readable.length - last], old[old.length - last]];
    const start = starts[old.length - last] ?? 0;
    if (!cut || !part || !isPart(cut, part)) break;
    if (text.length - cut.start !== before.length - start || cut.start < text.length - back) break;
    byCut.set(cut, part);
  }
  return cuts.map((cut) => byCut.get(cut));
}

function sameAnchors(a: ReadonlyMap<string, Node>, b: ReadonlyMap<string, Node>): boolean {
  if (a === b) return true;
  if (a.size !== b.size) return false;
  for (const [name, node] of a) if (b.get(name) !== node) return false;
  return true;
}

/** A slice of a string keeps the whole string alive in V8: pieces outlive their file's text, so they get a copy. */
function ownCopy(slice: string): string {
  return ` ${slice}`.slice(1);
}

function documentFaults(text: string, cuts: readonly Cut[]): TextFault[] {
  const faults: TextFault[] = [];
  for (const { start, kind } of cuts) {
    const end = Math.min(start + 3, text.length);
    if (kind === 'surplus' && text.slice(end).trim() !== '') {
      const message = 'One file holds one document. What follows this line was not read: move it to a file of its own.';
      faults.push({ start, end, message });
    }
    if (kind === 'marker' && text[start] === '%') {
      const message = 'Directives are not part of the format. Take this line out.';
      faults.push({ start, end: lineEnd(text, start), message });
    }
  }
  return faults;
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

/** Puts the pieces together to the top-level map: a header takes the items that follow it. */
function assemble(parts: readonly Part[], whole: Piece, problems: SyntaxProblem[]): MapNode | undefined {
  const pairs = new Map<string, Pair>();
  let sawMap = false;

  const add = (pair: Pair) => {
    const name = String(pair.key.value ?? pair.key.source);
    const first = pairs.get(name);
    if (first) duplicateKey(name, first.key, pair.key, problems);
    else pairs.set(name, pair);
  };

  for (let index = 0; index < parts.length; index++) {
    const part = parts[index];
    const node = part?.parsed.node;
    if (!part || !node) continue;
    if (part.kind === 'item') continue;
    if (node.kind !== 'map') {
      if (part.kind !== 'whole') reportNoKey(node, problems);
      continue;
    }
    sawMap = true;
    if (part.kind !== 'header') {
      for (const pair of node.pairs.values()) add(pair);
      continue;
    }
    const items: ParsedPiece[] = [];
    while (parts[index + 1]?.kind === 'item') {
      index++;
      const item = parts[index];
      if (item) items.push(item.parsed);
    }
    const [header] = node.pairs.values();
    if (header) add(items.length === 0 ? header : { key: header.key, value: collection(header, items, problems) });
  }
  return sawMap ? { kind: 'map', place: { piece: whole, start: 0, end: 0 }, pairs } : undefined;
}

/** The value of a header, made of its items. It stands at the header's key: it has no single piece of its own. */
function collection(header: Pair, items: readonly ParsedPiece[], problems: SyntaxProblem[]): Node {
  const place = header.key.place;
  const isList = items.some(({ node }) => node?.kind === 'sequence');
  if (isList) {
    return {
      kind: 'sequence',
      place,
      items: items.flatMap(({ node }) => (node?.kind === 'sequence' ? node.items : [])),
    };
  }
  const pairs = new Map<string, Pair>();
  for (const { node } of items) {
    if (!node) continue;
    if (node.kind !== 'map') {
      reportNoKey(node, problems);
      continue;
    }
    for (const [name, pair] of node.pairs) {
      const first = pairs.get(name);
      if (first) duplicateKey(name, first.key, pair.key, problems);
      else pairs.set(name, pair);
    }
  }
  return { kind: 'map', place, pairs };
}

function reportNoKey(node: Node, problems: SyntaxProblem[]): void {
  const missing = node.kind === 'scalar' && missingBlankIn(node.place.piece.text, node.place.start);
  if (missing) {
    problems.push(missingBlankProblem(node.place.piece, missing));
    return;
  }
  const source = node.kind === 'scalar' ? node.source.split('\n')[0]?.slice(0, 40) : undefined;
  const what = source ? `"${source}"` : 'This line';
  problems.push({ place: node.place, message: `${what} is not complete: a key needs a colon and a value.` });
}

function duplicateKey(name: string, first: ScalarNode, second: ScalarNode, problems: SyntaxProblem[]): void {
  const message = `The key "${name}" stands here twice. Keep one.`;
  problems.push(
    { place: first.place, message, related: [{ place: second.place, message: 'The second one' }] },
    { place: second.place, message, related: [{ place: first.place, message: 'The first one' }] },
  );
}
