/** What the sections of a binder are made from: the chosen playbooks, read once, with their findings. */
import { check } from '../check/check.js';
import type { Finding } from '../check/finding.js';
import type { ScriptPlaybook } from '../exercise/script.js';
import { scriptPlaybook } from '../exercise/script-of.js';
import { type Day, formatDate } from '../model/date.js';
import type * as types from '../model/generated/types.js';
import { nextReviewOf } from '../model/life-cycle.js';
import { each, type PlacedOf } from '../model/placed.js';
import { type DefinitionKind, type Definitions, definitionOf, idsFor } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { organizationOf, playbookOf } from '../workspace/files.js';
import { organizationUrisFor, scopeOf } from '../workspace/scope.js';
import { todayOf } from '../workspace/snapshot.js';

export interface BinderPlaybook {
  readonly uri: string;
  readonly id: string;
  readonly title: string;
  readonly playbook: PlacedOf<types.Playbook>;
  readonly script: ScriptPlaybook;
  readonly findings: readonly Finding[];
}

export interface BinderSource {
  readonly reader: Reader;
  readonly today: Day;
  readonly playbooks: readonly BinderPlaybook[];
  /** Findings in the organisation's files. */
  readonly organizationFindings: readonly Finding[];
  /** Whether names, numbers and contacts of people are printed. */
  readonly withPeople: boolean;
  readonly organization: string;
  /** Takes the playbook that names roles, and what names them. Gives their titles; `nobody` where there is none. */
  readonly rolesOf: (uri: string, field: Parameters<typeof each<string>>[0]) => string;
  /** Takes the playbook that names a service, and its id. Gives its title. */
  readonly serviceOf: (uri: string, id: string) => string;
}

export const sectionOfPlaybook = (id: string) => `playbook-${id}`;
export const cardOf = (playbook: string, step: string) => `${playbook}/${step}`;

/** Takes the URIs of playbooks, at least one. Gives what the sections are made from. */
export function binderSource(reader: Reader, uris: readonly string[], withPeople: boolean): BinderSource {
  const numbers: string[] = [];
  const numberOf = (uri: string) => (numbers.includes(uri) ? numbers.indexOf(uri) : numbers.push(uri) - 1);
  const playbooks = uris.flatMap((uri): BinderPlaybook[] => {
    const playbook = playbookOf(reader, uri)?.value;
    if (!playbook) return [];
    const id = playbook.id?.value ?? uri.slice(uri.lastIndexOf('/') + 1);
    const script = scriptPlaybook(reader, uri, numberOf);
    return [{ uri, id, title: script.title || id, playbook, script, findings: check(reader, uri) }];
  });
  const [first = ''] = uris;
  const organizations = organizationUrisFor(reader, scopeOf(reader, first));
  const names = organizations.flatMap((uri) => organizationOf(reader, uri)?.value.name?.value ?? []);
  return {
    reader,
    today: todayOf(reader),
    playbooks,
    organizationFindings: organizations.flatMap((uri) => check(reader, uri)),
    withPeople,
    organization: names[0] ?? '',
    rolesOf: (uri, field) =>
      each(field)
        .map(({ value }) => definitionOf(reader, uri, 'roles', value)?.value.title?.value ?? value)
        .join(', ') || 'nobody',
    serviceOf: (uri, id) => definitionOf(reader, uri, 'services', id)?.value.title?.value ?? id,
  };
}

/** Takes a source. Gives the day until which the binder holds: the earliest of the playbooks' next reviews. */
export function validUntil({ playbooks }: BinderSource): string | undefined {
  const days = playbooks.flatMap(({ playbook }) => nextReviewOf(playbook) ?? []);
  return days.length === 0 ? undefined : formatDate(Math.min(...days));
}

/** Takes a source. Gives findings that are not waived, with what they stand in: a playbook, or the organisation. */
export function openFindings({
  playbooks,
  organizationFindings,
}: BinderSource): { playbook: BinderPlaybook | undefined; finding: Finding }[] {
  const open = (playbook: BinderPlaybook | undefined, findings: readonly Finding[]) =>
    findings.filter(({ waived }) => !waived).map((finding) => ({ playbook, finding }));
  return [
    ...playbooks.flatMap((playbook) => open(playbook, playbook.findings)),
    ...open(undefined, organizationFindings),
  ];
}

/**
 * Takes a source and a kind of definition. Gives what the chosen playbooks can refer to, each definition once: a playbook's own
 * may have the id of another's. `uri` is a playbook that sees it.
 */
export function definedIn<K extends DefinitionKind>(
  { reader, playbooks }: BinderSource,
  kind: K,
): { readonly id: string; readonly uri: string; readonly value: Definitions[K] }[] {
  const found = new Map<string, { id: string; uri: string; value: Definitions[K] }>();
  for (const { uri } of playbooks) {
    for (const id of idsFor(reader, uri, kind)) {
      const definition = definitionOf(reader, uri, kind, id);
      if (definition) found.set(`${definition.uri} ${id}`, { id, uri, value: definition.value });
    }
  }
  return [...found.values()].sort((a, b) => a.id.localeCompare(b.id, 'en'));
}
