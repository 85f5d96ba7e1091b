/**
 * Patterns for paths, in the notation that editors and `.gitignore` share: `*`, `**`, `?`, `[ab]`, `{a,b}`, a leading `!`.
 *
 * Written here and not taken from a library, because those make regular expressions, and a pattern in a pull request of a
 * stranger must not be able to stop the check: a pattern becomes a finite automaton of as many states as it has signs, which is
 * walked through once, so that a match takes at most pattern x path steps. Nothing is expanded.
 */

export interface Glob {
  /** Whether it takes back in what patterns before it have matched: it began with `!`. */
  readonly isNegated: boolean;
  /**
   * Whether a path matches, given with slashes and relative to the folder that the pattern is relative to. A pattern without
   * a slash matches a name in any folder; one that matches a folder matches all that is in it.
   */
  matches(path: string): boolean;
}

/** Why a text is no pattern, in words for the person who wrote it. */
export interface GlobFault {
  /** A sentence that says what is wrong and what to write. */
  readonly fault: string;
  /** The pattern that is meant, where there is no doubt. */
  readonly repair?: string;
}

/** Reads a pattern. A notation of other tools that would match something else here is a fault, never a literal. */
export function readGlob(pattern: string): Glob | GlobFault {
  const foreign = foreignNotation(pattern);
  if (foreign) return foreign;
  const isNegated = pattern.startsWith('!');
  const written = (isNegated ? pattern.slice(1) : pattern).normalize('NFC');
  const isAnchored = /^\.?\//.test(written);
  const body = written
    .replace(/^(?:\.?\/)+/, '')
    .replace(/\/(?:\.?\/)+/g, '/')
    .replace(/\/\.?$/, '');
  if (body === '' || body === '.')
    return { fault: 'This pattern names no file. Write "**" for all files of the folder.' };
  const parsed = new Parser(body).all();
  if ('fault' in parsed) return parsed;
  const automaton = new Automaton(parsed, !isAnchored);
  return { isNegated, matches: (path) => automaton.matches(path.normalize('NFC')) };
}

/** Whether the last of some patterns that matches a path takes it in, and does not take it back out. */
export function lastDecides(globs: readonly Glob[], path: string): boolean {
  return globs.findLast((glob) => glob.matches(path))?.isNegated === false;
}

function foreignNotation(pattern: string): GlobFault | undefined {
  if (/^!!/.test(pattern)) return { fault: 'One "!" at the beginning takes files back in. Take the second one out.' };
  const isNegated = pattern.startsWith('!');
  const inside = isNegated ? pattern.slice(1) : pattern;
  if (/^(?:[A-Za-z]:[\\/]|\\\\|~\/|[A-Za-z][\w+.-]*:\/\/)/.test(inside)) {
    return {
      fault: 'A pattern is relative to the folder of the configuration. Take what stands before that folder out.',
    };
  }
  if (/\p{Cc}/u.test(inside)) {
    return { fault: 'A "\\" in double quotes begins an escape, such as one for a line break. Divide folders by "/".' };
  }
  if (inside.includes('\\')) {
    const repair = pattern.replace(/\\+/g, '/');
    return { fault: `Folders are divided by "/" on every system, and no sign is escaped: write "${repair}".`, repair };
  }
  if (/(?:^|\/)\.\.(?:\/|$)/.test(inside)) {
    return {
      fault: 'A pattern cannot lead out of the folder of the configuration. Put it into a configuration further up.',
    };
  }
  for (const { 0: stars, index } of inside.matchAll(/\*{2,}/g)) {
    const isFirst = /^$|[/{,]$/.test(inside.slice(0, index));
    const behind = inside.slice(index + stars.length);
    if (isFirst && /^(?:$|[/},])/.test(behind)) continue;
    const fault = '"**" stands for folders only where it stands alone between slashes';
    if (!isFirst) return { fault: `${fault}. For signs in a name write a single "*".` };
    const repair = `${isNegated ? '!' : ''}${inside.slice(0, index)}**/*${behind}`;
    return { fault: `${fault}: write "${repair}".`, repair };
  }
  const extended = /[@+!]\([^)]*\)|[*?]\([^)]*\|[^)]*\)/.exec(pattern);
  if (extended) return { fault: `"${extended[0]}" is not understood here. Write choices in braces, such as {a,b}.` };
  return undefined;
}

type Piece =
  | { readonly kind: 'sign'; readonly sign: string }
  /** Any sign that is no slash, or only those in or out of some ranges. */
  | { readonly kind: 'set'; readonly ranges: readonly (readonly [string, string])[]; readonly isExcluding: boolean }
  /** `*`, signs that are no slash. */
  | { readonly kind: 'star' }
  /** `**`, folders with the slash behind them where one follows; else all that is below. */
  | { readonly kind: 'folders'; readonly isOptional: boolean }
  | { readonly kind: 'choice'; readonly branches: readonly (readonly Piece[])[] };

class Parser {
  private at = 0;
  private readonly signs: readonly string[];

  constructor(pattern: string) {
    this.signs = [...pattern];
  }

  all(): readonly Piece[] | GlobFault {
    return this.sequence(0);
  }

  private sequence(depth: number): readonly Piece[] | GlobFault {
    const pieces: Piece[] = [];
    while (this.at < this.signs.length) {
      const sign = this.signs[this.at] ?? '';
      if (depth > 0 && (sign === ',' || sign === '}')) break;
      const piece = this.piece(sign, depth);
      if ('fault' in piece) return piece;
      pieces.push(piece);
    }
    return pieces;
  }

  private piece(sign: string, depth: number): Piece | GlobFault {
    if (sign === '{') return this.choice(depth);
    if (sign === '[') return this.set();
    if (sign === '}') return { fault: 'A "}" has no "{" before it. Write choices as {a,b}; the sign itself is [}].' };
    this.at++;
    if (sign === '?') return { kind: 'set', ranges: [], isExcluding: true };
    if (sign !== '*') return { kind: 'sign', sign };
    if (this.signs[this.at] !== '*') return { kind: 'star' };
    while (this.signs[this.at] === '*') this.at++;
    if (this.signs[this.at] !== '/') return { kind: 'folders', isOptional: false };
    this.at++;
    return { kind: 'folders', isOptional: true };
  }

  private choice(depth: number): Piece | GlobFault {
    if (depth >= 20) return { fault: 'The braces of this pattern are nested too deeply. Write several patterns.' };
    const branches: (readonly Piece[])[] = [];
    do {
      this.at++;
      const branch = this.sequence(depth + 1);
      if ('fault' in branch) return branch;
      branches.push(branch);
    } while (this.signs[this.at] === ',');
    if (this.signs[this.at] !== '}')
      return { fault: 'A "{" is not closed. Write choices as {a,b}; the sign itself is [{].' };
    this.at++;
    if (branches.length > 1) return { kind: 'choice', branches };
    return {
      fault: 'Braces with one choice in them are not understood. Write {a,b}; the signs themselves are [{] and [}].',
    };
  }

  private set(): Piece | GlobFault {
    this.at++;
    const isExcluding = this.signs[this.at] === '!' || this.signs[this.at] === '^';
    if (isExcluding) this.at++;
    const ranges: [string, string][] = [];
    for (let first = true; ; first = false) {
      const sign = this.signs[this.at];
      if (sign === undefined || sign === '/')
        return { fault: 'A "[" is not closed. Write signs to choose from as [ab]; the sign itself is [[].' };
      this.at++;
      if (sign === ']' && !first) return { kind: 'set', ranges, isExcluding };
      if (sign === '[' && /[:.=]/.test(this.signs[this.at] ?? '')) {
        return { fault: 'Named classes such as [:alpha:] are not understood here. Write a range, such as [a-z].' };
      }
      const end = this.signs[this.at + 1];
      const isRange = this.signs[this.at] === '-' && end !== undefined && end !== ']';
      if (isRange && end < sign)
        return { fault: `The range "${sign}-${end}" holds no sign. Write the lower sign first.` };
      ranges.push([sign, isRange ? end : sign]);
      if (isRange) this.at += 2;
    }
  }
}

type SetPiece = Extract<Piece, { kind: 'set' }>;

/** What a state asks of the next sign, where that is no code point. */
const NOTHING = -1;
const IN_SET = -2;
const ANYTHING = -3;
const NO_SLASH = -4;
const SLASH = 0x2f;

/** A nondeterministic finite automaton, after Thompson: states with at most one test, and ways between them that take no sign. */
class Automaton {
  /** The code point that leads on from a state, or one of the tests above. */
  private readonly tests: number[] = [];
  private readonly sets = new Map<number, SetPiece>();
  /** Where the test of a state leads. */
  private readonly targets: number[] = [];
  private readonly free: number[][] = [];
  private readonly start: number;
  private readonly end: number;

  constructor(pieces: readonly Piece[], matchesNames: boolean) {
    this.end = this.state();
    if (!matchesNames) {
      this.start = this.sequence(pieces, this.end, true);
      return;
    }
    // The choices of a pattern that have no slash match a name in any folder.
    const name = this.sequence(pieces, this.end, false);
    this.start = this.anyFolders(name, hasSlash(pieces) ? this.sequence(pieces, this.end, true) : name);
  }

  matches(path: string): boolean {
    const { tests, targets, end } = this;
    const reachedAt = new Int32Array(tests.length).fill(-1);
    let time = 0;
    let current = [this.start];
    reachedAt[this.start] = time;
    this.addFree(current, reachedAt, time);
    let last = NOTHING;
    for (const sign of path) {
      const code = sign.codePointAt(0) ?? 0;
      if (reachedAt[end] === time && (code === SLASH || last === SLASH)) return true;
      const next: number[] = [];
      time++;
      for (const state of current) {
        const test = tests[state] ?? NOTHING;
        const target = targets[state] ?? end;
        if (test === NOTHING || reachedAt[target] === time) continue;
        const isWay = test === code || (test < NOTHING && this.passes(state, test, sign, code));
        if (!isWay) continue;
        reachedAt[target] = time;
        next.push(target);
      }
      if (next.length === 0) return false;
      this.addFree(next, reachedAt, time);
      current = next;
      last = code;
    }
    return reachedAt[end] === time;
  }

  private passes(state: number, test: number, sign: string, code: number): boolean {
    if (test === ANYTHING) return true;
    if (code === SLASH || test === NO_SLASH) return code !== SLASH;
    const set = this.sets.get(state);
    return set?.ranges.some(([from, to]) => from <= sign && sign <= to) !== set?.isExcluding;
  }

  /** Adds to some states all that can be reached from them without a sign. */
  private addFree(states: number[], reachedAt: Int32Array, time: number): void {
    for (let index = 0; index < states.length; index++) {
      const ways = this.free[states[index] ?? 0];
      if (ways === undefined || ways.length === 0) continue;
      for (const next of ways) {
        if (reachedAt[next] === time) continue;
        reachedAt[next] = time;
        states.push(next);
      }
    }
  }

  private state(test = NOTHING, target = -1): number {
    this.free.push([]);
    this.tests.push(test);
    return this.targets.push(target) - 1;
  }

  /** The first state of what leads to a state. Without slashes, ways through a slash lead nowhere. */
  private sequence(pieces: readonly Piece[], to: number, withSlashes: boolean): number {
    return pieces.reduceRight((next, piece) => this.piece(piece, next, withSlashes), to);
  }

  private piece(piece: Piece, to: number, withSlashes: boolean): number {
    switch (piece.kind) {
      case 'sign':
        return withSlashes || piece.sign !== '/' ? this.state(piece.sign.codePointAt(0), to) : this.state();
      case 'set': {
        const state = this.state(IN_SET, to);
        this.sets.set(state, piece);
        return state;
      }
      case 'star':
        return this.repeated(NO_SLASH, to);
      case 'folders':
        if (piece.isOptional && !withSlashes) return this.state();
        return piece.isOptional ? this.anyFolders(to, to) : this.repeated(ANYTHING, to);
      case 'choice': {
        const fork = this.state();
        const branches = piece.branches.map((branch) => this.sequence(branch, to, withSlashes));
        this.free[fork]?.push(...branches);
        return fork;
      }
    }
  }

  private repeated(test: number, to: number): number {
    const state = this.state(test);
    this.targets[state] = state;
    this.free[state]?.push(to);
    return state;
  }

  /** A state from which one state is reached at once, and another behind any folders or at once. */
  private anyFolders(behind: number, atOnce: number): number {
    const slash = this.state(SLASH, behind);
    const skip = this.repeated(ANYTHING, slash);
    const fork = this.state();
    this.free[fork]?.push(atOnce, behind, skip);
    return fork;
  }
}

function hasSlash(pieces: readonly Piece[]): boolean {
  return pieces.some((piece) =>
    piece.kind === 'choice'
      ? piece.branches.some(hasSlash)
      : piece.kind === 'folders' || (piece.kind === 'sign' && piece.sign === '/'),
  );
}
