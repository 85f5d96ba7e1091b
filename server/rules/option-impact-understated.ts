/** An option behind which a service may be down for longer than the option says, or one that it does not name. */
import { graphOf, stepsByKey } from '../graph/graph.js';
import { outagesOf, outageWaysOf } from '../graph/service-outages.js';
import { relatedOn, toldCost, toldSeconds } from '../graph/tell-way.js';
import { visitsOf, type Way } from '../graph/way.js';
import { formatDuration } from '../model/duration.js';
import { type Option, optionsById } from '../model/step.js';
import type { Place } from '../text/place.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'option-impact-understated',
  category: 'decisions',
  severity: 'warning',
  summary:
    'An option behind which a service may be down for longer than the option says, or one that it does not name.',
  why: 'The authority is asked to agree to less than will happen. The next question is why nobody said so.',

  *playbook({ snapshot, uri, playbook }) {
    const steps = stepsByKey(playbook);
    const graph = graphOf(snapshot, uri);
    const ways = outageWaysOf(snapshot, uri);
    for (const [key, step] of steps) {
      const options = optionsById(step);
      for (const edge of graph.outgoing.get(key) ?? []) {
        const option = edge.kind === 'option' ? options.get(edge.option ?? '') : undefined;
        // An option that says nothing at all is reported as such.
        if (!option?.impacts) continue;
        const stated = outagesOf(snapshot, uri, option);
        const worse: { service: string; way: Way; stated: number | undefined }[] = [];
        for (const [service, { behind }] of ways) {
          const way = behind(edge);
          if (way && way.cost > (stated.get(service) ?? 0)) worse.push({ service, way, stated: stated.get(service) });
        }
        const [first] = worse.sort((a, b) => b.way.cost - a.way.cost);
        if (!first) continue;
        const told = worse.slice(0, 3).map(({ service, way, stated: says }) => {
          const instead = says === undefined ? 'which it does not name' : `not ${formatDuration(says)}`;
          return `"${service}" down for ${toldSeconds(way.cost)}, ${instead}`;
        });
        const more = worse.length > 3 ? `; and ${worse.length - 3} more` : '';
        const message = `Option "${option.id?.value}" can end with ${told.join('; ')}${more}. State the worst that is behind it.`;
        const visits = visitsOf(first.way).filter(({ cost }) => cost > 0);
        const related = relatedOn(steps, visits, (visit) => `Takes "${first.service}" down for ${toldCost(visit)}`);
        yield { place: placeOf(option), message, related, ...(step.id ? { at: step.id.value } : {}) };
      }
    }
  },
};

function placeOf(option: Option): Place {
  return option.node.pairs.get('impacts')?.key.place ?? option.node.place;
}

export const examples: readonly Example[] = [
  `
steps:
  - id: ask
    decision: Do we restore?
    options:
      - id: restore
        impacts: [{ service: core-banking, effect: outage, for: 1h }]
        ^^^^^^^ Option "restore" can end with "core-banking" down for 3h, not 1h; "payments" down for 2h, which it does not name. State the worst that is behind it.
        next: stop
      - id: wait
        impacts: none
        next: end
  - id: stop
    instructions: Stop it.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
  - id: restore
    instructions: Restore it.
    impacts:
      - { service: core-banking, effect: outage, for: 2h }
      - { service: payments, effect: outage, for: 2h }
`,
  `
steps:
  - id: ask
    decision: Do we close the directory?
    options:
      - id: close
        impacts: [{ service: directory, effect: outage, for: 2h }]
        next: close
      - id: wait
        impacts: none
        next: end
  - id: close
    instructions: Close it.
    impacts: [{ service: directory, effect: outage, for: 2h }]
services:
  directory: { title: Directory }
  core-banking: { title: Core banking, depends_on: [directory] }
`,
  `
steps:
  - id: restart
    instructions: Restart it.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
  - id: ask
    decision: Is it up?
    repeat: { at_most: 3 }
    options:
      - { id: yes, impacts: none, next: end }
      - id: no
        impacts: none
        ^^^^^^^ Option "no" can end with "core-banking" down for 2h, which it does not name. State the worst that is behind it.
        next: restart
`,
];
