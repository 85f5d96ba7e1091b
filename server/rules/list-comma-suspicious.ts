/** A sentence in a list in brackets that a comma has cut in two. */
import { bracketedProseIn } from '../model/prose.js';
import { type Schema, schemaAt } from '../model/schema.js';
import type { MapNode, ScalarNode, SequenceNode } from '../text/node.js';
import { organizationOf } from '../workspace/files.js';
import type { Example, Problem, Rule } from './rule.js';

export const rule: Rule = {
  id: 'list-comma-suspicious',
  category: 'flow',
  severity: 'warning',
  summary: 'A sentence in a list in brackets that a comma has cut in two.',
  why: 'Two boxes to tick stand where one condition was meant, and each half of it says something else.',

  *step({ step }) {
    yield* cutIn(step.node, STEP);
  },

  *playbook({ playbook }) {
    yield* cutIn(playbook.node, PLAYBOOK, new Set(['steps']));
  },

  *definitions({ snapshot, uri }) {
    const organization = organizationOf(snapshot, uri)?.value;
    if (organization) yield* cutIn(organization.node, ORGANIZATION);
  },
};

const STEP: Schema = { $ref: 'playbook.schema.json#/definitions/step' };
const PLAYBOOK = schemaAt('playbook.schema.json');
const ORGANIZATION = schemaAt('organization.schema.json');

/** Words that go on with a sentence and hardly begin one. */
const GOING_ON =
  /^(?:or|and|but|nor|then|than|which|who|whose|that|because|unless|until|while|where|when|if|including|such as|for example|e\.g\.|i\.e\.)(?=\s|$)/;

function* cutIn(node: MapNode, schema: Schema, without?: ReadonlySet<string>): Iterable<Problem> {
  for (const list of bracketedProseIn(node, schema, without)) yield* cutItems(list);
}

function* cutItems({ items }: SequenceNode): Iterable<Problem> {
  for (const [index, item] of items.entries()) {
    const before = items[index - 1];
    if (!before || !isPlain(before) || !isPlain(item) || !isCut(before, item)) continue;
    const { piece } = item.place;
    const place = { piece, start: before.place.start, end: item.place.end };
    const source = piece.text.slice(place.start, place.end).replace(/\s+/g, ' ');
    const text = `"${source.replace(/["\\]/g, '\\$&')}"`;
    yield {
      place: item.place,
      message: `The comma before it makes "${item.source}" an item of its own. If it belongs to "${before.source}", put both in quotes.`,
      fixes: [{ title: `Put both in quotes: ${text}`, edits: [{ place, text }], isSafe: false }],
    };
  }
}

function isCut(before: ScalarNode, item: ScalarNode): boolean {
  const word = GOING_ON.exec(item.source)?.[0];
  // A list of conditions may say "if" again and again.
  if (word !== undefined) return !before.source.toLowerCase().startsWith(word);
  if (/\([^)]*$/.test(before.source) && /^[^(]*\)/.test(item.source)) return true;
  const isGlued = item.place.start === before.place.end + 1;
  return isGlued && /\d$/.test(before.source) && /^\d{3}(?!\d)/.test(item.source);
}

function isPlain(node: SequenceNode['items'][number]): node is ScalarNode {
  return node.kind === 'scalar' && node.source !== '' && !/^["']/.test(node.place.piece.text[node.place.start] ?? '');
}

export const examples: readonly Example[] = [
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    evidence: [Encryption seen, or excluded]
                                ^^^^^^^^^^^ The comma before it makes "or excluded" an item of its own. If it belongs to "Encryption seen", put both in quotes.
    done_when: [Hosts (servers, laptops) are off, More than 1,000 checked]
                                ^^^^^^^^^^^^^^^^ The comma before it makes "laptops) are off" an item of its own. If it belongs to "Hosts (servers", put both in quotes.
                                                              ^^^^^^^^^^^ The comma before it makes "000 checked" an item of its own. If it belongs to "More than 1", put both in quotes.
`,
  `
steps:
  - id: isolate
    instructions: Pull the cable.
    evidence: ["Encryption seen, or excluded", Andon cord pulled]
    done_when:
      - Isolated, then told
      - Hosts (servers, laptops) are off
    threats: [T1078, T1098]
`,
];
