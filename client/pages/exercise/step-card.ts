/** The step that the team is at, large: who, until when, what to do, and what may happen next. */
import {
  askedNow,
  type Candidate,
  candidatesOf,
  defaultOf,
  type ExerciseEvent,
  told,
  type Visit,
} from '../../../server/exercise/run.js';
import type { Script, ScriptOption, ScriptStep } from '../../../server/exercise/script.js';
import { formatDuration } from '../../../server/model/duration.js';
import { button, htmlNode, textNode } from '../common/dom.js';

/** What happens at a step; when, the page knows. */
export type AtStep = WithoutTime<Extract<ExerciseEvent, { readonly visit: number }>>;
type WithoutTime<Event> = Event extends unknown ? Omit<Event, 'at'> : never;

/** Who is written down where a decision is taken and nobody is left who may take it. */
const NOBODY = 'nobody who may decide it';

/** Takes a script, an open visit, and what to do when something happens. Gives the card, and how to tell it the clock. */
export function stepCard(
  script: Script,
  visit: Visit,
  happen: (event: AtStep) => void,
): { readonly node: HTMLElement; readonly tick: (clock: number) => void } {
  const { step } = visit;
  const playbook = script.playbooks[visit.playbook];
  const head = [`Step ${step.number} of ${playbook?.steps.length}`, KINDS[step.kind], step.phase].filter(Boolean);
  const timer = htmlNode('p', { class: 'timer' });
  const bar =
    step.within === undefined
      ? undefined
      : htmlNode('progress', { max: String(step.within), 'aria-label': 'Time spent' });
  const node = htmlNode(
    'article',
    { class: `card ${step.kind}`, 'aria-labelledby': 'step-title' },
    htmlNode('p', { class: 'head' }, (visit.caller === undefined ? '' : `${playbook?.title} · `) + head.join(' · ')),
    htmlNode('h2', { id: 'step-title', tabindex: '-1' }, step.title),
    timer,
    ...(bar ? [bar] : []),
    people(visit, happen),
    ...step.instructions.map(textNode),
    ...checklist(visit, happen),
    ...list(
      'What it does to the business',
      step.impacts.map(({ text }) => text),
      step.impacts.some((one) => one.disruptive),
    ),
    ...(step.facts.length > 0 ? [facts(step)] : []),
    ...waysOut(visit, happen),
    stall(visit, happen),
  );
  const tick = (clock: number) => {
    const spent = clock - visit.from;
    const over = step.within === undefined ? 0 : spent - step.within;
    const budget = step.within === undefined ? '' : ` of ${formatDuration(step.within)}`;
    timer.textContent = over > 0 ? `${told(spent)}${budget}: over by ${told(over)}` : `${told(spent)}${budget}`;
    timer.classList.toggle('over', over > 0);
    if (bar) bar.value = Math.min(spent, step.within ?? 0);
    node.classList.toggle('over', over > 0);
  };
  return { node, tick };
}

const KINDS: Readonly<Record<ScriptStep['kind'], string>> = {
  action: 'action',
  decision: 'decision',
  parallel: 'in parallel',
  call: 'playbook',
  unfinished: 'unfinished step',
};

function people(visit: Visit, happen: (event: AtStep) => void): HTMLElement {
  const { step, unreached } = visit;
  const asked = askedNow(visit);
  const verb = step.kind === 'decision' ? 'Decides' : 'Does it';
  const all = candidatesOf(step);
  const missed = unreached.map(({ name }) =>
    htmlNode('li', { class: 'missed' }, htmlNode('s', {}, name), ' not reached'),
  );
  const following = all.slice(unreached.length + 1);
  const then = following.map(({ name, post }) => (post === asked?.post ? name : `${name} (${post.title})`));
  const nobody =
    all.length === 0
      ? `${verb}: nobody is named.`
      : asked === undefined
        ? 'Nobody is left who may act here.'
        : undefined;
  const others = candidatesOf(step)
    .slice(unreached.length)
    .filter(({ post }) => post === asked?.post).length;
  const buttons = asked
    ? [
        button(`${asked.name} cannot be reached`, () => happen({ type: 'unreachable', visit: visit.id, all: false })),
        ...(others > 1
          ? [
              button(`Nobody of “${asked.post.title}” can be reached`, () =>
                happen({ type: 'unreachable', visit: visit.id, all: true }),
              ),
            ]
          : []),
      ]
    : [];
  const brings =
    step.kind === 'decision' && step.owner ? [htmlNode('p', {}, `Brings it to the table: ${named(step.owner)}`)] : [];
  return htmlNode(
    'section',
    { class: 'people', 'aria-label': verb },
    ...(all.length > 0 ? [htmlNode('h3', {}, verb)] : []),
    ...(missed.length > 0 ? [htmlNode('ul', {}, ...missed)] : []),
    ...(asked
      ? [htmlNode('p', { class: 'asked' }, htmlNode('span', { class: 'name' }, asked.name), ` ${aboutOf(asked)}`)]
      : []),
    ...(then.length > 0 ? [htmlNode('p', { class: 'then' }, `If not: ${then.join(', then ')}`)] : []),
    ...(nobody === undefined ? [] : [htmlNode('p', { class: 'nobody' }, nobody)]),
    ...brings,
    htmlNode('p', { class: 'buttons' }, ...buttons),
  );
}

function aboutOf({ name, post, contacts }: Candidate): string {
  return [name === post.title ? '' : post.title, ...contacts].filter(Boolean).join(' · ');
}

function named({ title, people: [holder] }: NonNullable<ScriptStep['owner']>): string {
  return holder ? `${holder.name}, ${title}` : title;
}

function checklist(visit: Visit, happen: (event: AtStep) => void): HTMLElement[] {
  const { step, ticked, id } = visit;
  if (step.checklist.length === 0) return [];
  const items = step.checklist.map((item, index) => {
    const box = htmlNode('input', { type: 'checkbox' });
    box.checked = ticked.has(index);
    box.addEventListener('change', () => happen({ type: 'tick', visit: id, item: index, on: box.checked }));
    return htmlNode('li', {}, htmlNode('label', {}, box, item));
  });
  const title = step.kind === 'decision' ? 'On the table' : 'Done when';
  return [htmlNode('h3', {}, title), htmlNode('ul', { class: 'checklist' }, ...items)];
}

function list(title: string, texts: readonly string[], isDisruptive: boolean): HTMLElement[] {
  if (texts.length === 0) return [];
  const items = texts.map((text) => htmlNode('li', {}, text));
  return [htmlNode('h3', {}, title), htmlNode('ul', { class: isDisruptive ? 'costly' : 'mild' }, ...items)];
}

function facts({ facts: known }: ScriptStep): HTMLElement {
  return htmlNode('dl', {}, ...known.flatMap(([name, text]) => [htmlNode('dt', {}, name), htmlNode('dd', {}, text)]));
}

function waysOut(visit: Visit, happen: (event: AtStep) => void): HTMLElement[] {
  const { step, id } = visit;
  if (step.kind === 'decision' && step.options.length > 0) {
    const by = askedNow(visit)?.name ?? NOBODY;
    const options = step.options.map((option) => {
      const node = button('', () => happen({ type: 'decide', visit: id, option: option.id, by }), { class: 'option' });
      node.append(htmlNode('strong', {}, option.label), ...costsOf(option));
      return node;
    });
    return [
      htmlNode('h3', {}, `${by} decides`),
      htmlNode('div', { class: 'options' }, ...options),
      timeUp(visit, happen),
    ];
  }
  const complete = (words: string) =>
    button(words, () => happen({ type: 'complete', visit: id }), { class: 'primary' });
  const buttons =
    step.kind === 'parallel'
      ? [complete('Start all branches')]
      : step.calls === undefined
        ? [complete('Done')]
        : [
            button('Walk through it', () => happen({ type: 'call', visit: id }), { class: 'primary' }),
            button('Done, without walking through it', () => happen({ type: 'complete', visit: id })),
          ];
  const failure = step.waysOut.some(({ kind }) => kind === 'failure')
    ? [button(`${step.tool || 'It'} fails`, () => happen({ type: 'fail', visit: id }))]
    : [];
  return [htmlNode('p', { class: 'buttons' }, ...buttons, ...failure)];
}

function costsOf({ impacts, isMapped }: ScriptOption): HTMLElement[] {
  const cost = (words: string, kind: string) => htmlNode('span', { class: `cost ${kind}` }, words);
  if (!isMapped) return [cost('Nobody has said what it costs', 'costly')];
  if (impacts.length === 0) return [cost('No business impact', 'mild')];
  return impacts.map(({ text, disruptive }) => (disruptive ? cost(`▲ ${text}`, 'costly') : cost(text, 'mild')));
}

function timeUp({ id, step }: Visit, happen: (event: AtStep) => void): HTMLElement {
  const fallback = defaultOf(step);
  if (!fallback) return htmlNode('p', { class: 'nobody' }, 'Nothing is laid down for the case that nobody decides.');
  const label = step.options.find((option) => option.id === fallback.option)?.label ?? fallback.option;
  return htmlNode(
    'p',
    { class: 'buttons' },
    button(`Time is up: ${label}`, () => happen({ type: 'time_up', visit: id }), { class: 'time-up' }),
  );
}

function stall({ id }: Visit, happen: (event: AtStep) => void): HTMLElement {
  const input = htmlNode('input', {
    type: 'text',
    placeholder: 'What stalls here?',
    'aria-label': 'What stalls here?',
  });
  const say = () => {
    if (input.value.trim() === '') input.focus();
    else happen({ type: 'stall', visit: id, text: input.value.trim() });
  };
  input.addEventListener('keydown', ({ key }) => {
    if (key === 'Enter') say();
  });
  return htmlNode('p', { class: 'entry' }, input, button('It stalls', say));
}
