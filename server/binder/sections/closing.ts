/** What stands at the back: waivers and open findings, exercises, pages for the log and for signatures, and the index. */
import { postOf } from '../../exercise/script-of.js';
import { type Block, type Cell, paragraph, plain, row, type Section, tableOr } from '../document.js';
import { type BinderSource, cardOf, openFindings, sectionOfPlaybook } from '../source.js';

/** Takes a source. Gives the section. */
export function findingsAndWaivers(source: BinderSource): Section {
  const open = openFindings(source).map(({ playbook, finding }): Cell[] => [
    plain(finding.severity),
    playbook ? [{ text: playbook.title, target: sectionOfPlaybook(playbook.id) }] : plain('Organisation'),
    plain(finding.at ?? ''),
    plain(finding.message),
  ]);
  const waived = source.playbooks.flatMap(({ uri, title, findings }) =>
    findings.flatMap(({ waived: by, message }): Cell[][] =>
      by ? [row(title, message, postOf(source.reader, uri, by.owner).title, by.reason, by.expires)] : [],
    ),
  );
  return {
    id: 'findings',
    title: 'Open gaps and waivers',
    blocks: [
      tableOr('No gap is open.', ['Severity', 'Where', 'Step', 'What is open'], [9, 25, 18, 48], open),
      { kind: 'heading', level: 2, text: 'Waived for now' },
      tableOr('Nothing is waived.', ['Playbook', 'Finding', 'By', 'Why', 'Until'], [18, 32, 14, 24, 12], waived),
    ],
  };
}

/** Takes a source. Gives the section. */
export function exerciseHistory({ playbooks, rolesOf }: BinderSource): Section {
  const rows = playbooks.flatMap(({ id, uri, title, playbook }): Cell[][] =>
    (playbook.exercises?.items ?? []).map((exercise): Cell[] => {
      const findings = exercise.findings?.items ?? [];
      const open = findings.filter(({ closed }) => !closed);
      const told = open.map(
        ({ title: words, owner, due }) =>
          `${words?.value ?? ''} (${rolesOf(uri, owner)}, due ${due?.value ?? 'never'})`,
      );
      return [
        plain(exercise.on?.value ?? ''),
        [{ text: title, target: sectionOfPlaybook(id) }],
        plain([exercise.kind?.value.replace('_', ' '), exercise.summary?.value].filter(Boolean).join(': ')),
        plain(told.join('\n') || (findings.length > 0 ? 'all mended' : 'none')),
      ];
    }),
  );
  rows.sort((a, b) => String(b[0]?.[0]?.text).localeCompare(String(a[0]?.[0]?.text), 'en'));
  return {
    id: 'exercises',
    title: 'Exercises',
    blocks:
      rows.length === 0
        ? [paragraph('No exercise was held.', 'alarm')]
        : [
            {
              kind: 'table',
              head: ['On', 'Playbook', 'What was practised', 'Still open'],
              rows,
              widths: [12, 24, 32, 32],
            },
          ],
  };
}

const LOG_ROWS = 27;

/** Gives pages to keep a log on, and one for signatures. */
export function logAndSignatures(): Section[] {
  const log: Block = {
    kind: 'rows',
    head: ['Time', 'What happened, what was decided', 'By'],
    widths: [13, 70, 17],
    count: LOG_ROWS,
  };
  return [
    { id: 'log', title: 'Log', blocks: [log, log] },
    {
      id: 'sign-off',
      title: 'Sign-off',
      blocks: [
        paragraph(
          'The incident is closed when those who sign here have seen what was done, what it cost, and what is still open.',
        ),
        { kind: 'rows', head: ['Role', 'Name', 'Date and time', 'Signature'], widths: [25, 25, 20, 30], count: 8 },
      ],
    },
  ];
}

/** Takes a source. Gives the index: steps and decisions by their titles, with the pages of their cards. */
export function indexOfTerms({ playbooks }: BinderSource): Section {
  const rows = playbooks.flatMap(({ id, title, script }) =>
    script.steps.map((step): Cell[] => [[{ text: step.title, target: cardOf(id, step.key) }], plain(title)]),
  );
  rows.sort((a, b) => String(a[0]?.[0]?.text).localeCompare(String(b[0]?.[0]?.text), 'en'));
  return {
    id: 'index',
    title: 'Index',
    blocks: [{ kind: 'table', head: ['Step', 'Playbook'], rows, widths: [60, 40] }],
  };
}
