/** One person who must take too many decisions on one path, or two at the same time on parallel branches. */
import { type Graph, graphOf, stepsByKey } from '../graph/graph.js';
import { relatedOn } from '../graph/tell-way.js';
import { type Visit, visitsOf } from '../graph/way.js';
import { openGroundOf, worstWaysOn } from '../graph/worst-ways.js';
import { each } from '../model/placed.js';
import { kindOf } from '../model/step.js';
import { configurationFor } from '../workspace/configuration.js';
import { definitionOf } from '../workspace/definitions.js';
import { fact } from '../workspace/fact.js';
import { playbookOf, sameList } from '../workspace/files.js';
import { holderOf } from '../workspace/holders.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'authority-overloaded',
  category: 'decisions',
  severity: 'warning',
  summary: 'One person who must take too many decisions on one path, or two at the same time on parallel branches.',
  why: 'Everything waits for the one who decides everything. The third decision of a night is not as good as the first.',

  *playbook({ snapshot, uri, playbook }) {
    const steps = stepsByKey(playbook);
    const limit = configurationFor(snapshot, uri).limits.decisionsPerPerson;
    const placeOf = (key: string) => each(steps.get(key)?.authority)[0]?.place;
    const at = (key: string) => (steps.get(key)?.id ? { at: key } : {});
    for (const { person, decisions, clash } of loadsOf(snapshot, uri)) {
      const name = `"${person.replace(/^role /, '')}"`;
      const beyond = decisions[limit];
      const beyondPlace = beyond && placeOf(beyond.key);
      if (beyond && beyondPlace) {
        const message = `${name} must take ${decisions.length} decisions on one path, and more than ${limit} are too many: ${decisions.map(({ key }) => key).join(', ')}. Give some to somebody else.`;
        const related = relatedOn(steps, decisions, (_, position) => `Decision ${position} of ${name}`);
        yield { place: beyondPlace, message, related, ...at(beyond.key) };
        continue;
      }
      const place = clash && placeOf(clash.second);
      if (!clash || !place) continue;
      const message = `${name} must decide ${titled(clash.first)} and ${titled(clash.second)} at the same time: they stand in parallel branches of ${titled(clash.block)}. Give one to somebody else.`;
      const related = relatedOn(steps, [{ key: clash.first, cost: 0, times: 1 }], () => 'At the same time as this');
      yield { place, message, related, ...at(clash.second) };
    }
  },
};

/** Which decisions each person takes, by key, and each role that nobody holds. */
const decisionsByPersonOf = fact((reader, uri: string): ReadonlyMap<string, readonly string[]> => {
  const playbook = playbookOf(reader, uri)?.value;
  const byPerson = new Map<string, string[]>();
  for (const [key, step] of playbook ? stepsByKey(playbook) : []) {
    const [authority] = kindOf(step) === 'decision' ? each(step.authority) : [];
    if (!authority) continue;
    const person = holderOf(reader, uri, authority.value);
    // Behind a rota there is more than one person.
    if (person !== undefined && definitionOf(reader, uri, 'people', person)?.value.rota?.value) continue;
    const name = person ?? `role ${authority.value}`;
    const keys = byPerson.get(name);
    if (keys) keys.push(key);
    else byPerson.set(name, [key]);
  }
  return byPerson;
}, sameLists);

function sameLists(before: ReadonlyMap<string, readonly string[]>, after: ReadonlyMap<string, readonly string[]>) {
  return before.size === after.size && [...after].every(([name, keys]) => sameList(before.get(name) ?? [], keys));
}

interface Load {
  readonly person: string;
  /** The decisions on the path that holds most of them; none where there are not too many in all. */
  readonly decisions: readonly Visit[];
  readonly clash: Clash | undefined;
}

/** What each person must decide on one path, or at the same time. It holds keys, so that it lasts while words are typed. */
const loadsOf = fact((reader, uri: string): readonly Load[] => {
  const graph = graphOf(reader, uri);
  const limit = configurationFor(reader, uri).limits.decisionsPerPerson;
  return [...decisionsByPersonOf(reader, uri)].flatMap(([person, keys]): Load[] => {
    if (keys.length < 2) return [];
    const clash = atTheSameTime(graph, keys);
    if (keys.length <= limit) return [{ person, decisions: [], clash }];
    const decides = new Set(keys);
    const cost = (key: string) => (decides.has(key) ? 1 : 0);
    const way = worstWaysOn(openGroundOf(reader, uri), { cost, parallel: 'sum', once: true }).fromStart;
    const decisions = way ? visitsOf(way).filter((visit) => visit.cost > 0) : [];
    return [{ person, decisions, clash }];
  });
});

interface Clash {
  readonly first: string;
  readonly second: string;
  readonly block: string;
}

/** The first two steps that stand in different branches of one parallel block. Blocks in branches count as well. */
function atTheSameTime(graph: Graph, keys: readonly string[]): Clash | undefined {
  const firstIn = new Map<string, { branch: number; key: string }>();
  for (const key of keys) {
    const seen = new Set<string>();
    for (
      let at = graph.nodes.get(key);
      at?.block !== undefined && !seen.has(at.block);
      at = graph.nodes.get(at.block)
    ) {
      seen.add(at.block);
      const before = firstIn.get(at.block);
      if (before && before.branch !== at.branch) return { first: before.key, second: key, block: at.block };
      if (!before) firstIn.set(at.block, { branch: at.branch ?? 0, key });
    }
  }
  return undefined;
}

function titled(key: string): string {
  return `"${key}"`;
}

const decision = (id: string, authority: string, next: string) =>
  `  - { id: ${id}, decision: "${id}?", authority: ${authority}, options: [{ id: yes, next: ${next} }, { id: no, next: end }] }`;

export const examples: readonly Example[] = [
  `
steps:
${decision('one', 'ciso', 'two')}
${decision('two', 'ciso', 'three')}
${decision('three', 'ciso', 'four')}
  - id: four
    decision: Four?
    authority: ciso
               ^^^^ "ciso" must take 4 decisions on one path, and more than 3 are too many: one, two, three, four. Give some to somebody else.
    options: [{ id: yes, next: end }, { id: no, next: end }]
`,
  `
steps:
${decision('one', 'ciso', 'two')}
${decision('two', 'ciso', 'three')}
${decision('three', 'ciso', 'end')}
${decision('four', 'ciso', 'end')}
`,
  `
steps:
  - { id: both, parallel: [[cut], [tell]], join: end }
${decision('cut', 'ciso', 'end')}
  - id: tell
    decision: Do we tell customers?
    authority: head-of-it
               ^^^^^^^^^^ "priya-shah" must decide "cut" and "tell" at the same time: they stand in parallel branches of "both". Give one to somebody else.
    options: [{ id: yes, next: end }, { id: no, next: end }]
roles:
  ciso: { holder: priya-shah }
  head-of-it: { holder: priya-shah }
`,
  `
steps:
  - { id: both, parallel: [[cut], [tell]], join: end }
${decision('cut', 'ciso', 'end')}
${decision('tell', 'coo', 'end')}
`,
];
