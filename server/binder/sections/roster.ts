/** Who holds which role, who stands in, how they are reached, and which contacts fall with which service. */
import { postOf } from '../../exercise/script-of.js';
import { contactNeedsOf } from '../../workspace/contacts.js';
import { definitionOf } from '../../workspace/definitions.js';
import { roleReferencesOf } from '../../workspace/role-references.js';
import { type Cell, paragraph, plain, type Section } from '../document.js';
import type { BinderSource } from '../source.js';

/** Takes a source. Gives the section. */
export function roster(source: BinderSource): Section {
  const { playbooks, reader, withPeople } = source;
  const roles = new Map<string, { id: string; uri: string }>();
  for (const { uri } of playbooks)
    for (const { id } of roleReferencesOf(reader, uri)) {
      const home = definitionOf(reader, uri, 'roles', id.value)?.uri ?? '';
      roles.set(`${home} ${id.value}`, { id: id.value, uri });
    }
  const rows = [...roles.values()]
    .map(({ id, uri }): Cell[] => {
      const post = postOf(reader, uri, id);
      const role = definitionOf(reader, uri, 'roles', id)?.value;
      const people = [role?.holder, ...(role?.deputies?.items ?? [])].flatMap((person) => person?.value ?? []);
      const told = people.map((person, index) => toldPerson(source, uri, person, post.people[index]?.contacts ?? []));
      return withPeople
        ? [
            [{ text: post.title, bold: true }],
            told[0] ?? plain('nobody'),
            told.slice(1).flat().length > 0 ? joined(told.slice(1)) : plain('nobody'),
          ]
        : [
            [{ text: post.title, bold: true }],
            plain(people.length > 0 ? 'named' : 'nobody'),
            plain(people.length > 1 ? `${people.length - 1} named` : 'nobody'),
          ];
    })
    .sort((a, b) => String(a[0]?.[0]?.text).localeCompare(String(b[0]?.[0]?.text), 'en'));
  return {
    id: 'roster',
    title: 'Contact roster',
    level: 1,
    head: 'Contact roster',
    blocks: [
      paragraph('Deputies are called in the order in which they stand here.', 'faint'),
      { kind: 'table', head: ['Role', 'Holder', 'Deputies'], rows, widths: [24, 38, 38] },
    ],
  };
}

function toldPerson(
  { reader, serviceOf }: BinderSource,
  uri: string,
  person: string,
  contacts: readonly string[],
): Cell {
  const name = definitionOf(reader, uri, 'people', person)?.value.name?.value ?? person;
  const needs = contactNeedsOf(reader, uri, person);
  const services = [...new Set((needs ?? []).flatMap(({ services: all }) => [...all]))].map((service) =>
    serviceOf(uri, service),
  );
  return [
    { text: name, bold: true },
    { text: `\n${contacts.join('\n') || 'no contact'}` },
    ...(services.length > 0 ? [{ text: `\nnot reached while down: ${services.join(', ')}` }] : []),
  ];
}

function joined(cells: readonly Cell[]): Cell {
  return cells.flatMap((cell, index) => (index === 0 ? cell : [{ text: '\n\n' }, ...cell]));
}
