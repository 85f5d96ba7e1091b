/** A notification of an obligation that no file defines. */
import { undefinedDefinition } from '../workspace/undefined-definition.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'obligation-undefined',
  category: 'flow',
  severity: 'error',
  summary: 'A notification of an obligation that no file defines.',
  why: 'Whether the supervisor is told in time can be checked only when it is written down how much time there is.',

  *step({ snapshot, uri, step }) {
    yield* undefinedDefinition(snapshot, uri, 'obligations', step.notify?.obligation);
  },
};

const obligations = `
#- law.incident-org.yaml
format: organization/v1
obligations:
  gdpr-art-33: { title: GDPR Art. 33, within: 72h, from: awareness }
`;

export const examples: readonly Example[] = [
  `
steps:
  - id: notify
    instructions: Notify.
    notify: { obligation: gdpr-art33 }
                          ^^^^^^^^^^ No file defines the obligation "gdpr-art33": did you mean "gdpr-art-33"?
${obligations}`,
  `
steps:
  - id: notify
    instructions: Notify.
    notify: { obligation: gdpr-art-33 }
${obligations}`,
];
