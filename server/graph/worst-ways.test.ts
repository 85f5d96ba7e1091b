import assert from 'node:assert/strict';
import fc from 'fast-check';
import { filesOf, type Part, parts, stepsOf } from '../../test/harness/random-playbook.js';
import { snapshotOf, uriOf } from '../../test/harness/workspace.js';
import { type Graph, graphOf } from './graph.js';
import { outageTotalsOf } from './service-outages.js';
import { containmentOf, worstTimeOf } from './times.js';
import { visitsOf } from './way.js';
import { type Question, worstWays } from './worst-ways.js';

function graphFor(text: string): Graph {
  const playbook = `format: playbook/v1\nid: a\ntitle: A\n${text}`;
  return graphOf(snapshotOf([{ name: 'a.yaml', text: playbook }]), uriOf('a.yaml'));
}

/** How a run through some parts may go: it comes out at the end of them, ends the playbook, or contains. */
interface Run {
  readonly cost: number;
  readonly exit: 'on' | 'end' | 'goal';
}

/** Goes through all runs of a playbook one by one: slow, and obviously right. */
function allRuns(playbook: readonly Part[], parallel: 'longest' | 'sum', contains: boolean): Run[] {
  const distinct = (runs: readonly Run[]) => [...new Map(runs.map((run) => [`${run.cost} ${run.exit}`, run])).values()];
  const then = (runs: readonly Run[], next: () => readonly Run[]): Run[] => {
    const rest = runs.some(({ exit }) => exit === 'on') ? next() : [];
    return distinct(
      runs.flatMap((run) =>
        run.exit === 'on' ? rest.map(({ cost, exit }) => ({ cost: run.cost + cost, exit })) : [run],
      ),
    );
  };
  const costing = (cost: number): Run[] => [{ cost, exit: 'on' }];
  const sequence = (list: readonly Part[]): Run[] =>
    list.reduce<Run[]>((runs, part) => then(runs, () => runsOf(part)), costing(0));

  function runsOf(part: Part): Run[] {
    if (part.kind === 'action') return [{ cost: part.minutes, exit: contains && part.contains ? 'goal' : 'on' }];
    if (part.kind === 'choice') {
      const past: Run = { cost: 0, exit: part.orEnd ? 'end' : 'on' };
      return then(costing(part.minutes), () => [...sequence(part.body), past]);
    }
    // Where a called playbook ends, the caller goes on.
    if (part.kind === 'call')
      return sequence(part.body).map((run) => (run.exit === 'end' ? { ...run, exit: 'on' } : run));
    if (part.kind === 'loop') return passes(part, part.atMost - 1, part.early === undefined ? 0 : part.early - 1);
    return then(costing(part.minutes), () => together(part.branches.map(sequence)));
  }

  /** All runs of a loop with so many ways back left at its end and in front of its body. */
  function passes(loop: Part & { kind: 'loop' }, left: number, early: number): Run[] {
    const decision = loop.early === undefined ? costing(0) : costing(2);
    return then(decision, () => [
      ...(early > 0 ? passes(loop, left, early - 1) : []),
      ...then(
        then(sequence(loop.body), () => costing(loop.minutes)),
        () => [...(left > 0 ? passes(loop, left - 1, early) : []), ...costing(0)],
      ),
    ]);
  }

  /** Every choice of a run for each branch. A branch that ends the playbook leaves the block alone. */
  function together(branches: readonly (readonly Run[])[]): Run[] {
    const staying = branches.map((runs) => runs.filter(({ exit }) => exit !== 'end'));
    const chosen = staying.reduce<Run[]>(
      (so_far, runs) => distinct(so_far.flatMap((a) => runs.map((b) => both(a, b)))),
      [{ cost: 0, exit: 'on' }],
    );
    return distinct([...chosen, ...branches.flatMap((runs) => runs.filter(({ exit }) => exit === 'end'))]);
  }

  function both(a: Run, b: Run): Run {
    if (a.exit === 'goal' && b.exit === 'goal') return { cost: Math.min(a.cost, b.cost), exit: 'goal' };
    if (a.exit === 'goal') return a;
    if (b.exit === 'goal') return b;
    return { cost: parallel === 'sum' ? a.cost + b.cost : Math.max(a.cost, b.cost), exit: 'on' };
  }

  return sequence(playbook);
}

function worstRun(runs: readonly Run[], isMeant: (run: Run) => boolean): number | undefined {
  const costs = runs.filter(isMeant).map(({ cost }) => cost);
  return costs.length > 0 ? Math.max(...costs) : undefined;
}

describe('the worst ways', () => {
  const minutesOf = (graph: Graph) => (key: string) => (graph.nodes.get(key)?.within ?? 0) / 60;
  const ask = (graph: Graph, question: Partial<Question> = {}) =>
    worstWays(graph, { cost: minutesOf(graph), parallel: 'longest', ...question });
  /** Calls are no matter of the graph alone: they are asked about below. */
  const withoutCalls = (list: readonly Part[]) => !JSON.stringify(list).includes('"call"');
  const small = (list: readonly Part[]) => stepsOf(list).split('\n').length <= 40;
  const holds = (property: (list: readonly Part[], graph: Graph) => void) =>
    fc.assert(
      fc.property(parts, (list) => {
        fc.pre(small(list) && withoutCalls(list));
        property(list, graphFor(stepsOf(list)));
      }),
      { numRuns: 2000 },
    );

  it('are the same through called playbooks: time, outage, and time to containment', () => {
    let calls = 0;
    fc.assert(
      fc.property(parts, (list) => {
        const files = filesOf(list);
        fc.pre(files.every(({ text }) => text.split('\n').length <= 40));
        calls += files.length - 2;
        const snapshot = snapshotOf(files);
        const uri = uriOf('p0.yaml');
        const minutes = (seconds: number | undefined) => (seconds === undefined ? undefined : seconds / 60);
        const anyWay = () => true;
        assert.equal(minutes(worstTimeOf(snapshot, uri)), worstRun(allRuns(list, 'longest', false), anyWay));
        const outage = worstRun(allRuns(list, 'sum', false), anyWay);
        assert.equal(minutes(outageTotalsOf(snapshot, uri).get('s')) ?? 0, outage);
        const { way, uncontained } = containmentOf(snapshot, uri);
        const runs = allRuns(list, 'longest', true);
        assert.equal(
          minutes(way?.cost),
          worstRun(runs, ({ exit }) => exit === 'goal'),
        );
        assert.equal(
          minutes(uncontained),
          worstRun(runs, ({ exit }) => exit !== 'goal'),
        );
      }),
      { numRuns: 2000 },
    );
    assert.ok(calls > 500, `${calls} calls`);
  }).timeout(60_000);

  it('take as long as the longest of all runs', () =>
    holds((list, graph) => {
      assert.equal(
        ask(graph).fromStart?.cost,
        worstRun(allRuns(list, 'longest', false), () => true),
      );
    })).timeout(60_000);

  it('add up what all branches do', () =>
    holds((list, graph) => {
      const way = ask(graph, { parallel: 'sum' }).fromStart;
      assert.equal(
        way?.cost,
        worstRun(allRuns(list, 'sum', false), () => true),
      );
    })).timeout(60_000);

  it('lead to the first goal of all runs that reach one', () =>
    holds((list, graph) => {
      const contains = (key: string) => graph.nodes.get(key)?.phase === 'containment';
      const way = ask(graph, {
        cost: (key) => (contains(key) ? undefined : minutesOf(graph)(key)),
        goal: (key) => (contains(key) ? minutesOf(graph)(key) : undefined),
      }).fromStart;
      assert.equal(
        way?.cost,
        worstRun(allRuns(list, 'longest', true), ({ exit }) => exit === 'goal'),
      );
    })).timeout(60_000);

  it('name the steps whose costs they are', () =>
    holds((_, graph) => {
      const way = ask(graph, { parallel: 'sum' }).fromStart;
      const sum = visitsOf(way ?? { cost: 0 }).reduce((total, { cost, times }) => total + cost * times, 0);
      assert.equal(sum, way?.cost);
    })).timeout(60_000);

  it('go on from a decision inside a loop with the passes that are left', () => {
    const graph = graphFor(`steps:
  - { id: clean, instructions: x, within: 10m }
  - id: ask
    decision: Is it clean?
    within: 1m
    repeat: { at_most: 3 }
    options:
      - { id: yes, next: report }
      - { id: no, next: clean }
  - { id: report, instructions: x, within: 5m }
`);
    const ways = ask(graph);
    const [yes, no] = graph.outgoing.get('ask') ?? [];
    assert.equal(ways.fromStart?.cost, 3 * 11 + 5);
    assert.equal(yes && ways.behind(yes)?.cost, 5);
    assert.equal(no && ways.behind(no)?.cost, 2 * 11 + 5);
  });

  it('have no bound where a loop has none', () => {
    const graph = graphFor(`steps:
  - { id: clean, instructions: x, within: 10m }
  - { id: ask, decision: x, options: [{ id: yes, next: end }, { id: no, next: clean }] }
`);
    assert.equal(ask(graph).fromStart?.cost, Number.POSITIVE_INFINITY);
    assert.equal(ask(graph, { cost: () => 0 }).fromStart?.cost, 0);
  });

  it('are never shorter than any simple way, however wild the playbook', () => {
    const target = fc.integer({ min: 0, max: 7 }).map((index) => (index === 7 ? 'end' : `s${index}`));
    const step = fc.tuple(target, target, fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 3 }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 7, maxLength: 7 }), (steps) => {
        const graph = graphFor(
          `steps:\n${steps
            .map(
              ([a, b, within, atMost], index) =>
                `  - { id: s${index}, decision: x, within: ${within}m, repeat: { at_most: ${atMost} }, options: [{ id: a, next: ${a} }, { id: b, next: ${b} }] }`,
            )
            .join('\n')}\n`,
        );
        const way = ask(graph).fromStart;
        const longest = longestSimpleWay(graph, minutesOf(graph));
        assert.ok((way?.cost ?? -1) >= (longest ?? -1), `${way?.cost} < ${longest}`);
      }),
      { numRuns: 1500 },
    );
  }).timeout(60_000);

  it('are found in 18,000 steps in a row, and in loops inside loops', () => {
    const row = Array.from({ length: 18_000 }, (_, index) => `  - { id: s${index}, instructions: x, within: 1m }`);
    assert.equal(ask(graphFor(`steps:\n${row.join('\n')}\n`)).fromStart?.cost, 18_000);
    const depth = 1000;
    const down = Array.from({ length: depth }, (_, index) => `  - { id: d${index}, instructions: x, within: 1m }`);
    const up = Array.from({ length: depth }, (_, index) => {
      const next = index + 1 < depth ? `u${index + 1}` : 'end';
      return `  - { id: u${index}, decision: x, repeat: { at_most: 1 }, options: [{ id: a, next: ${next} }, { id: b, next: d${depth - 1 - index} }] }`;
    });
    assert.ok((ask(graphFor(`steps:\n${[...down, ...up].join('\n')}\n`)).fromStart?.cost ?? 0) >= depth);
  }).timeout(20_000);
});

/** The longest way from the start that comes to no step twice. */
function longestSimpleWay(graph: Graph, cost: (key: string) => number): number | undefined {
  const walk = (key: string, seen: ReadonlySet<string>): number | undefined => {
    const rests = (graph.outgoing.get(key) ?? []).map(({ to }) =>
      to === 'end' ? 0 : seen.has(to) ? undefined : walk(to, new Set([...seen, to])),
    );
    const ended = rests.filter((rest) => rest !== undefined);
    return ended.length > 0 ? cost(key) + Math.max(...ended) : undefined;
  };
  return graph.start === undefined ? undefined : walk(graph.start, new Set([graph.start]));
}
