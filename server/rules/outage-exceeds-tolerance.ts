/** A way on which a service is down for longer than the business tolerates: its MTPD, or its RTO. */
import { stepsByKey } from '../graph/graph.js';
import { outageWaysOf } from '../graph/service-outages.js';
import { relatedOn, toldCost, toldInShort, toldSeconds } from '../graph/tell-way.js';
import { type Visit, visitsOf } from '../graph/way.js';
import { formatDuration, parseDuration } from '../model/duration.js';
import { impactsOf, placeOfStep, type Step } from '../model/step.js';
import type { Place } from '../text/place.js';
import { definitionOf } from '../workspace/definitions.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'outage-exceeds-tolerance',
  category: 'impact',
  severity: 'error',
  summary: 'A way on which a service is down for longer than the business tolerates: its MTPD, or its RTO.',
  why: 'A cure that keeps the service down for longer than the business survives is not one. Each step looks harmless; the sum is not.',

  *playbook({ snapshot, uri, playbook }) {
    const steps = stepsByKey(playbook);
    for (const [service, { fromStart }] of outageWaysOf(snapshot, uri)) {
      const definition = definitionOf(snapshot, uri, 'services', service)?.value;
      if (!definition || !fromStart) continue;
      const mtpd = definition.mtpd && parseDuration(definition.mtpd.value);
      const rto = definition.rto && parseDuration(definition.rto.value);
      const beyond = mtpd !== undefined && fromStart.cost > mtpd;
      const limit = beyond ? mtpd : rto;
      const tolerance = (beyond ? definition.mtpd : definition.rto)?.place;
      if (limit === undefined || tolerance === undefined || fromStart.cost <= limit) continue;
      const visits = visitsOf(fromStart).filter(({ cost }) => cost > 0);
      const decisive = steps.get(exceedingVisit(visits, limit)?.key ?? '');
      if (!decisive) continue;
      const keys = visits.map(({ key }) => key);
      const name = `${beyond ? 'MTPD' : 'RTO'} of ${formatDuration(limit)}`;
      const message = `"${service}" can be down for ${toldSeconds(fromStart.cost)}, which is more than its ${name}: ${toldInShort(keys)}.`;
      const related = [
        ...relatedOn(steps, visits, (visit) => `Takes it down for ${toldCost(visit)}`),
        { place: tolerance, message: `The ${name}` },
      ];
      const at = decisive.id ? { at: decisive.id.value } : {};
      yield { place: placeOf(decisive, service), message, severity: beyond ? 'error' : 'warning', related, ...at };
    }
  },
};

/** The visit with which the sum goes over the limit. */
function exceedingVisit(visits: readonly Visit[], limit: number): Visit | undefined {
  let sum = 0;
  return visits.find(({ cost, times }) => {
    sum += cost * times;
    return sum > limit;
  });
}

function placeOf(step: Step, service: string): Place {
  const named = impactsOf(step).find(
    (impact) => impact.service?.value === service && impact.effect?.value === 'outage',
  );
  return named?.service?.place ?? placeOfStep(step);
}

export const examples: readonly Example[] = [
  `
#- use: organization
#- playbook.yaml
steps:
  - id: stop
    instructions: Stop it.
    impacts: [{ service: core-banking, effect: outage, for: 6h }]
  - id: restore
    instructions: Restore it.
    impacts: [{ service: core-banking, effect: outage, for: 6h }]
                         ^^^^^^^^^^^^ "core-banking" can be down for 12h, which is more than its MTPD of 8h: stop > restore.
`,
  `
#- use: organization
#- playbook.yaml
steps:
  - id: ask
    decision: Stop or restore?
    options:
      - { id: stop, next: stop }
      - { id: wait, next: end }
  - id: stop
    instructions: Stop it.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
    next: end
  - id: restore
    instructions: Restore it.
    impacts: [{ service: core-banking, effect: outage, for: 6h }]
`,
  `
steps:
  - id: close-directory
        ^^^^^^^^^^^^^^^ "payments" can be down for 3h, which is more than its RTO of 2h: close-directory.
    instructions: Close the directory.
    impacts: [{ service: directory, effect: outage, for: 3h }]
services:
  directory: { rto: 4h }
  core-banking: { rto: 4h, depends_on: [directory] }
  payments: { rto: 2h, mtpd: 4h, depends_on: [core-banking] }
`,
];
