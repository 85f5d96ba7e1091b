/** Services that depend on each other. */
import { cycles } from '../graph/cycles.js';
import { definitionOf, definitionsIn } from '../workspace/definitions.js';
import { dependenciesIn } from '../workspace/dependencies.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'service-dependency-cycle',
  category: 'impact',
  severity: 'error',
  summary: 'Services that depend on each other.',
  why: 'None of them can come up first. Either one of the dependencies is not real, or recovery has a hen and an egg.',

  *definitions({ snapshot, uri }) {
    const own = dependenciesIn(snapshot, uri);
    if (own.size === 0) return;
    const neededBy = (id: string) =>
      (definitionOf(snapshot, uri, 'services', id)?.value.depends_on?.items ?? []).map(({ value }) => value);
    const inOrder = new Map(definitionsIn(snapshot, uri, 'services').map(({ id }, index) => [id.value, index]));
    for (const cycle of cycles(own.keys(), neededBy)) {
      const members = new Set(cycle);
      const [first] = cycle.filter((id) => own.has(id)).sort((a, b) => (inOrder.get(a) ?? 0) - (inOrder.get(b) ?? 0));
      const links = cycle
        .filter((id) => own.has(id))
        .sort((a, b) => (inOrder.get(a) ?? 0) - (inOrder.get(b) ?? 0))
        .flatMap((id) => (own.get(id) ?? []).filter(({ value }) => members.has(value)).map((to) => ({ id, to })));
      const [link, ...others] = links;
      if (!link || first === undefined) continue;
      const message =
        cycle.length === 1
          ? `"${first}" depends on itself. Take it out of "depends_on".`
          : `Services depend on each other: ${links.map(({ id, to }) => `${id} > ${to.value}`).join(', ')}. Take one of the dependencies out.`;
      const related = others.map(({ id, to }) => ({ place: to.place, message: `"${id}" depends on "${to.value}"` }));
      yield { place: link.to.place, message, related };
    }
  },
};

export const examples: readonly Example[] = [
  `
steps: [{ id: look, instructions: Look. }]
services:
  directory: { depends_on: [network] }
                            ^^^^^^^ Services depend on each other: directory > network, network > directory. Take one of the dependencies out.
  network: { depends_on: [directory] }
`,
  `
steps: [{ id: look, instructions: Look. }]
services:
  directory: { depends_on: [network] }
  network: { title: Network }
`,
  `
steps: [{ id: look, instructions: Look. }]
services:
  directory: { depends_on: [directory] }
                            ^^^^^^^^^ "directory" depends on itself. Take it out of "depends_on".
`,
];
