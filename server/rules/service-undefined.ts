/** An impact on a service that no file defines. */
import { impactsOf } from '../model/step.js';
import { definitionsIn } from '../workspace/definitions.js';
import { undefinedDefinition } from '../workspace/undefined-definition.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'service-undefined',
  category: 'impact',
  severity: 'error',
  summary: 'An impact on a service that no file defines.',
  why: 'An impact on a service that nobody owns tells the authority nothing.',

  *step({ snapshot, uri, step }) {
    for (const part of [step, ...(step.options?.items ?? [])]) {
      for (const { service } of impactsOf(part)) yield* undefinedDefinition(snapshot, uri, 'services', service);
    }
  },

  *definitions({ snapshot, uri }) {
    for (const kind of ['services', 'channels'] as const) {
      for (const { value } of definitionsIn(snapshot, uri, kind)) {
        for (const service of value.depends_on?.items ?? []) {
          yield* undefinedDefinition(snapshot, uri, 'services', service);
        }
      }
    }
  },
};

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
