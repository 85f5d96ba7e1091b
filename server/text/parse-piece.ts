/**
 * Reads one piece of YAML with guards, and keeps what could be read of a piece that is half typed.
 *
 * `yaml` is driven by hand, lexeme by lexeme, because some small texts, read twice, take the whole process down when
 * they reach its composer: no `try` helps there, only stopping before.
 */
import { Composer, Document, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import type { Fix } from './edit.js';
import { limits } from './limits.js';
import { type Mistake, mistakeAt, mistakeInBrackets } from './line-mistake.js';
import type { MapNode, Node, Pair, ScalarNode } from './node.js';
import { openBracketAt } from './open-bracket.js';
import type { Piece, Place } from './place.js';
import {
  MISSING_BLANK_CODES,
  type MissingBlank,
  missingBlankIn,
  missingBlankMessage,
  syntaxMessage,
  tagMessage,
} from './syntax-message.js';

export interface SyntaxProblem {
  readonly place: Place;
  readonly message: string;
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  readonly fixes?: readonly Fix[];
}

export interface ParsedPiece {
  readonly piece: Piece;
  /** Undefined where the piece holds nothing, or nothing that could be read. */
  readonly node: Node | undefined;
  readonly problems: readonly SyntaxProblem[];
  readonly anchors: ReadonlyMap<string, Node>;
  readonly usesAliases: boolean;
  /** How much of the file's budget the piece has used. */
  readonly lexemes: number;
}

const MAX_REPAIRS = 8;
const MAX_REPAIRED_CHARACTERS = 65_536;

/**
 * Takes a piece, the anchors of the pieces before it, and whether a broken piece may be repaired by leaving out the
 * faulty line. Gives its tree and its problems; never throws.
 */
export function parsePiece(piece: Piece, outerAnchors: ReadonlyMap<string, Node>, repair: boolean): ParsedPiece {
  const problems: SyntaxProblem[] = [];
  let text = piece.text;
  let composed = compose(text);
  const repairs = repair && text.length <= MAX_REPAIRED_CHARACTERS ? MAX_REPAIRS : 0;
  const brokenValues = new Map<number, BrokenValue>();
  for (let round = 0; composed.fault; round++) {
    const { fault } = composed;
    const at = place(piece, fault.start, fault.end);
    if (fault.missingBlank) problems.push(missingBlankProblem(piece, fault.missingBlank));
    // What is left of a line that could not be repaired as a whole is told once.
    else if (problems.every((problem) => problem.place.start !== at.start))
      problems.push({ place: at, message: fault.message });
    const repaired = round < repairs && fault.repairable ? withoutFault(text, fault.at) : undefined;
    if (repaired === undefined) break;
    const next = compose(repaired.text);
    if (!next.document && composed.document) break;
    if (repaired.value) brokenValues.set(repaired.value.start, repaired.value);
    text = repaired.text;
    composed = next;
  }
  const build = new Builder(piece, outerAnchors, problems, brokenValues);
  const node = composed.document ? build.node(composed.document.contents) : undefined;
  return {
    piece,
    node,
    problems,
    anchors: build.anchors,
    usesAliases: build.usesAliases,
    lexemes: composed.lexemes,
  };
}

interface Fault {
  start: number;
  end: number;
  message: string;
  /** Where the parser could not go on: the line that can be left out. */
  at: number;
  repairable: boolean;
  missingBlank?: MissingBlank;
}

interface Composed {
  document?: Document.Parsed;
  fault?: Fault;
  lexemes: number;
}

const SETTINGS = {
  prettyErrors: false,
  uniqueKeys: false,
  stringKeys: true,
  resolveKnownTags: false,
  merge: false,
  version: '1.2',
  logLevel: 'silent',
} as const;

/** The schema of YAML's core types is made once: making it anew for each piece takes a tenth of the time of reading. */
const OPTIONS = { ...SETTINGS, schema: new Document(null, SETTINGS).schema };

function compose(text: string): Composed {
  const parser = new Parser();
  const tokens: Parameters<Composer['next']>[0][] = [];
  let lexemes = 0;
  let lineBegan = 0;
  let errorTokens = 0;
  let at = 0;
  for (const lexeme of new Lexer().lex(text)) {
    at += lexeme.length;
    lexemes++;
    if (lexeme === '\n') lineBegan = lexemes;
    if (lexemes > limits.lexemesInPiece || lexemes - lineBegan > limits.lexemesInLine) {
      return { fault: refusal(at, 'There is too much here to be checked. Split the file.'), lexemes };
    }
    for (const token of parser.next(lexeme)) {
      tokens.push(token);
      if (token.type === 'error' && ++errorTokens > limits.errorTokens) {
        return { fault: refusal(token.offset, 'This is not YAML, and nothing behind it was read.'), lexemes };
      }
    }
    if (parser.stack.length > limits.depth) {
      const message = `This is nested more than ${limits.depth} levels deep and was not read. Playbooks need no more than ten.`;
      return { fault: refusal(at, message), lexemes };
    }
  }
  for (const token of parser.end()) tokens.push(token);

  const composer = new Composer(OPTIONS);
  let document: Document.Parsed | undefined;
  for (const token of tokens) for (const next of composer.next(token)) document ??= next as Document.Parsed;
  for (const next of composer.end()) document ??= next as Document.Parsed;
  if (!document) return { lexemes };
  const fault = firstFault(document, text);
  return fault ? { document, fault, lexemes } : { document, lexemes };
}

function refusal(at: number, message: string): Fault {
  return { start: Math.max(at - 1, 0), end: at, message, at, repairable: false };
}

/** Only the first error counts: those behind it are mostly its echoes, and a repaired text shows those that are not. */
function firstFault(document: Document.Parsed, text: string): Fault | undefined {
  const error = document.errors[0];
  if (!error) return undefined;
  if (MISSING_BLANK_CODES.has(error.code)) {
    const own = missingBlankIn(text, error.pos[0]);
    // A list at the margin is in pieces of its own, and its next item is the fault of the one that is none.
    const missingBlank = own ?? (text.startsWith('-') ? missingBlankIn(text, 0) : undefined);
    if (missingBlank) {
      const { start, end } = missingBlank;
      const message = missingBlankMessage(missingBlank);
      return { start, end, message, at: start, repairable: own !== undefined, missingBlank };
    }
  }
  const quote = error.code === 'MISSING_CHAR' && /quote/.test(error.message);
  const opened = quote ? openQuote(document.contents, error.pos[0]) : undefined;
  const start = opened ?? error.pos[0];
  const end = opened === undefined ? error.pos[1] : endOfLine(text, opened);
  const told = opened === undefined ? toldOf(error.code, text, start, end) : undefined;
  return {
    ...(told ?? { start, end, message: syntaxMessage(error.code, error.message, text.slice(start, end)) }),
    at: start,
    // An open bracket is closed by the parser at the next line that stands less deep: the tree is already right.
    repairable: error.code !== 'BAD_INDENT',
  };
}

/** Faults that are often found on another line than the mistake, or in words for it that help nobody. */
const MISREAD = new Set<string>([
  'BAD_INDENT',
  'BLOCK_AS_IMPLICIT_KEY',
  'BLOCK_IN_FLOW',
  'IMPOSSIBLE',
  'MISSING_CHAR',
  'MULTILINE_IMPLICIT_KEY',
  'NON_STRING_KEY',
  'UNEXPECTED_TOKEN',
]);

/** The mistake that a person has made, where it can be told from the fault that the parser has found. */
function toldOf(code: string, text: string, start: number, end: number): Mistake | undefined {
  if (!MISREAD.has(code)) return undefined;
  const bracket = openBracketAt(text, start);
  return bracket === undefined
    ? mistakeAt(text, start, code === 'BLOCK_AS_IMPLICIT_KEY')
    : mistakeInBrackets(code, text, { bracket, start, end });
}

/** A dash or a colon without the blank behind it, as a problem that can be mended in one way only. */
export function missingBlankProblem(piece: Piece, missing: MissingBlank): SyntaxProblem {
  const { at, start, end, behind } = missing;
  const edits = [{ place: place(piece, at, at), text: ' ' }];
  return {
    place: place(piece, start, end),
    message: missingBlankMessage(missing),
    fixes: [{ title: `Put a space after the ${behind}`, edits, isSafe: true }],
  };
}

function openQuote(node: unknown, faultAt: number): number | undefined {
  if (isScalar(node)) {
    const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
    return quoted && node.range && node.range[0] < faultAt && faultAt <= node.range[1] + 1 ? node.range[0] : undefined;
  }
  if (isMap(node)) {
    for (const { key, value } of [...node.items].reverse()) {
      const found = openQuote(value, faultAt) ?? openQuote(key, faultAt);
      if (found !== undefined) return found;
    }
  }
  if (isSeq(node)) {
    for (const item of [...node.items].reverse()) {
      const found = openQuote(item, faultAt);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

const KEY = /^[ \t]*(?:- +)*[\w-]+:(?=[ \t\r]|$)/;
const DASHES = /^[ ]*(?:- +)*(?:-(?=[\r]?$))?/;

/** A value that had to be left out so that the rest could be read. It is there, whatever is wrong with it. */
interface BrokenValue {
  /** Right behind the colon of its key. */
  readonly start: number;
  readonly end: number;
  readonly source: string;
}

/** Blanks the value on the faulty line, or what of the line is no key; undefined where nothing is left to blank. */
function withoutFault(text: string, at: number): { text: string; value: BrokenValue | undefined } | undefined {
  const start = lineStartOf(text, Math.min(at, text.length - 1));
  const end = endOfLine(text, start);
  const line = text.slice(start, end);
  const missingBlank = missingBlankIn(text, start);
  const isColon = missingBlank?.behind === 'colon';
  const key = isColon ? missingBlank.at - start : (KEY.exec(line)?.[0].length ?? 0);
  const dashes = missingBlank?.behind === 'hyphen' ? missingBlank.at - start : (DASHES.exec(line)?.[0].length ?? 0);
  const inKey =
    missingBlank?.behind === 'hyphen' ||
    (at - start < key && !isColon) ||
    line.includes('\t', 0) ||
    line.slice(key).trim() === '';
  const kept = inKey ? dashes : key;
  const blank = line.slice(kept).replace(/[^\r]/g, ' ');
  if (blank === line.slice(kept)) return undefined;
  const before = line.slice(0, kept).replaceAll('\t', ' ');
  const source = line.slice(kept).trim();
  const value = inKey ? undefined : { start: start + kept, end: start + line.trimEnd().length, source };
  return { text: text.slice(0, start) + before + blank + text.slice(end), value };
}

function lineStartOf(text: string, at: number): number {
  return at <= 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end;
}

function place(piece: Piece, start: number, end: number): Place {
  const last = piece.text.length;
  const inside = Math.min(Math.max(start, 0), Math.max(last - 1, 0));
  return { piece, start: inside, end: Math.min(Math.max(end, inside), last) };
}

/** Turns the nodes of `yaml` into ours. The depth is bounded by the guard above, so recursion is safe. */
class Builder {
  readonly anchors = new Map<string, Node>();
  usesAliases = false;
  private readonly isBroken: boolean;

  constructor(
    private readonly piece: Piece,
    private readonly outerAnchors: ReadonlyMap<string, Node>,
    private readonly problems: SyntaxProblem[],
    private readonly brokenValues: ReadonlyMap<number, BrokenValue>,
  ) {
    this.isBroken = problems.length > 0;
  }

  node(source: unknown): Node | undefined {
    if (isAlias(source)) return this.alias(source.source, source.range);
    const node = isMap(source)
      ? this.map(source)
      : isSeq(source)
        ? this.sequence(source)
        : isScalar(source)
          ? this.scalar(source)
          : undefined;
    if (!node) return undefined;
    const { anchor, tag } = source as { anchor?: string; tag?: string };
    if (anchor) this.anchors.set(anchor, node);
    if (tag) this.report(node.place, tagMessage(tag));
    return node;
  }

  private map(source: { items: { key: unknown; value: unknown }[]; range?: readonly number[] | null }): MapNode {
    const pairs = new Map<string, Pair>();
    for (const item of source.items) {
      const key = isScalar(item.key) ? this.scalar(item.key) : undefined;
      if (!key) continue;
      const name = String(key.value ?? key.source);
      const value = this.broken(key) ?? this.node(item.value) ?? this.blank(key.place.end);
      const first = pairs.get(name);
      // What is left of a broken line may seem to stand there twice.
      if (first && !this.isBroken) this.duplicate(name, first.key, key);
      if (!first) pairs.set(name, { key, value });
    }
    return { kind: 'map', place: this.span(source.range), pairs };
  }

  private sequence(source: { items: unknown[]; range?: readonly number[] | null }): Node {
    const items = source.items.map((item) => this.node(item) ?? this.blank(source.range?.[0] ?? 0));
    return { kind: 'sequence', place: this.span(source.range), items };
  }

  private scalar(source: { value: unknown; source?: string; range?: readonly number[] | null }): ScalarNode {
    const { value } = source;
    const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
    return { kind: 'scalar', place: this.span(source.range), value: plain, source: source.source ?? '' };
  }

  private alias(name: string, range: readonly number[] | null | undefined): Node | undefined {
    this.usesAliases = true;
    const target = this.anchors.get(name) ?? this.outerAnchors.get(name);
    if (!target) {
      const message = `No anchor "&${name}" stands before this alias. Define it above, or quote the text if it is none.`;
      this.report(this.span(range), message);
    }
    return target;
  }

  private duplicate(name: string, first: ScalarNode, second: ScalarNode): void {
    const message = `The key "${name}" stands here twice. Keep one.`;
    this.problems.push(
      { place: first.place, message, related: [{ place: second.place, message: 'The second one' }] },
      { place: second.place, message, related: [{ place: first.place, message: 'The first one' }] },
    );
  }

  /** A text that is half typed, such as one whose quote is not closed yet, counts as what it says so far. */
  private broken(key: ScalarNode): ScalarNode | undefined {
    const value = this.brokenValues.get(key.place.end + 1);
    if (!value) return undefined;
    const source = value.source.replace(/^["']/, '');
    return {
      kind: 'scalar',
      place: place(this.piece, value.end - value.source.length, value.end),
      value: source,
      source,
    };
  }

  private blank(at: number): ScalarNode {
    return { kind: 'scalar', place: place(this.piece, at, at), value: null, source: '' };
  }

  private report(where: Place, message: string): void {
    this.problems.push({ place: where, message });
  }

  private span(range: readonly number[] | null | undefined): Place {
    const start = range?.[0] ?? 0;
    let end = range?.[1] ?? start;
    while (end > start && /[ \t\r\n]/.test(this.piece.text[end - 1] ?? '')) end--;
    return place(this.piece, start, end);
  }
}
