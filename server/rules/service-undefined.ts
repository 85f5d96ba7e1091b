/** An impact on a service that no file defines. */
import { isId } from '../model/id.js';
import { didYouMean, nearest } from '../model/near.js';
import { changeToNear } from '../model/near-fixes.js';
import type { Placed } from '../model/placed.js';
import { impactsOf } from '../model/step.js';
import { definitionOf, definitionsIn, idsFor } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import type { Example, Problem, Rule } from './rule.js';

export const rule: Rule = {
  id: 'service-undefined',
  category: 'impact',
  severity: 'error',
  summary: 'An impact on a service that no file defines.',
  why: 'An impact on a service that nobody owns tells the authority nothing.',

  *step({ snapshot, uri, step }) {
    for (const part of [step, ...(step.options?.items ?? [])]) {
      for (const { service } of impactsOf(part)) yield* undefinedService(snapshot, uri, service);
    }
  },

  *definitions({ snapshot, uri }) {
    for (const kind of ['services', 'channels'] as const) {
      for (const { value } of definitionsIn(snapshot, uri, kind)) {
        for (const service of value.depends_on?.items ?? []) yield* undefinedService(snapshot, uri, service);
      }
    }
  },
};

function* undefinedService(snapshot: Reader, uri: string, service: Placed<string> | undefined): Iterable<Problem> {
  if (!service || !isId(service.value) || definitionOf(snapshot, uri, 'services', service.value)) return;
  const near = nearest(service.value, idsFor(snapshot, uri, 'services'));
  const end = near.length > 0 ? didYouMean(near) : '. Define it under "services" in the organisation.';
  yield {
    place: service.place,
    message: `No file defines the service "${service.value}"${end}`,
    fixes: changeToNear(service, near),
  };
}

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate-host
    instructions: Pull the cable.
    impacts: [{ service: core-bankign, effect: outage, for: 1h }]
                         ^^^^^^^^^^^^ No file defines the service "core-bankign": did you mean "core-banking"?
services:
  core-banking: { title: Core banking }
`,
  `
steps:
  - id: isolate-host
    instructions: Pull the cable.
    impacts: [{ service: core-banking, effect: outage, for: 1h }]
services:
  core-banking: { title: Core banking }
`,
];
