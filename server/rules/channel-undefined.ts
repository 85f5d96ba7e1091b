/** A contact through a channel that no file defines. */
import { definitionsIn } from '../workspace/definitions.js';
import { undefinedDefinition } from '../workspace/undefined-definition.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'channel-undefined',
  category: 'ownership',
  severity: 'error',
  summary: 'A contact through a channel that no file defines.',
  why: 'Whether somebody can still be reached when a service is down is known only for channels that say what they need.',

  *definitions({ snapshot, uri }) {
    for (const { value: person } of definitionsIn(snapshot, uri, 'people')) {
      for (const { channel } of person.contacts?.items ?? []) {
        yield* undefinedDefinition(snapshot, uri, 'channels', channel);
      }
    }
  },
};

export const examples: readonly Example[] = [
  `
#- bank.incident-org.yaml
format: organization/v1
people:
  sam: { name: Sam Okafor, contacts: [{ kind: chat, value: "@sam", channel: team }] }
                                                                            ^^^^ No file defines the channel "team": did you mean "teams"?
channels:
  teams: { title: Teams }
`,
  `
#- bank.incident-org.yaml
format: organization/v1
people:
  sam: { name: Sam Okafor, contacts: [{ kind: chat, value: "@sam", channel: teams }] }
channels:
  teams: { title: Teams }
`,
];
