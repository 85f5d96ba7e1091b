/** Business impact: what each service bears, and what each playbook does to it; and the clocks that the law sets. */
import { outageTotalsOf } from '../../graph/service-outages.js';
import { toldSeconds } from '../../graph/tell-way.js';
import { definitionOf } from '../../workspace/definitions.js';
import { type Cell, paragraph, plain, row, type Section, tableOr } from '../document.js';
import { type BinderSource, definedIn, sectionOfPlaybook } from '../source.js';

/** Takes a source. Gives the section. */
export function businessImpact(source: BinderSource): Section {
  const { playbooks, reader, rolesOf, serviceOf } = source;
  const services = definedIn(source, 'services').map(({ id, uri, value: service }): Cell[] => {
    return [
      [{ text: serviceOf(uri, id), bold: true }, ...(service.loss ? [{ text: `\n${service.loss.value}` }] : [])],
      plain(rolesOf(uri, service.owner)),
      plain(service.rto?.value ?? '–'),
      plain(service.rpo?.value ?? '–'),
      plain(service.mtpd?.value ?? '–'),
    ];
  });
  const outages = playbooks.flatMap(({ id, uri, title }): Cell[][] =>
    [...outageTotalsOf(reader, uri)]
      .filter(([, seconds]) => seconds > 0)
      .map(([service, seconds]) => [
        [{ text: title, target: sectionOfPlaybook(id) }],
        plain(serviceOf(uri, service)),
        [{ text: toldSeconds(seconds), bold: true }],
        plain(definitionOf(reader, uri, 'services', service)?.value.mtpd?.value ?? '–'),
      ]),
  );
  return {
    id: 'impact',
    title: 'Business impact',
    blocks: [
      tableOr('No service is described.', ['Service', 'Owner', 'RTO', 'RPO', 'MTPD'], [40, 27, 11, 11, 11], services),
      paragraph(
        'RTO: how soon it should be back. RPO: how much data may be lost. MTPD: how long it may be down at most.',
        'faint',
      ),
      { kind: 'heading', level: 2, text: 'What each playbook does in the worst case' },
      tableOr(
        'No playbook takes a service down.',
        ['Playbook', 'Service', 'Down for', 'MTPD'],
        [38, 38, 12, 12],
        outages,
      ),
    ],
  };
}

/** Takes a source. Gives the section. */
export function clockSheet(source: BinderSource): Section {
  const rows = definedIn(source, 'obligations').map(({ id, uri, value: obligation }): Cell[] => {
    return [
      [
        { text: obligation.title?.value ?? id, bold: true },
        { text: obligation.to ? `\nto ${obligation.to.value}` : '' },
      ],
      ...row(
        obligation.within?.value ?? 'no limit',
        obligation.from?.value.replaceAll('-', ' ') ?? 'not stated',
        source.rolesOf(uri, obligation.owner),
        '',
        '',
      ),
    ];
  });
  const head = ['Obligation', 'Limit', 'Runs from', 'Owner', 'Clock started', 'Sent'];
  return {
    id: 'clocks',
    title: 'Clock sheet',
    blocks: [
      paragraph('Write down when each event happened: the limit runs from there. This is no legal advice.', 'faint'),
      tableOr('No obligation is described.', head, [28, 9, 15, 16, 16, 16], rows),
    ],
  };
}
