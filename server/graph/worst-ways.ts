/** The worst way from every step: to the end of the playbook, or to the first step that reaches a goal. */
import { END } from '../model/id.js';
import { fact } from '../workspace/fact.js';
import { branchesEndedBy, branchesThatJoin } from './blocks.js';
import { cutAfter, type Edge, type Graph, graphOf } from './graph.js';
import { type Loop, type LoopNest, loopNest, loopsEntered } from './loops.js';
import { NOWHERE, repeated, through, together, type Way, worst } from './way.js';

export interface Question {
  /** What it costs to go through a step, in seconds; undefined where nobody gets beyond it. */
  readonly cost: (key: string) => number | undefined;
  /** Whether branches that run at the same time cost as much as the longest, or all of them together. */
  readonly parallel: 'longest' | 'sum';
  /**
   * What it costs to reach the goal inside a step; undefined where it is not reached there. Without it the goal is the
   * end of the playbook. Of branches that all run, the first one to reach a goal counts.
   */
  readonly goal?: (key: string) => number | undefined;
  /** Whether a step counts once, however often a loop goes through it. */
  readonly once?: boolean;
}

export interface WorstWays {
  /** The worst way from the start; undefined where no way reaches the goal. */
  readonly fromStart: Way | undefined;
  /** Takes the key of a step that the start reaches. Gives the worst way from it on, itself included. */
  readonly from: (key: string) => Way | undefined;
  /** Takes an edge. Gives the worst way behind it. */
  readonly behind: (edge: Edge) => Way | undefined;
}

/**
 * Takes a graph and what is asked. Gives the worst ways, without going through them one by one: every step is looked at
 * once for each loop that it is in, so O((steps + edges) x nesting of loops).
 *
 * - A loop is gone through as often as the bounds of its ways back allow, each time on the worst way; how often an inner
 *   loop has run is counted anew each time that it is entered. A loop without a bound costs without end, unless it costs
 *   nothing. A way that enters a loop elsewhere than at its head counts as one that enters at its head too.
 * - A parallel block is left by its join when all branches have got there. A branch that goes elsewhere (to the end, or
 *   back) leaves the block alone: the others do not count.
 */
export function worstWays(whole: Graph, question: Question): WorstWays {
  return worstWaysOn(
    ground(whole, (key) => question.cost(key) === undefined),
    question,
  );
}

/** A graph with what every question to it needs. */
export interface Ground {
  readonly graph: Graph;
  readonly nest: LoopNest;
  /** The branches of each parallel block that lead to its join, before anything is cut. */
  readonly joining: ReadonlyMap<string, ReadonlySet<number>>;
}

/** Takes a graph and the steps beyond which nobody gets. Gives it ready for questions in which just these have no cost. */
export function ground(whole: Graph, isCut: (key: string) => boolean): Ground {
  const graph = [...whole.nodes.keys()].some(isCut) ? cutAfter(whole, isCut) : whole;
  return { graph, nest: loopNest(graph), joining: branchesThatJoin(whole) };
}

/** Takes the ground of a graph on which nobody is stopped, which is the same for all such questions. */
export const openGroundOf = fact((reader, uri: string) => ground(graphOf(reader, uri), () => false));

/** Takes the ground and a question. Gives the worst ways, as worstWays does. */
export function worstWaysOn({ graph, nest, joining }: Ground, question: Question): WorstWays {
  return new Sweep(graph, nest, question, joining).answer();
}

/** A loop has one or two ways back. A playbook that somebody made to hurt may have thousands. */
const MAX_WAYS_BACK = 30;

type Ways = Map<string, Way>;

const NO_GOAL = () => undefined;

class Sweep {
  /** What all passes of a loop but the last one cost, by its head. */
  private readonly passes: Ways = new Map();
  /** The worst way from a step of a branch to the join of its block. */
  private readonly toJoin: Ways = new Map();
  /** The worst way on from a step while the loops around it up to a depth may still lead back, by this depth. */
  private readonly onward: Ways[] = [];
  /** What follows a way back, or undefined where the loop has had its last pass. */
  private readonly goneBack = new Map<Edge, Way | undefined>();
  private readonly backwards: readonly string[];
  private readonly positions: ReadonlyMap<string, number>;
  /** For a loop that is entered elsewhere, by its head: the worst way from each of its steps to a way back. */
  private readonly toHead = new Map<string, Ways>();
  /** The worst way from the head of a loop to each of its ways back. */
  private readonly once = new Map<Edge, Way | undefined>();

  constructor(
    private readonly graph: Graph,
    private readonly nest: LoopNest,
    private readonly question: Question,
    private readonly joining: ReadonlyMap<string, ReadonlySet<number>>,
  ) {
    this.backwards = [...nest.order].reverse();
    this.positions = new Map(this.backwards.map((key, index) => [key, index]));
  }

  answer(): WorstWays {
    const headed = new Map(this.nest.loops.map((loop) => [loop.head, loop]));
    for (const key of this.backwards) {
      const way = this.wayToJoin(key);
      if (way) this.toJoin.set(key, way);
      const loop = headed.get(key);
      if (loop) this.passes.set(key, this.passesOf(loop));
    }
    const deepest = Math.max(-1, ...this.nest.loops.map(({ depth }) => depth));
    for (let live = 0; live <= deepest + 1; live++) {
      const keys = this.backwards.filter((key) => this.depthOf(key) >= live);
      this.onward.push(this.sweep(keys, (edge) => this.leaving(edge, live)));
      for (const loop of this.nest.loops) if (loop.depth === live) this.goBack(loop);
    }
    const { start } = this.graph;
    return {
      fromStart: start === undefined ? undefined : this.entering({ from: '', to: start }, 0),
      from: (key) => this.onward[this.depthOf(key)]?.get(key),
      behind: (edge) => this.behind(edge),
    };
  }

  private behind(edge: Edge): Way | undefined {
    if (edge.to === END) return this.question.goal ? undefined : NOWHERE;
    if (this.nest.waysBack.has(edge)) return this.goneBack.get(edge);
    return this.entering(edge, this.commonDepth(edge));
  }

  /** How many loops are around a step. */
  private depthOf(key: string): number {
    const loop = this.nest.around.get(key);
    return loop ? loop.depth + 1 : 0;
  }

  private commonDepth(edge: Edge): number {
    return this.depthOf(edge.to) - loopsEntered(this.nest, edge).length;
  }

  /** What is behind an edge that leads out of what is being swept; `inside` where it does not. */
  private leaving(edge: Edge, live: number): Way | undefined | 'inside' {
    if (edge.to === END) return this.question.goal ? undefined : NOWHERE;
    const back = this.nest.waysBack.get(edge);
    if (back) return back.loop.depth < live ? this.goneBack.get(edge) : undefined;
    const common = this.commonDepth(edge);
    return common < live ? this.entering(edge, common) : 'inside';
  }

  /** The way from the target of an edge on, while the loops up to a depth may still lead back. */
  private entering(edge: Pick<Edge, 'from' | 'to'>, live: number, ways = this.onward[live]): Way | undefined {
    return ways && this.enteringLoops(edge.to, loopsEntered(this.nest, edge), ways);
  }

  /** A way that enters loops, the innermost first. What enters elsewhere than at the head gets to the head first. */
  private enteringLoops(key: string, loops: readonly Loop[], ways: ReadonlyMap<string, Way>): Way | undefined {
    return worst(
      loops.map(({ head }, index) => {
        const last = ways.get(head);
        const toHead = this.toHead.get(head);
        const first = head === key ? NOWHERE : toHead && this.enteringLoops(key, loops.slice(0, index), toHead);
        return first && last && together(first, this.passes.get(head) ?? NOWHERE, last);
      }),
      ways.get(key),
    );
  }

  /** Goes once over steps from the last to the first. Gives the worst way from each. */
  private sweep(
    keys: readonly string[],
    leaving: (edge: Edge) => Way | undefined | 'inside',
    goalOf = this.question.goal,
  ): Ways {
    const ways: Ways = new Map();
    const behind = (edge: Edge) => {
      if (this.neverJoins(edge)) return undefined;
      const way = leaving(edge);
      return way === 'inside' ? this.entering(edge, 0, ways) : way;
    };
    for (const key of keys) {
      const goal = goalOf?.(key);
      const reached = goal === undefined ? undefined : through(key, goal);
      const rest = this.isBlock(key) ? this.ofBlock(key, behind, goalOf !== undefined) : this.next(key, behind);
      const way = worst([reached, this.after(key, rest)]);
      if (way) ways.set(key, way);
    }
    return ways;
  }

  private next(key: string, behind: (edge: Edge) => Way | undefined): Way | undefined {
    return worst((this.graph.outgoing.get(key) ?? []).map(behind));
  }

  private after(key: string, rest: Way | undefined): Way | undefined {
    const cost = this.question.cost(key);
    return rest && cost !== undefined ? together(through(key, cost), rest) : undefined;
  }

  private isBlock(key: string): boolean {
    return this.graph.nodes.get(key)?.kind === 'parallel';
  }

  /** What follows the start of a parallel block: all its branches and what is behind the join, or one that leaves alone. */
  private ofBlock(key: string, behind: (edge: Edge) => Way | undefined, toGoal: boolean): Way | undefined {
    const branches = this.branches(key);
    if (toGoal) {
      const sure = branches.filter((edge) => this.stopsBeforeJoin(edge)).map(behind);
      const first = sure.filter((way) => way !== undefined).sort((x, y) => x.cost - y.cost)[0];
      if (first) return first;
    }
    const alone = worst(branches.map(behind));
    if (this.question.parallel === 'longest') return alone;
    const joined = this.throughBranches(key);
    const join = this.graph.nodes.get(key)?.join;
    const joinEdge = joined && join !== undefined ? { from: key, to: join, kind: 'next' as const } : undefined;
    const rest = joinEdge && behind(joinEdge);
    return worst([joined && rest && together(joined, rest), alone]);
  }

  private branches(key: string): readonly Edge[] {
    return (this.graph.outgoing.get(key) ?? []).filter(({ kind }) => kind === 'branch');
  }

  /** Whether a branch would get to the join, but for a step that nobody gets beyond. */
  private stopsBeforeJoin(edge: Edge): boolean {
    const branch = this.graph.nodes.get(edge.to)?.branch;
    return branch !== undefined && this.joining.get(edge.from)?.has(branch) === true && !this.toJoinFrom(edge);
  }

  /** Whether an edge leads to a join for which another branch never comes, because nobody gets beyond a step in it. */
  private neverJoins(edge: Edge): boolean {
    return branchesEndedBy(this.graph, edge).some(({ parallel }) =>
      this.branches(parallel).some((other) => this.stopsBeforeJoin(other)),
    );
  }

  private toJoinFrom(edge: Edge): Way | undefined {
    return this.entering(edge, 0, this.toJoin);
  }

  /** All branches of a block up to its join; undefined where one of them cannot get there. */
  private throughBranches(key: string): Way | undefined {
    const ways = this.branches(key).map((edge) => this.toJoinFrom(edge));
    if (ways.length === 0 || ways.some((way) => !way)) return undefined;
    const all = ways.filter((way) => way !== undefined);
    return this.question.parallel === 'sum' ? together(...all) : worst(all);
  }

  private wayToJoin(key: string): Way | undefined {
    const node = this.graph.nodes.get(key);
    if (node?.block === undefined) return undefined;
    const { block, branch } = node;
    const join = this.graph.nodes.get(block)?.join;
    const along = (to: string, edge: Pick<Edge, 'from' | 'to'>) => {
      if (to === join) return NOWHERE;
      const next = this.graph.nodes.get(to);
      return next?.block === block && next.branch === branch ? this.entering(edge, 0, this.toJoin) : undefined;
    };
    if (this.isBlock(key)) {
      const inner = this.throughBranches(key);
      const meets = node.join;
      const rest = inner && meets !== undefined ? along(meets, { from: key, to: meets }) : undefined;
      return this.after(key, inner && rest && together(inner, rest));
    }
    return this.after(
      key,
      this.next(key, (edge) => (this.nest.waysBack.has(edge) ? undefined : along(edge.to, edge))),
    );
  }

  /** All passes of a loop but the last: for each way back the worst way to it from the head, as often as it may be gone. */
  private passesOf(loop: Loop): Way {
    if (this.question.once) return NOWHERE;
    if (loop.enteredElsewhere)
      this.toHead.set(
        loop.head,
        this.toWaysBack(loop, () => true),
      );
    // With very many ways back, each counts as the worst of them: too much, and in time.
    if (loop.waysBack.length > MAX_WAYS_BACK) {
      const any = this.toWaysBack(loop, () => true).get(loop.head) ?? NOWHERE;
      return repeated(
        any,
        loop.waysBack.reduce((sum, { atMost }) => sum + atMost - 1, 0),
      );
    }
    for (const { edge } of loop.waysBack) {
      this.once.set(edge, this.toWaysBack(loop, (back) => back === edge).get(loop.head));
    }
    return together(...loop.waysBack.map(({ edge, atMost }) => repeated(this.once.get(edge) ?? NOWHERE, atMost - 1)));
  }

  /** The worst way from each step of a loop to its ways back, or to some of them. */
  private toWaysBack(loop: Loop, counts: (back: Edge) => boolean): Ways {
    const leaving = (edge: Edge) => {
      const back = this.nest.waysBack.get(edge);
      if (back) return back.loop === loop && counts(edge) ? NOWHERE : undefined;
      return loop.holds.has(edge.to) ? 'inside' : undefined;
    };
    return this.sweep(this.keysOf(loop), leaving, NO_GOAL);
  }

  /** The steps of a loop, each after those that follow it. */
  private keysOf(loop: Loop): string[] {
    return [...loop.keys].sort((a, b) => (this.positions.get(a) ?? 0) - (this.positions.get(b) ?? 0));
  }

  /** Works out what follows each way back: the passes that are left, and the last one. */
  private goBack(loop: Loop): void {
    const last = this.onward[loop.depth]?.get(loop.head);
    const all = this.passes.get(loop.head) ?? NOWHERE;
    for (const { edge, atMost } of loop.waysBack) {
      const left = atMost > 1 ? this.passesLeft(loop, all, edge) : undefined;
      this.goneBack.set(edge, left && last && together(left, last));
    }
  }

  /** All passes of a loop but the last, and but the one that has just been gone. */
  private passesLeft(loop: Loop, all: Way, gone: Edge): Way {
    if (all.cost === 0) return NOWHERE;
    if (loop.waysBack.length > MAX_WAYS_BACK) return all;
    const left = loop.waysBack.map(({ edge, atMost }) =>
      repeated(this.once.get(edge) ?? NOWHERE, edge === gone ? atMost - 2 : atMost - 1),
    );
    return together(...left);
  }
}
