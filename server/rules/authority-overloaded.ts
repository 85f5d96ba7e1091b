/** One person who must take too many decisions on one path, or two at the same time on parallel branches. */
import { type Graph, graphOf, stepsByKey } from '../graph/graph.js';
import { relatedOn } from '../graph/tell-way.js';
import { visitsOf } from '../graph/way.js';
import { openGroundOf, worstWaysOn } from '../graph/worst-ways.js';
import { each, type Placed } from '../model/placed.js';
import { kindOf } from '../model/step.js';
import { configurationFor } from '../workspace/configuration.js';
import { definitionOf } from '../workspace/definitions.js';
import { holderOf } from '../workspace/holders.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'authority-overloaded',
  category: 'decisions',
  severity: 'warning',
  summary: 'One person who must take too many decisions on one path, or two at the same time on parallel branches.',
  why: 'Everything waits for the one who decides everything. The third decision of a night is not as good as the first.',

  *playbook({ snapshot, uri, playbook }) {
    const graph = graphOf(snapshot, uri);
    const steps = stepsByKey(playbook);
    const limit = configurationFor(snapshot, uri).limits.decisionsPerPerson;
    const byPerson = new Map<string, Map<string, Placed<string>>>();
    for (const [key, step] of steps) {
      const [authority] = kindOf(step) === 'decision' ? each(step.authority) : [];
      if (!authority) continue;
      const person = holderOf(snapshot, uri, authority.value);
      // Behind a rota there is more than one person.
      if (person !== undefined && definitionOf(snapshot, uri, 'people', person)?.value.rota?.value) continue;
      const name = person ?? `role ${authority.value}`;
      byPerson.set(name, (byPerson.get(name) ?? new Map()).set(key, authority));
    }
    for (const [person, decisions] of byPerson) {
      if (decisions.size < 2) continue;
      const name = `"${person.replace(/^role /, '')}"`;
      const at = (key: string) => (steps.get(key)?.id ? { at: key } : {});
      if (decisions.size > limit) {
        const cost = (key: string) => (decisions.has(key) ? 1 : 0);
        const way = worstWaysOn(openGroundOf(snapshot, uri), { cost, parallel: 'sum', once: true }).fromStart;
        const visits = way ? visitsOf(way).filter(({ cost: counts }) => counts > 0) : [];
        const beyond = visits[limit];
        const place = decisions.get(beyond?.key ?? '')?.place;
        if (beyond && place) {
          const message = `${name} must take ${visits.length} decisions on one path, and more than ${limit} are too many: ${visits.map(({ key }) => key).join(', ')}. Give some to somebody else.`;
          const related = relatedOn(steps, visits, (_, position) => `Decision ${position} of ${name}`);
          yield { place, message, related, ...at(beyond.key) };
          continue;
        }
      }
      const clash = atTheSameTime(graph, [...decisions.keys()]);
      const place = clash && decisions.get(clash.second)?.place;
      if (!clash || !place) continue;
      const message = `${name} must decide ${titled(clash.first)} and ${titled(clash.second)} at the same time: they stand in parallel branches of ${titled(clash.block)}. Give one to somebody else.`;
      const related = relatedOn(steps, [{ key: clash.first, cost: 0, times: 1 }], () => 'At the same time as this');
      yield { place, message, related, ...at(clash.second) };
    }
  },
};

/** The first two steps that stand in different branches of one parallel block. Blocks in branches count as well. */
function atTheSameTime(
  graph: Graph,
  keys: readonly string[],
): { first: string; second: string; block: string } | undefined {
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
