/** An outage of a service that has neither an RTO nor an MTPD. */
import { definitionsIn } from '../workspace/definitions.js';
import { organizationOf } from '../workspace/files.js';
import { outagesIn, outagesInScope } from '../workspace/outages.js';
import { scopeOf } from '../workspace/scope.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'service-tolerance-missing',
  category: 'impact',
  severity: 'warning',
  summary: 'An outage of a service that has neither an RTO nor an MTPD.',
  why: 'Without a tolerance nobody can tell an acceptable outage from a disaster (ISO 22301, clause 8.2).',

  *definitions({ snapshot, uri }) {
    const isOrganization = organizationOf(snapshot, uri) !== undefined;
    const outages = isOrganization ? outagesInScope(snapshot, scopeOf(snapshot, uri)) : outagesIn(snapshot, uri);
    for (const { id, value: service } of definitionsIn(snapshot, uri, 'services')) {
      const outage = outages.get(id.value);
      if (!outage || service.rto || service.mtpd) continue;
      const message = `The service "${id.value}" is taken down and has neither "rto" nor "mtpd". Say how long the business can do without it.`;
      yield { place: id.place, message, related: [{ place: outage.place, message: 'It is taken down here' }] };
    }
  },
};

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
    instructions: Pull the cable.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
services:
  core-banking: { title: Core banking, owner: coo }
  ^^^^^^^^^^^^ The service "core-banking" is taken down and has neither "rto" nor "mtpd". Say how long the business can do without it.
`,
  `
steps:
  - id: isolate-host
    instructions: Pull the cable.
    impacts:
      - { service: core-banking, effect: outage, for: 1h }
      - { service: web-shop, effect: degraded, for: 1h }
services:
  core-banking: { title: Core banking, owner: coo, mtpd: 8h }
  web-shop: { title: Web shop, owner: coo }
`,
];
