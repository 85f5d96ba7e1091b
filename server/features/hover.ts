/** What is said about the thing under the cursor. */
import { calleeOf } from '../graph/calls.js';
import { toldSeconds } from '../graph/tell-way.js';
import { worstTimeOf } from '../graph/times.js';
import { timesUntilOf } from '../graph/times-until.js';
import { each, type Placed, type PlacedList } from '../model/placed.js';
import { resolved, type Schema } from '../model/schema.js';
import { branchFor } from '../model/schema-problem.js';
import { kindOf, titleOfStep } from '../model/step.js';
import { rulePage } from '../product.js';
import { rules } from '../rules/index.js';
import type { Node } from '../text/node.js';
import type { Span } from '../text/place.js';
import { definitionOf, playbookIdsOf } from '../workspace/definitions.js';
import { downWith } from '../workspace/dependencies.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { holderOf } from '../workspace/holders.js';
import { scopeOf } from '../workspace/scope.js';
import { techniquePage } from './document-links.js';
import { listOf, type Occurrence, occurrenceAt, schemaOf } from './occurrences.js';

export interface Hover {
  /** CommonMark, in which every text of a file is escaped. */
  readonly markdown: string;
  readonly span: Span;
}

/** Takes a file and an offset. Gives what is said about the id, the key or the value there. */
export function hoverAt(reader: Reader, uri: string, offset: number): Hover | undefined {
  const tree = treeOf(reader, uri);
  if (!tree?.root) return undefined;
  const occurrence = occurrenceAt(reader, uri, offset);
  if (occurrence) {
    const lines = [...aboutId(reader, uri, occurrence), ...whereDefined(reader, uri, occurrence)];
    if (lines.length > 0) return { markdown: lines.join('\n\n'), span: tree.spanOf(occurrence.place) };
  }
  const schema = schemaOf(reader, uri);
  const pieceSpanOf = ({ place: { piece } }: Node) => tree.spanOf({ piece, start: 0, end: piece.text.length });
  return schema && aboutKey(tree.root, schema, (node) => tree.spanOf(node.place), pieceSpanOf, offset);
}

/** A definition of the playbook's own hides the organisation's of the same id. */
function whereDefined(reader: Reader, uri: string, { kind, id }: Occurrence): string[] {
  const list = listOf(kind);
  const isOwn = list && playbookOf(reader, uri) && definitionOf(reader, uri, list, id)?.uri === uri;
  return isOwn ? ['Defined in this playbook, which wins over the organisation.'] : [];
}

function aboutId(reader: Reader, uri: string, { kind, id, step }: Occurrence): string[] {
  switch (kind) {
    case 'role':
      return aboutRole(reader, uri, id);
    case 'person':
      return aboutPerson(reader, uri, id);
    case 'service':
      return aboutService(reader, uri, id);
    case 'step':
      return aboutStep(reader, uri, id);
    case 'option': {
      const option = stepOf(reader, uri, step ?? '')?.options?.items.find((one) => one.id?.value === id);
      return option
        ? [
            `**${escaped(option.label?.value ?? id)}**`,
            option.next ? `Goes on to \`${option.next.value}\`.` : '',
          ].filter(Boolean)
        : [];
    }
    case 'playbook': {
      const target = playbookIdsOf(reader, scopeOf(reader, uri)).get(id);
      const playbook = target === undefined ? undefined : playbookOf(reader, target)?.value;
      if (!playbook || target === undefined) return [];
      return [
        `**${escaped(playbook.title?.value ?? id)}**`,
        escaped(playbook.summary?.value.trim() ?? ''),
        `Takes ${toldSeconds(worstTimeOf(reader, target))} in the worst case.`,
      ].filter(Boolean);
    }
    case 'obligation': {
      const obligation = definitionOf(reader, uri, 'obligations', id)?.value;
      if (!obligation) return [];
      const to = obligation.to ? ` to ${escaped(obligation.to.value)}` : '';
      return [
        `**${escaped(obligation.title?.value ?? id)}**${to}`,
        `Within ${obligation.within?.value} from ${obligation.from?.value}.`,
      ];
    }
    case 'channel': {
      const channel = definitionOf(reader, uri, 'channels', id)?.value;
      const needs = (channel?.depends_on?.items ?? []).map(({ value }) => `\`${value}\``).join(', ');
      return channel
        ? [`**${escaped(channel.title?.value ?? id)}**`, needs ? `Needs ${needs}.` : 'Needs no service of ours.']
        : [];
    }
    case 'rule': {
      const rule = rules.find((one) => one.id === id);
      return rule
        ? [`**${id}**: ${rule.severity}`, rule.summary, rule.why, `[The page of this rule](${rulePage(id)})`]
        : [];
    }
  }
}

function aboutRole(reader: Reader, uri: string, id: string): string[] {
  const definition = definitionOf(reader, uri, 'roles', id);
  if (!definition) return [];
  const { value: role } = definition;
  const deputies = (role.deputies?.items ?? []).map(({ value }) => personName(reader, uri, value));
  const decisions = decisionsOf(reader, uri, id);
  return [
    `**${escaped(role.title?.value ?? id)}**`,
    role.holder
      ? `Held by ${personName(reader, uri, role.holder.value)}${contactsOf(reader, uri, role.holder.value)}.`
      : 'Held by nobody.',
    deputies.length > 0 ? `Deputies, in this order: ${deputies.join(', ')}.` : 'No deputy.',
    decisions.length > 0 ? `Must decide in this playbook: ${decisions.join(', ')}` : '',
  ].filter(Boolean);
}

/** The decisions of the person who holds a role, whichever role they are taken in. */
function decisionsOf(reader: Reader, uri: string, role: string): string[] {
  const holder = holderOf(reader, uri, role);
  return (playbookOf(reader, uri)?.value.steps?.items ?? [])
    .filter((step) => kindOf(step) === 'decision')
    .filter((step) =>
      each(step.authority).some(
        ({ value }) => value === role || (holder !== undefined && holderOf(reader, uri, value) === holder),
      ),
    )
    .map((step) => `“${escaped(titleOfStep(step))}”`);
}

function aboutPerson(reader: Reader, uri: string, id: string): string[] {
  const person = definitionOf(reader, uri, 'people', id)?.value;
  return person
    ? [`**${escaped(person.name?.value ?? id)}**${person.rota?.value ? ' (rota)' : ''}${contactsOf(reader, uri, id)}`]
    : [];
}

function personName(reader: Reader, uri: string, id: string): string {
  const name = definitionOf(reader, uri, 'people', id)?.value.name?.value;
  return name === undefined ? `\`${id}\` (defined nowhere)` : escaped(name);
}

function contactsOf(reader: Reader, uri: string, id: string): string {
  const contacts = definitionOf(reader, uri, 'people', id)?.value.contacts?.items ?? [];
  const told = contacts.map(({ kind, value }) =>
    `${kind?.value.replace('_', ' ') ?? ''} ${escaped(value?.value ?? '')}`.trim(),
  );
  return told.length > 0 ? `: ${told.join(', ')}` : '';
}

function aboutService(reader: Reader, uri: string, id: string): string[] {
  const service = definitionOf(reader, uri, 'services', id)?.value;
  if (!service) return [];
  const tolerances = [
    ['RTO', service.rto],
    ['RPO', service.rpo],
    ['MTPD', service.mtpd],
  ].flatMap(([name, value]) => (value ? [`${name as string} ${(value as Placed<string>).value}`] : []));
  const [, ...dependents] = downWith(reader, uri, id);
  return [
    `**${escaped(service.title?.value ?? id)}**`,
    `Owner: ${told(service.owner) || 'nobody'}. ${tolerances.join(', ') || 'No tolerance stated'}.`,
    service.loss ? `An outage costs: ${escaped(service.loss.value)}` : '',
    service.isolation?.allowed
      ? `Isolation: ${service.isolation.allowed.value.replace('_', ' ')}${service.isolation.authority ? `, ${told(service.isolation.authority)}` : ''}.`
      : '',
    dependents.length > 0
      ? `Down with it: ${dependents
          .slice(0, 20)
          .map((one) => `\`${one}\``)
          .join(', ')}${dependents.length > 20 ? ' and more' : ''}.`
      : '',
  ].filter(Boolean);
}

function aboutStep(reader: Reader, uri: string, id: string): string[] {
  const step = stepOf(reader, uri, id);
  if (!step) return id === 'end' ? ['The playbook ends here.'] : [];
  const until = timesUntilOf(reader, uri).until(id);
  const callee = calleeOf(reader, uri, step.playbook?.value);
  return [
    `**${escaped(titleOfStep(step))}**${step.phase ? `, ${step.phase.value.replace('_', ' ')}` : ''}`,
    [
      `Owner: ${told(step.owner) || 'nobody'}.`,
      kindOf(step) === 'decision' ? `Decides: ${told(step.authority) || 'nobody'}.` : '',
      callee === undefined
        ? step.within
          ? `Within ${step.within.value}.`
          : 'No time budget.'
        : `Takes ${toldSeconds(worstTimeOf(reader, callee))} in the worst case.`,
    ]
      .filter(Boolean)
      .join(' '),
    until === undefined ? 'No way from the start leads here.' : `Worst-case time until here: ${toldSeconds(until)}.`,
  ];
}

function stepOf(reader: Reader, uri: string, id: string) {
  return playbookOf(reader, uri)?.value.steps?.items.find((step) => step.id?.value === id);
}

function told(roles: Placed<string> | PlacedList<Placed<string>> | undefined): string {
  return each(roles)
    .map(({ value }) => `\`${value}\``)
    .join(', ');
}

/** What the schema says of the key under the cursor, or of the ATT&CK id. */
function aboutKey(
  root: Node,
  top: Schema,
  spanOf: (node: Node) => Span,
  pieceSpanOf: (node: Node) => Span,
  offset: number,
): Hover | undefined {
  const isOn = ({ start, end }: Span) => start <= offset && offset <= end;
  const visit = (node: Node, schema: Schema): Hover | undefined => {
    const branch = branchFor(resolved(schema), node);
    if (node.kind === 'sequence') {
      return first(node.items, (item) => (isOn(pieceSpanOf(item)) ? visit(item, branch.items ?? {}) : undefined));
    }
    if (node.kind === 'scalar') {
      const page =
        resolved(schema).format === 'attack-id' && isOn(spanOf(node)) ? techniquePage(String(node.value)) : undefined;
      return page ? { markdown: `[${String(node.value)} in MITRE ATT&CK](${page})`, span: spanOf(node) } : undefined;
    }
    return first([...node.pairs], ([name, { key, value }]) => {
      const additional = typeof branch.additionalProperties === 'object' ? branch.additionalProperties : undefined;
      const property = branch.properties?.[name] ?? additional;
      if (!property) return undefined;
      if (isOn(spanOf(key)) && branch.properties?.[name])
        return { markdown: keyText(name, property), span: spanOf(key) };
      return visit(value, property);
    });
  };
  return visit(root, top);
}

function keyText(name: string, schema: Schema): string {
  const { description, examples, enum: choices } = resolved(schema);
  const example = examples?.[0];
  const shown =
    typeof example === 'string' || typeof example === 'number' || typeof example === 'boolean'
      ? `${name}: ${example}`
      : undefined;
  return [
    description ?? '',
    choices ? `One of ${choices.map((choice) => `\`${String(choice)}\``).join(', ')}.` : '',
    shown ? `\`\`\`yaml\n${shown}\n\`\`\`` : '',
  ]
    .filter(Boolean)
    .join('\n\n');
}

function first<T>(items: readonly T[], look: (item: T) => Hover | undefined): Hover | undefined {
  for (const item of items) {
    const hover = look(item);
    if (hover) return hover;
  }
  return undefined;
}

function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+!|~<>&]/g, '\\$&').replace(/\s+/g, ' ');
}
