/** Who and what a person is likely to mean where something is missing: the few that a fix offers, the likeliest first. */
import { each } from '../model/placed.js';
import { impactsOf } from '../model/step.js';
import { definitionOf, idsFor } from './definitions.js';
import { fact, type Reader } from './fact.js';
import { playbookOf, sameList } from './files.js';

/** More than that is a list to read, not a choice. */
const FEW = 5;

/** Takes the URI of a playbook. Gives the roles that own most of its steps. */
export const usualOwnersIn = fact((reader, uri: string): readonly string[] => {
  const steps = playbookOf(reader, uri)?.value.steps?.items ?? [];
  return byFrequency(steps.flatMap(({ owner }) => each(owner).map(({ value }) => value))).slice(0, FEW);
}, sameList);

/** Takes the URI of a playbook. Gives the role that answers for it, then those that decide most in it. */
export const usualAuthoritiesIn = fact((reader, uri: string): readonly string[] => {
  const playbook = playbookOf(reader, uri)?.value;
  const decide = (playbook?.steps?.items ?? []).flatMap(({ authority }) => each(authority).map(({ value }) => value));
  const accountable = each(playbook?.accountable).map(({ value }) => value);
  return [...new Set([...accountable, ...byFrequency(decide)])].slice(0, FEW);
}, sameList);

/** Takes the URI of a playbook. Gives the services that it touches, then the others that it may refer to. */
export const usualServicesIn = fact((reader, uri: string): readonly string[] => {
  const steps = playbookOf(reader, uri)?.value.steps?.items ?? [];
  const touched = [...steps, ...steps.flatMap(({ options }) => options?.items ?? [])].flatMap((owner) =>
    impactsOf(owner).flatMap(({ service }) => (service ? [service.value] : [])),
  );
  return [...new Set([...byFrequency(touched), ...idsFor(reader, uri, 'services')])].slice(0, FEW);
}, sameList);

/** Takes the file that defines a role and its holder. Gives people who could be called instead, those with the fewest roles first. */
export function possibleDeputies(reader: Reader, uri: string, holder: string | undefined): string[] {
  const duties = new Map<string, number>();
  for (const role of idsFor(reader, uri, 'roles')) {
    const value = definitionOf(reader, uri, 'roles', role)?.value;
    const people = [...each(value?.holder), ...(value?.deputies?.items ?? [])];
    for (const { value: person } of people) duties.set(person, (duties.get(person) ?? 0) + 1);
  }
  return idsFor(reader, uri, 'people')
    .filter((person) => person !== holder)
    .sort((a, b) => (duties.get(a) ?? 0) - (duties.get(b) ?? 0))
    .slice(0, FEW);
}

function byFrequency(ids: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]).map(([id]) => id);
}
