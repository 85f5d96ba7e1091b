/** Who holds which role, who stands in, how they are reached, and which contacts fall with which service. */
import { postOf } from '../../exercise/script-of.js';
import { contactsOf, servicesBehind } from '../../workspace/contacts.js';
import { definitionOf } from '../../workspace/definitions.js';
import type { Reader } from '../../workspace/fact.js';
import { roleReferencesOf } from '../../workspace/role-references.js';
import { type Block, type Cell, paragraph, plain, row, type Section } from '../document.js';
import { type BinderSource, definedIn } from '../source.js';

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
      const told = people.map((person) => toldPerson(source, uri, person));
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
    blocks: [
      paragraph('Deputies are called in the order in which they stand here.', 'faint'),
      { kind: 'table', head: ['Role', 'Holder', 'Deputies'], rows, widths: [24, 38, 38] },
      ...(withPeople ? channels(source) : []),
    ],
  };
}

function toldPerson({ reader }: BinderSource, uri: string, person: string): Cell {
  const name = definitionOf(reader, uri, 'people', person)?.value.name?.value ?? person;
  const contacts = contactsOf(reader, uri, person).map(({ name: contact, channel, services }) => {
    const told = contact.replace('_', ' ');
    return services.size > 0 ? `${told} (via ${channelTitle(reader, uri, channel)})` : told;
  });
  return [{ text: name, bold: true }, { text: `\n${contacts.join('\n') || 'no contact'}` }];
}

function channelTitle(reader: Reader, uri: string, channel: string): string {
  return definitionOf(reader, uri, 'channels', channel)?.value.title?.value ?? channel;
}

/** Which contacts fall with which service: by their channel. */
function channels(source: BinderSource): Block[] {
  const rows = definedIn(source, 'channels').flatMap(({ id, uri }): Cell[][] => {
    const services = [...servicesBehind(source.reader, uri, id)].map((service) => source.serviceOf(uri, service));
    return services.length === 0 ? [] : [row(`via ${channelTitle(source.reader, uri, id)}`, services.join(', '))];
  });
  if (rows.length === 0) return [paragraph('No contact is known to fall with a service.', 'faint')];
  return [
    { kind: 'heading', level: 2, text: 'Contacts that fall with a service' },
    { kind: 'table', head: ['Contacts', 'Cannot be used while one of these is down'], rows, widths: [35, 65] },
  ];
}

function joined(cells: readonly Cell[]): Cell {
  return cells.flatMap((cell, index) => (index === 0 ? cell : [{ text: '\n\n' }, ...cell]));
}
