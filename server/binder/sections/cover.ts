/** What stands on the cover below the title: until when the binder holds, and what is open in it. */
import { formatDate } from '../../model/date.js';
import { type Block, paragraph, plain } from '../document.js';
import { type BinderSource, openFindings, validUntil } from '../source.js';

/** Takes a source and the revision. Gives the blocks of the cover. */
export function coverBlocks(source: BinderSource, revision: string): Block[] {
  const until = validUntil(source);
  const hasLapsed = until !== undefined && until < formatDate(source.today);
  const open = openFindings(source);
  return [
    {
      kind: 'facts',
      rows: [
        ['Printed', plain(formatDate(source.today))],
        ['Valid until', [{ text: until ?? 'no review date is set', bold: true }]],
        ['Revision', plain(revision || 'not known')],
        ['Playbooks', plain(source.playbooks.map(({ title }) => title).join(', '))],
        ['Open gaps', [{ text: inWords(open), bold: open.length > 0 }]],
      ],
    },
    ...(hasLapsed ? [paragraph(`This binder has lapsed: a review was due on ${until}.`, 'alarm')] : []),
    ...(open.length > 0
      ? [paragraph('It was printed with open gaps. They are listed at the end, and marked where they belong.', 'alarm')]
      : []),
    ...(source.withPeople
      ? []
      : [paragraph('This copy leaves out people, their numbers and their addresses.', 'faint')]),
  ];
}

function inWords(open: readonly { finding: { severity: string } }[]): string {
  if (open.length === 0) return 'none';
  const parts = [
    ['error', 'error', 'errors'],
    ['warning', 'warning', 'warnings'],
    ['info', 'remark', 'remarks'],
  ].flatMap(([severity, one, many]) => {
    const count = open.filter(({ finding }) => finding.severity === severity).length;
    return count === 0 ? [] : `${count} ${count === 1 ? one : many}`;
  });
  return parts.join(', ');
}
