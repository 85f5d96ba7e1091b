/** The page of an exercise: walks a team through a playbook with a clock, and keeps what happens. */
import { type ExerciseEvent, type Run, runOf, told, toldRoughly, type Visit } from '../../../server/exercise/run.js';
import type { Script } from '../../../server/exercise/script.js';
import { formatDuration } from '../../../server/model/duration.js';
import { PICTURE_STYLE } from '../../../server/render/theme.js';
import type { FromExercisePage, Journal, ReviewDraft, ToExercisePage } from '../../exercise/messages.js';
import '../common/theme.css';
import { button, htmlNode } from '../common/dom.js';
import { GraphMap } from './map.js';
import { draftOf, reviewForm } from './review-form.js';
import { stepCard } from './step-card.js';
import './style.css';

declare function acquireVsCodeApi(): {
  postMessage(message: FromExercisePage): void;
  setState(state: { readonly uri: string }): void;
};

/** So often the extension is told that the exercise is still open. */
const ALIVE_MILLISECONDS = 15_000;
/** Who was away for less than this has noticed nothing. */
const AWAY_MILLISECONDS = 60_000;
const JUMPS = [5, 15, 60];

type Happening = ExerciseEvent extends infer Event ? (Event extends unknown ? Omit<Event, 'at'> : never) : never;

const vscode = acquireVsCodeApi();
const sheet = new CSSStyleSheet();
sheet.replaceSync(PICTURE_STYLE);
document.adoptedStyleSheets = [sheet];

let script: Script | undefined;
let events: readonly ExerciseEvent[] = [];
let review: ReviewDraft | undefined;
let written: string | undefined;
/** The visit that is looked at, of several that are open. */
let chosen: number | undefined;
let tick: (clock: number) => void = () => undefined;
/** What the stage was made for: while it is the same, what is typed into it and ticked in it stays. */
let staged = '';

const title = htmlNode('h1');
const clock = htmlNode('p', { class: 'clock', role: 'timer', 'aria-label': 'The exercise’s clock' });
const chips = htmlNode('ul', { class: 'chips', 'aria-label': 'Clocks' });
const controls = htmlNode('div', { class: 'buttons', role: 'toolbar', 'aria-label': 'Exercise' });
const notice = htmlNode('div', { class: 'notice', role: 'alert' });
const stage = htmlNode('div', { class: 'stage' });
const entries = htmlNode('ol', { class: 'log', tabindex: '0', 'aria-label': 'Log' });
const said = htmlNode('input', {
  type: 'text',
  class: 'said',
  placeholder: 'What happens, or what you see',
  'aria-label': 'What happens, or what you see',
});
const map = new GraphMap((playbook) => vscode.postMessage({ type: 'draw', playbook }));
const log = htmlNode(
  'section',
  { class: 'happened', 'aria-label': 'What happened' },
  htmlNode(
    'div',
    { class: 'entry' },
    said,
    button('Inject', () => say('inject'), { title: 'News that the team must deal with (Enter)' }),
    button('Observe', () => say('note'), { title: 'What you see, for the report' }),
  ),
  entries,
);
document.body.append(
  htmlNode(
    'main',
    {},
    htmlNode('header', {}, title, clock, chips, controls),
    notice,
    stage,
    htmlNode('aside', { 'aria-label': 'Beside the step' }, map.node, log),
  ),
);
said.addEventListener('keydown', ({ key }) => {
  if (key === 'Enter') say('inject');
});

window.addEventListener('message', ({ data }: MessageEvent<ToExercisePage>) => {
  if (data.type === 'show') show(data.journal, data.awaySince);
  else if (data.type === 'drawing') {
    map.receive(data.playbook, data.drawing);
    draw();
  } else if (data.type === 'written') {
    written = data.report;
    draw();
  } else {
    warn(data.why);
  }
});

function show(journal: Journal, awaySince: number | undefined): void {
  script = journal.script;
  events = journal.events;
  review = journal.review;
  written = journal.report;
  vscode.setState({ uri: script.playbooks[0]?.uri ?? '' });
  if (events.length === 0) happen({ type: 'begin' });
  else draw();
  const run = runOf(script, events);
  const away = awaySince === undefined ? 0 : Date.now() - awaySince;
  if (awaySince !== undefined && away > AWAY_MILLISECONDS && !run.isPaused && !run.hasEnded) askAboutPause(awaySince);
}

/** The clock cannot know whether the team went on while nobody had the page open. */
function askAboutPause(since: number): void {
  const away = told((Date.now() - since) / 1000);
  notice.replaceChildren(
    htmlNode('p', {}, `This page was closed for ${away}. Did the exercise go on meanwhile?`),
    button('It went on', () => notice.replaceChildren()),
    button('It paused', () => {
      notice.replaceChildren();
      const last = events.at(-1)?.at ?? since;
      events = [...events, { type: 'pause', at: Math.max(since, last) }];
      happen({ type: 'resume' });
    }),
  );
}

function warn(why: string): void {
  notice.replaceChildren(
    htmlNode('p', {}, why),
    button('Close', () => notice.replaceChildren()),
  );
}

function say(type: 'inject' | 'note'): void {
  const text = said.value.trim();
  said.focus();
  if (text === '') return;
  said.value = '';
  happen({ type, text });
}

function happen(happening: Happening): void {
  events = [...events, { ...happening, at: Date.now() } as ExerciseEvent];
  save();
  draw();
  // The keyboard and the ears go on at the step that is new.
  if (happening.type !== 'inject' && happening.type !== 'note' && happening.type !== 'tick') focusStep();
}

function focusStep(): void {
  stage.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
  stage.scrollTop = 0;
}

function takeBack(): void {
  if (events.length < 2) return;
  events = events.slice(0, -1);
  staged = '';
  save();
  draw();
  focusStep();
}

function save(): void {
  vscode.postMessage({ type: 'save', events, review, seenAt: Date.now() });
}

function draw(): void {
  if (!script) return;
  const run = runOf(script, events);
  title.textContent = script.title;
  controls.replaceChildren(...buttonsFor(run));
  entries.replaceChildren(
    ...[...run.log]
      .reverse()
      .map(({ clock: at, kind, text }) =>
        htmlNode('li', { class: kind }, htmlNode('span', { class: 'when' }, told(at)), htmlNode('span', {}, text)),
      ),
  );
  log.querySelector('.entry')?.toggleAttribute('hidden', run.hasEnded);
  document.body.classList.toggle('paused', run.isPaused);
  const visit = run.open.find(({ id }) => id === chosen) ?? run.open[0];
  if (visit) drawStep(script, run, visit);
  else drawEnd(script, run);
  const looked = visit ?? run.visits.at(-1);
  if (looked) map.show(looked, run.open, run.visits);
  showClocks(run);
}

function drawStep(of: Script, run: Run, visit: Visit): void {
  const waits = run.waiting.map(({ id, arrived }) => [id, arrived]);
  const madeFor = JSON.stringify([
    visit.id,
    visit.unreached.length,
    visit.stalls.length,
    run.open.map(({ id }) => id),
    waits,
  ]);
  if (staged === madeFor) return;
  staged = madeFor;
  const card = stepCard(of, visit, happen);
  tick = card.tick;
  const tabs = run.open.map((one) => {
    const isShown = one.id === visit.id;
    return button(
      `${one.step.number} · ${one.step.title}`,
      () => {
        chosen = one.id;
        draw();
      },
      { 'aria-pressed': String(isShown) },
    );
  });
  const waiting = run.waiting.map((block) =>
    htmlNode(
      'p',
      { class: 'waiting' },
      `${block.arrived} of ${block.size} branches of “${block.step.title}” are done and wait for the others. `,
      button('Go on without them', () => happen({ type: 'go_on', block: block.id })),
    ),
  );
  stage.replaceChildren(
    ...(tabs.length > 1 ? [htmlNode('nav', { class: 'open', 'aria-label': 'At the same time' }, ...tabs)] : []),
    ...waiting,
    card.node,
  );
}

function drawEnd(of: Script, run: Run): void {
  tick = () => undefined;
  staged = '';
  if (written !== undefined) {
    stage.replaceChildren(
      htmlNode('h2', { tabindex: '-1' }, 'The exercise is written down'),
      htmlNode(
        'p',
        {},
        'It stands in the playbook under “exercises”: look at it, and save the file, or undo it there.',
      ),
      htmlNode('p', {}, 'The report is ', htmlNode('code', {}, written), '.'),
    );
    return;
  }
  // What is typed stays: the form is made once, and again only when the exercise was taken back and has ended anew.
  if (stage.querySelector('.review')) return;
  review = draftOf(of, run, review);
  const { containedAt } = run;
  const contained = containedAt === undefined ? 'Nothing was contained.' : `Contained after ${told(containedAt)}.`;
  stage.replaceChildren(
    htmlNode('h2', { tabindex: '-1' }, 'The exercise has ended'),
    htmlNode('p', {}, `It took ${told(run.endedAt ?? 0)} on its clock. ${contained}`),
    reviewForm(of, review, {
      change: (draft) => {
        review = draft;
        save();
      },
      write: (record) => vscode.postMessage({ type: 'write', review: record }),
    }),
  );
}

function buttonsFor(run: Run): HTMLElement[] {
  const back = button('Take back', takeBack, { title: 'Takes back what happened last' });
  back.disabled = events.length < 2;
  if (run.hasEnded) return written === undefined ? [back] : [];
  return [
    run.isPaused
      ? button('Go on', () => happen({ type: 'resume' }), { class: 'primary' })
      : button('Pause', () => happen({ type: 'pause' })),
    ...JUMPS.map((minutes) =>
      button(`+${formatDuration(minutes * 60)}`, () => happen({ type: 'skip', seconds: minutes * 60 }), {
        'aria-label': `The clock jumps ahead by ${formatDuration(minutes * 60)}`,
        title: `The clock jumps ahead by ${formatDuration(minutes * 60)}`,
      }),
    ),
    back,
    button('End the exercise', () => happen({ type: 'end' })),
  ];
}

/** What changes every second: nothing else is made anew for it. */
function showClocks(run: Run): void {
  const now = run.clockAt(Date.now());
  clock.textContent = run.isPaused ? `${told(now)} · paused` : told(now);
  tick(now);
  const target = script?.containmentTarget;
  const parts = [
    ...(target === undefined ? [] : [{ name: 'Containment', from: 0, limit: target, metAt: run.containedAt }]),
    ...run.clocks.flatMap(({ title: name, startedAt, limit, toldLimit, metAt }) =>
      startedAt === undefined ? [] : [{ name, from: startedAt, limit, metAt, toldLimit }],
    ),
  ];
  const words = parts.map(({ name, from, limit, metAt, ...rest }) => {
    const spent = (metAt ?? now) - from;
    const isLate = limit !== undefined && spent > limit;
    if (metAt !== undefined) return { isLate, text: `${name}: done after ${toldRoughly(spent)}` };
    if (limit === undefined)
      return { isLate, text: `${name}: ${toldRoughly(spent)} of ${'toldLimit' in rest ? rest.toldLimit : ''}` };
    return {
      isLate,
      text: isLate ? `${name}: ${toldRoughly(spent - limit)} late` : `${name}: ${toldRoughly(limit - spent)} left`,
    };
  });
  if (chips.children.length !== words.length) chips.replaceChildren(...words.map(() => htmlNode('li')));
  for (const [index, { isLate, text }] of words.entries()) {
    const chip = chips.children[index];
    if (!chip || chip.textContent === text) continue;
    chip.textContent = text;
    chip.className = isLate ? 'late' : '';
  }
}

window.setInterval(() => {
  if (script) showClocks(runOf(script, events));
}, 1000);
window.setInterval(() => {
  if (script && events.length > 0) save();
}, ALIVE_MILLISECONDS);

vscode.postMessage({ type: 'ready' });
