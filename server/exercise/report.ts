/** The after-action report of an exercise as Markdown (HSEEP: overview, what happened, areas for improvement, plan). */
import { formatDuration } from '../model/duration.js';
import { visible } from '../render/element.js';
import { markdownText } from '../text/markdown-text.js';
import { type Review, shortfallsOf, toldTime } from './review.js';
import { type Run, told, type Visit } from './run.js';
import type { Script } from './script.js';

/** Takes the script, the run, what the lead says, and how to write a moment (milliseconds since 1970) as a time of day. Gives the report. */
export function afterActionReport(
  script: Script,
  run: Run,
  review: Review,
  timeOfDay: (milliseconds: number) => string,
): string {
  const titleOf = (role: string) => script.roles.find(({ id }) => id === role)?.detail ?? role;
  const shortfalls = shortfallsOf(script, run).map(({ title }) => title);
  const notes = run.log.filter(({ kind }) => kind === 'note').map(({ text }) => text);
  const lines = [
    `# After-action report: ${inline(script.title)}`,
    '',
    ...(script.marking ? [`**${inline(script.marking)}**`, ''] : []),
    ...(review.summary ? [inline(review.summary), ''] : []),
    '## The exercise',
    '',
    ...table(
      ['', ''],
      [
        ['Held on', `${review.on}, from ${timeOfDay(run.begunAt)}`],
        ['Kind', review.kind.replace('_', ' ')],
        ['Led by', titleOf(review.ledBy)],
        ['Took part', review.participants],
        [
          'Playbook',
          [script.title, script.id && `id ${script.id}`, script.version && `version ${script.version}`]
            .filter(Boolean)
            .join(', '),
        ],
        ['On the exercise’s clock', told(run.endedAt ?? 0)],
        ['Contained', containment(script, run)],
        ['Waiting for decisions', told(waiting(run))],
      ],
    ),
    ...section(
      'Decisions',
      run.visits.some(isDecision),
      table(
        ['At', 'Decision', 'What was decided', 'By', 'Took'],
        run.visits
          .filter(isDecision)
          .map((visit) => [told(visit.from), visit.step.title, decided(visit), deciderOf(visit), toldTime(visit)]),
      ),
    ),
    ...section(
      'Legal clocks',
      run.clocks.length > 0,
      table(
        ['Obligation', 'Limit', 'Started at', 'Met at'],
        run.clocks.map(({ title, toldLimit, startedAt, metAt }) => [
          title,
          toldLimit,
          startedAt === undefined ? 'never' : told(startedAt),
          metAt === undefined ? 'never' : told(metAt),
        ]),
      ),
    ),
    ...section(
      'Steps',
      true,
      table(
        ['At', 'Step', 'Owner', 'Took', 'How it ended'],
        run.visits
          .filter((visit) => !isDecision(visit))
          .map((visit) => [
            told(visit.from),
            `${visit.step.number}: ${visit.step.title}`,
            visit.step.owner?.title ?? 'nobody',
            toldTime(visit),
            ENDINGS[visit.outcome?.kind ?? 'stopped'],
          ]),
      ),
    ),
    ...section('What fell short', true, bullets(shortfalls, 'Everything went as it is written.')),
    ...section('Observations', notes.length > 0, bullets(notes, '')),
    ...section(
      'Improvement plan',
      true,
      review.findings.length === 0
        ? ['No findings.']
        : table(
            ['Finding', 'Owner', 'Due', 'Id'],
            review.findings.map(({ title, owner, due, id }) => [title, titleOf(owner), due, id]),
          ),
    ),
    ...section(
      'Timeline',
      true,
      table(
        ['Time', 'Clock', '', 'What happened'],
        run.log
          .filter(({ kind }) => kind !== 'tick')
          .map(({ at, clock, kind, text }) => [timeOfDay(at), told(clock), KINDS[kind] ?? '', text]),
      ),
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const ENDINGS = {
  completed: 'done',
  failed: 'failed',
  decided: 'decided',
  timed_out: 'time was up',
  stopped: 'was open when the exercise ended',
} as const;

const KINDS: Readonly<Record<string, string>> = { inject: 'Inject', note: 'Observation', stall: 'Stall' };

function isDecision({ step }: Visit): boolean {
  return step.kind === 'decision';
}

function decided({ step, outcome }: Visit): string {
  const label = step.options.find(({ id }) => id === outcome?.option)?.label ?? '';
  if (outcome?.kind === 'timed_out') return `nothing in time, so: ${label}`;
  return outcome?.kind === 'decided' ? label : 'not decided';
}

function deciderOf({ outcome, unreached }: Visit): string {
  const missed = unreached.map(({ name }) => `${name} not reached`);
  return [outcome?.by ?? (outcome?.kind === 'timed_out' ? 'nobody' : ''), ...missed].filter(Boolean).join('; ');
}

function containment({ containmentTarget: target }: Script, { containedAt }: Run): string {
  const when = containedAt === undefined ? 'not in this exercise' : `after ${told(containedAt)}`;
  return target === undefined ? when : `${when}; the target is ${formatDuration(target)}`;
}

function waiting({ visits }: Run): number {
  return visits.filter(isDecision).reduce((sum, { from, to }) => sum + ((to ?? from) - from), 0);
}

function section(title: string, isShown: boolean, lines: readonly string[]): string[] {
  return isShown ? ['', `## ${title}`, '', ...lines] : [];
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const row = (cells: readonly string[]) => `| ${cells.map(inline).join(' | ')} |`;
  return [row(heads), `| ${heads.map(() => '---').join(' | ')} |`, ...rows.map(row)];
}

function bullets(texts: readonly string[], otherwise: string): string[] {
  return texts.length === 0 ? [otherwise] : texts.map((text) => `- ${inline(text)}`);
}

function inline(text: string): string {
  return markdownText(visible(text));
}
