/** The first fifteen minutes: which playbook, and who to call. */

import { postOf } from '../../exercise/script-of.js';
import { each } from '../../model/placed.js';
import { type Block, type Cell, paragraph, plain, type Section } from '../document.js';
import { type BinderSource, sectionOfPlaybook } from '../source.js';
import { unbroken } from '../told-post.js';

/** Takes a source. Gives the section. */
export function firstMinutes(source: BinderSource): Section {
  return {
    id: 'first-minutes',
    title: 'The first fifteen minutes',
    blocks: [
      {
        kind: 'ticks',
        items: [
          'Find what has happened in the list below, and turn to the page of its playbook.',
          'Call the owner of its first step. No answer in five minutes: call the deputy.',
          'Name a log keeper, who does nothing else (log pages are at the back).',
          'Write down when you learned of it: legal clocks may run from this minute.',
        ],
      },
      { kind: 'heading', level: 2, text: 'What has happened' },
      byTrigger(source),
      ...byService(source),
    ],
  };
}

function byTrigger({ playbooks, reader, withPeople }: BinderSource): Block {
  const rows = playbooks.flatMap(({ id, uri, title, playbook, script }): Cell[][] => {
    const triggers = playbook.triggers?.items.map(({ value }) => `• ${value}`) ?? ['No trigger is written down.'];
    const first = script.steps.find(({ key }) => key === script.start);
    const post = first?.owner;
    const [person] = withPeople ? (post?.people ?? []) : [];
    const accountable = each(playbook.accountable)[0];
    const call = person
      ? `${person.name}, ${post?.title}: ${person.contacts.map(unbroken).join(', ') || 'no contact'}`
      : (post?.title ?? (accountable ? postOf(reader, uri, accountable.value).title : 'nobody is named'));
    return [[plain(triggers.join('\n')), [{ text: title, bold: true, target: sectionOfPlaybook(id) }], plain(call)]];
  });
  return { kind: 'table', head: ['What you see', 'Playbook', 'Call first'], rows, widths: [42, 28, 30] };
}

function byService({ playbooks, serviceOf }: BinderSource): Block[] {
  const touched = new Map<string, Cell>();
  for (const { id, uri, title, playbook } of playbooks) {
    const services = (playbook.steps?.items ?? []).flatMap(({ impacts }) =>
      impacts && 'items' in impacts ? impacts.items.flatMap(({ service }) => service?.value ?? []) : [],
    );
    for (const name of new Set(services.map((service) => serviceOf(uri, service)))) {
      const before = touched.get(name);
      const reference = { text: title, target: sectionOfPlaybook(id) };
      touched.set(name, before ? [...before, { text: '; ' }, reference] : [reference]);
    }
  }
  if (touched.size === 0) return [paragraph('No playbook names a service that it touches.', 'faint')];
  const rows = [...touched]
    .map(([service, cell]): Cell[] => [plain(service), cell])
    .sort((a, b) => String(a[0]?.[0]?.text).localeCompare(String(b[0]?.[0]?.text), 'en'));
  return [
    { kind: 'heading', level: 2, text: 'Which playbooks touch which service' },
    { kind: 'table', head: ['Service', 'Playbooks'], rows, widths: [35, 65] },
  ];
}
