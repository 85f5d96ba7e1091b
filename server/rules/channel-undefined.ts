/** A contact through a channel that no file defines. */
import { isId } from '../model/id.js';
import { didYouMean, nearest } from '../model/near.js';
import { changeToNear } from '../model/near-fixes.js';
import { definitionOf, definitionsIn, idsFor } from '../workspace/definitions.js';
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
        if (!channel || !isId(channel.value) || definitionOf(snapshot, uri, 'channels', channel.value)) continue;
        const near = nearest(channel.value, idsFor(snapshot, uri, 'channels'));
        const end = near.length > 0 ? didYouMean(near) : '. Define it under "channels" in the organisation.';
        const fixes = changeToNear(channel, near);
        yield { place: channel.place, message: `No file defines the channel "${channel.value}"${end}`, fixes };
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
