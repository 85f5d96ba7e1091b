/** Who may decide what: the authority matrix, what is authorised in advance, and who may isolate which service. */
import type { Post, ScriptStep } from '../../exercise/script.js';
import { formatDuration } from '../../model/duration.js';
import { titleOfStep } from '../../model/step.js';
import { type Cell, plain, row, type Section, tableOr } from '../document.js';
import { type BinderSource, cardOf, definedIn } from '../source.js';

/** Takes a source. Gives the section. */
export function authorityMatrix(source: BinderSource): Section {
  const rows = source.playbooks.flatMap(({ id, title, script }) =>
    script.steps
      .filter(({ kind }) => kind === 'decision')
      .map((step): Cell[] => [
        [{ text: step.title, bold: true, target: cardOf(id, step.key) }, { text: `\n${title}` }],
        plain(told(step.authority, source)),
        plain(step.within === undefined ? 'no deadline' : formatDuration(step.within)),
        plain(told(step.escalation, source)),
        plain(fallbackOf(step)),
        plain(step.checklist.join('\n') || 'nothing is laid down'),
      ]),
  );
  const head = ['Decision', 'Decides', 'Within', 'If not reached', 'If nobody decides', 'On the table'];
  return {
    id: 'authority',
    title: 'Authority matrix',
    blocks: [tableOr('No playbook holds a decision.', head, [24, 17, 9, 16, 15, 19], rows)],
  };
}

function told(post: Post | undefined, { withPeople }: BinderSource): string {
  if (!post) return 'nobody';
  const [holder] = withPeople ? post.people : [];
  return holder && holder.name !== post.title ? `${post.title}\n${holder.name}` : post.title;
}

function fallbackOf({ waysOut, options }: ScriptStep): string {
  const fallback = waysOut.find(({ kind }) => kind === 'timeout');
  if (!fallback) return 'nothing is laid down';
  return options.find(({ id }) => id === fallback.option)?.label ?? fallback.option ?? '';
}

/** Takes a source. Gives the section. */
export function preAuthorized(source: BinderSource): Section {
  const { playbooks, rolesOf, serviceOf } = source;
  const actions = playbooks.flatMap(({ id, uri, script, playbook }) =>
    (playbook.steps?.items ?? []).flatMap((step, index): Cell[][] => {
      const { pre_authorized: grant } = step;
      const key = script.steps.find(({ number }) => number === index + 1)?.key;
      if (!grant || key === undefined) return [];
      return [
        [
          [{ text: titleOfStep(step), bold: true, target: cardOf(id, key) }],
          plain(rolesOf(uri, grant.by)),
          plain(grant.when?.value ?? 'no condition'),
          plain(grant.limits?.value ?? 'no limits'),
          plain(grant.expires?.value ?? 'no end'),
        ],
      ];
    }),
  );
  const isolation = definedIn(source, 'services').flatMap(({ id, uri, value: { isolation: isolated } }): Cell[][] => {
    if (!isolated) return [];
    const how = ISOLATION[isolated.allowed?.value ?? ''] ?? 'not stated';
    return [row(serviceOf(uri, id), how, rolesOf(uri, isolated.authority))];
  });
  return {
    id: 'pre-authorised',
    title: 'Authorised in advance',
    blocks: [
      tableOr(
        'No action is authorised in advance.',
        ['Action', 'By', 'When', 'Limits', 'Until'],
        [24, 16, 24, 24, 12],
        actions,
      ),
      { kind: 'heading', level: 2, text: 'Who may isolate what' },
      tableOr(
        'No service says who may isolate it.',
        ['Service', 'May be isolated', 'Final word'],
        [40, 30, 30],
        isolation,
      ),
    ],
  };
}

const ISOLATION: Readonly<Record<string, string>> = {
  automatic: 'by itself',
  pre_authorized: 'as authorised in advance',
  with_authority: 'only with authority',
  never: 'never',
};
