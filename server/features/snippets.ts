/** Whole files, steps, people and other things to begin with. What they name is chosen from what is defined. */
import { formatDate } from '../model/date.js';
import { END, isId } from '../model/id.js';
import { type Schema, schemaAt } from '../model/schema.js';
import type { Step } from '../model/step.js';
import { rules } from '../rules/index.js';
import { type DefinitionKind, idsFor, playbookIdsOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf } from '../workspace/files.js';
import { scopeOf } from '../workspace/scope.js';
import { todayOf } from '../workspace/snapshot.js';
import type { Completion } from './completion.js';

/** A choice of more would be a wall; what is not among them is typed. */
const MOST_CHOICES = 50;

const PHASES = schemaAt('playbook.schema.json#/definitions/step').properties?.['phase']?.enum?.map(String) ?? [];
const CONTACT_KINDS = schemaAt('common.schema.json#/definitions/contact').properties?.['kind']?.enum?.map(String) ?? [];
const EXERCISE_KINDS =
  schemaAt('playbook.schema.json#/definitions/exercise').properties?.['kind']?.enum?.map(String) ?? [];
const EFFECTS = schemaAt('playbook.schema.json#/definitions/impact').properties?.['effect']?.enum?.map(String) ?? [];
const ISOLATIONS =
  schemaAt('common.schema.json#/definitions/isolation').properties?.['allowed']?.enum?.map(String) ?? [];
const CRITICALITIES =
  schemaAt('common.schema.json#/definitions/service').properties?.['criticality']?.enum?.map(String) ?? [];

type RoleField = 'owner' | 'authority' | 'escalate_to';

/** The whole items of a list, for the schema of its items; in brackets those that are written on one line. */
export function* wholeItems(reader: Reader, uri: string, schema: Schema, isInFlow: boolean): Iterable<Completion> {
  const choices = choicesFor(reader, uri);
  const definition = schema.$ref?.slice(schema.$ref.lastIndexOf('/') + 1);
  if (definition === 'impact') {
    yield snippet('new impact', 'What happens to a service, and for how long.', [impact(choices)]);
  }
  if (definition === 'contact') {
    yield snippet('new contact', 'A way to reach somebody.', [contact(1)]);
  }
  if (isInFlow) return;
  if (definition === 'step') yield* steps(choices);
  if (definition === 'option') {
    yield snippet(
      'new option',
      'An answer, what it costs, and how it goes on.',
      option(choices, 1, { id: 'option-id', label: 'Label', next: 'step-id' }),
    );
  }
  if (definition === 'exercise') {
    yield snippet('new exercise', 'An exercise that was held, and what it found.', [
      `on: \${1:${choices.day(0)}}`,
      `kind: ${choice(2, EXERCISE_KINDS, 'tabletop')}`,
      `led_by: ${choices.role(3)}`,
      'summary: ${4:What was practised}',
      'findings:',
      '  - title: ${5:What fell short}',
      `    owner: ${choices.role(6)}`,
      `    due: \${7:${choices.day(30)}}`,
    ]);
  }
  if (definition === 'exerciseFinding') {
    yield snippet('new finding', 'What fell short in an exercise, and who closes it by when.', [
      'title: ${1:What fell short}',
      `owner: ${choices.role(2)}`,
      `due: \${3:${choices.day(30)}}`,
    ]);
  }
  if (definition === 'waiver') {
    yield snippet('new waiver', 'Accepts a finding for a while.', [
      'rule: ${1:rule}',
      `at: ${choices.step(2, 'step')}`,
      `owner: ${choices.role(3)}`,
      'reason: ${4:Justification}',
      `expires: \${5:${choices.day(180)}}`,
    ]);
  }
}

/** The whole entries of a map whose keys are ids, for its schema. */
export function* wholeEntries(reader: Reader, uri: string, schema: Schema): Iterable<Completion> {
  const entry = typeof schema.additionalProperties === 'object' ? schema.additionalProperties.$ref : undefined;
  const choices = choicesFor(reader, uri);
  switch (entry?.slice(entry.lastIndexOf('/') + 1)) {
    case 'person':
      yield snippet('new person', 'Somebody who holds a role, and how to reach them.', [
        '${1:first-last}:',
        '  name: ${2:First Last}',
        '  contacts:',
        `    - ${contact(3)}`,
      ]);
      return;
    case 'role':
      yield snippet('new role', 'A role, who holds it, and who stands in.', [
        '${1:role-id}:',
        '  title: ${2:Title}',
        `  holder: ${choices.defined(3, 'people', 'person-id')}`,
        `  deputies: [${choice(4, idsFor(reader, uri, 'people').slice(1), 'person-id')}]`,
      ]);
      return;
    case 'service':
      yield snippet('new service', 'A service, who answers for it, and how long it may be down.', [
        '${1:service-id}:',
        '  title: ${2:Title}',
        `  owner: ${choices.role(3)}`,
        `  criticality: ${choice(4, CRITICALITIES, 'high')}`,
        '  rto: ${5:4h}',
        '  mtpd: ${6:1d}',
        '  isolation:',
        `    allowed: ${choice(7, ISOLATIONS, 'with_authority')}`,
        `    authority: ${choices.role(8)}`,
      ]);
      return;
    case 'channel':
      yield snippet('new channel', 'A way to communicate, and the services it needs.', [
        '${1:channel-id}:',
        '  title: ${2:Title}',
        `  depends_on: [${choices.defined(3, 'services', 'service-id')}]`,
      ]);
      return;
    case 'obligation':
      yield snippet('new obligation', 'A duty to notify: whom, and within which time.', [
        '${1:obligation-id}:',
        '  title: ${2:Title}',
        '  to: ${3:Authority or customer}',
        '  within: ${4:72h}',
        '  from: ${5:clock-id}',
        `  owner: ${choices.role(6)}`,
      ]);
      return;
    case 'ruleSeverity':
      for (const [index, { id, summary, why, severity }] of rules.entries()) {
        yield {
          ...snippet(id, `${summary} ${why}`, [`${id}: $0`]),
          kind: 'key',
          detail: severity,
          order: index,
          leadsToMore: true,
        };
      }
  }
}

/** What an empty file with one of our names can begin with. */
export function* wholeFile(uri: string, today: number): Iterable<Completion> {
  const day = formatDate(today);
  if (/\.incident-playbook\.ya?ml$/.test(uri)) {
    const name = /([^/]*)\.incident-playbook\.ya?ml$/.exec(uri)?.[1] ?? '';
    yield snippet('Playbook', 'A playbook with its first step.', [
      'format: playbook/v1',
      `id: \${1:${isId(name) ? name : 'playbook-id'}}`,
      'title: ${2:Short title}',
      'severity: ${3|critical,high,medium,low|}',
      'status: draft',
      'accountable: ${4:role-id}',
      'author: ${5:role-id}',
      `review: { every: 180d, last: ${day} }`,
      'triggers:',
      '  - ${6:What starts this playbook}',
      'steps:',
      '  - id: ${7:step-id}',
      '    title: ${8:Short title}',
      `    phase: ${choice(9, PHASES, 'detection')}`,
      '    owner: ${10:role-id}',
      '    within: ${11:30m}',
      '    instructions: |',
      '      ${12:Instructions}',
      '    impacts: none',
      '    done_when: [${13:Observable result}]',
    ]);
  }
  if (/\.incident-org\.ya?ml$/.test(uri)) {
    yield snippet('Organisation', 'An organisation with a person, a role and a service.', [
      'format: organization/v1',
      'name: ${1:Name}',
      'people:',
      '  ${2:first-last}:',
      '    name: ${3:First Last}',
      '    contacts:',
      `      - ${contact(4)}`,
      'roles:',
      '  ${6:role-id}:',
      '    title: ${7:Title}',
      '    holder: ${2:first-last}',
      'services:',
      '  ${8:service-id}:',
      '    title: ${9:Title}',
      '    owner: ${6:role-id}',
      '    rto: ${10:4h}',
      '    mtpd: ${11:1d}',
    ]);
  }
}

function* steps(choices: Choices): Iterable<Completion> {
  yield snippet('Step: action', 'A step that somebody performs.', [
    'id: ${1:step-id}',
    'title: ${2:Short title}',
    `phase: ${choice(3, PHASES, 'detection')}`,
    `owner: ${choices.role(4)}`,
    'within: ${5:30m}',
    'instructions: |',
    '  ${6:Instructions}',
    'impacts: ${7:none}',
    'done_when: [${8:Observable result}]',
  ]);
  yield snippet('Step: decision', 'A question, who decides, until when, and what each answer costs.', [
    'id: ${1:step-id}',
    `phase: ${choice(2, PHASES, 'containment')}`,
    'decision: ${3:Question to decide}',
    'evidence: [${4:Required evidence}]',
    `owner: ${choices.role(5)}`,
    `authority: ${choices.role(6, 'authority')}`,
    'within: ${7:30m}',
    `escalate_to: ${choices.role(8, 'escalate_to')}`,
    'if_no_decision: ${9:wait}',
    'options:',
    ...indented(option(choices, 10, { id: 'act', label: 'Yes', next: 'step-id' })),
    ...indented(option(choices, 14, { id: 'wait', label: 'Not yet', next: END, idNumber: 9 })),
  ]);
  yield snippet('Step: parallel', 'Branches that run at the same time.', [
    'id: ${1:step-id}',
    `parallel: [[${choices.step(2, 'step')}], [${choices.step(3, 'step')}]]`,
    `join: ${choices.step(4, 'step')}`,
  ]);
  yield snippet('Step: call playbook', 'Runs another playbook, then goes on.', [
    'id: ${1:step-id}',
    `playbook: ${choice(2, choices.playbooks, 'playbook-id')}`,
  ]);
}

/** The lines of an option. */
function option(choices: Choices, first: number, { id, label, next, idNumber = first }: NewOption): string[] {
  return [
    `id: \${${idNumber}:${id}}`,
    `label: \${${first + 1}:${label}}`,
    `impacts: \${${first + 2}:none}`,
    `next: ${choices.next(first + 3, next)}`,
  ];
}

interface NewOption {
  readonly id: string;
  readonly label: string;
  /** What stands there until somebody chooses. */
  readonly next: string;
  /** The placeholder of the id, where it stands in the decision as well. */
  readonly idNumber?: number;
}

/** As an item of the list of the key before it. */
function indented([first = '', ...rest]: readonly string[]): string[] {
  return [`  - ${first}`, ...rest.map((line) => `    ${line}`)];
}

function impact(choices: Choices): string {
  const service = choices.defined(1, 'services', 'service-id');
  return `{ service: ${service}, effect: ${choice(2, EFFECTS, 'outage')}, for: \${3:1h} }`;
}

function contact(first: number): string {
  return `{ kind: ${choice(first, CONTACT_KINDS, 'phone')}, value: "\${${first + 1}:+44 20 7946 0000}" }`;
}

/** The impacts of a step or an option, on the line of their key. */
export function impactsOnOneLine(reader: Reader, uri: string): Completion {
  const lines = [`[${impact(choicesFor(reader, uri))}]`];
  return { ...snippet('new impact', 'What happens to a service, and for how long.', lines), order: 1 };
}

function snippet(label: string, documentation: string, lines: readonly string[]): Completion {
  return {
    label,
    kind: 'snippet',
    detail: 'snippet',
    documentation,
    newText: lines.join('\n'),
    isSnippet: true,
    order: 0,
    leadsToMore: false,
  };
}

interface Choices {
  /** A day that many days from today. */
  readonly day: (later: number) => string;
  readonly role: (number: number, field?: RoleField) => string;
  readonly step: (number: number, placeholder: string) => string;
  /** A step or the end; what comes first stands there until somebody chooses. */
  readonly next: (number: number, first: string) => string;
  readonly defined: (number: number, kind: DefinitionKind, placeholder: string) => string;
  readonly playbooks: readonly string[];
}

/** Placeholders that are choices of what the file may refer to. */
function choicesFor(reader: Reader, uri: string): Choices {
  const file = playbookOf(reader, uri)?.value;
  const playbookSteps = file?.steps?.items ?? [];
  const stepIds = playbookSteps.flatMap(({ id }) => id?.value ?? []);
  const roles = idsFor(reader, uri, 'roles');
  const playbooks = [...playbookIdsOf(reader, scopeOf(reader, uri))].flatMap(([id, target]) =>
    target === uri ? [] : id,
  );
  return {
    day: (later) => formatDate(todayOf(reader) + later),
    role: (number, field = 'owner') => choice(number, byUse(roles, playbookSteps, field), 'role-id'),
    step: (number, placeholder) => choice(number, stepIds, placeholder),
    next: (number, first) => choice(number, stepIds.length > 0 ? [...new Set([first, END, ...stepIds])] : [], first),
    defined: (number, kind, placeholder) => choice(number, idsFor(reader, uri, kind), placeholder),
    playbooks,
  };
}

/** Those that the playbook names most often in a field come first, the others as they are defined. */
function byUse(roles: readonly string[], playbookSteps: readonly Step[], field: RoleField): string[] {
  const uses = new Map<string, number>();
  for (const step of playbookSteps) {
    const named = step[field];
    const role = named && 'value' in named ? named.value : undefined;
    if (role !== undefined) uses.set(role, (uses.get(role) ?? 0) + 1);
  }
  return [...roles].sort((a, b) => (uses.get(b) ?? 0) - (uses.get(a) ?? 0));
}

/** A placeholder that is chosen from ids or words of the schema, `first` before the others; a plain one where there are none. */
function choice(number: number, from: readonly string[], first: string): string {
  const ordered = from.includes(first) ? [first, ...from.filter((word) => word !== first)] : from;
  const words = ordered.filter((word) => /^[\w-]+$/.test(word)).slice(0, MOST_CHOICES);
  return words.length > 0 ? `\${${number}|${words.join(',')}|}` : `\${${number}:${first}}`;
}
