/** What the lead says when the exercise has ended: what it was, who took part, which findings are kept, who mends them by when. */
import { EXERCISE_KINDS, idOf, type Review, shortfallsOf } from '../../../server/exercise/review.js';
import type { Run } from '../../../server/exercise/run.js';
import type { Script } from '../../../server/exercise/script.js';
import type { FindingDraft, ReviewDraft } from '../../exercise/messages.js';
import { button, htmlNode } from '../common/dom.js';

const DAYS_TO_MEND = 30;
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** Takes a moment in milliseconds since 1970. Gives its day where the reader is, as YYYY-MM-DD. */
function dayOf(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** Takes an exercise that has ended and its draft, where there is one. Gives the draft with what fell short since. */
export function draftOf(script: Script, run: Run, before: ReviewDraft | undefined): ReviewDraft {
  const due = dayOf(run.begunAt + DAYS_TO_MEND * 86_400_000);
  const fallback = script.accountable ?? script.roles[0]?.id ?? '';
  const known = new Set(before?.findings.map(({ id }) => id));
  const found = shortfallsOf(script, run)
    .filter(({ id }) => !known.has(id))
    .map(({ id, title, owner = fallback }) => ({ id, title, owner, due, isKept: true }));
  const fresh = { on: dayOf(run.begunAt), kind: 'tabletop' as const, ledBy: '', summary: '', participants: '' };
  return { ...fresh, ...before, findings: [...(before?.findings ?? []), ...found] };
}

/** Takes a draft. Gives what is missing in it, in words; empty where it can be written down. */
function faultsOf({ on, findings }: ReviewDraft): string[] {
  const faults = DATE.test(on) ? [] : ['Write the day as YYYY-MM-DD.'];
  for (const { title, owner, due, isKept } of findings) {
    if (!isKept) continue;
    if (title.trim() === '') faults.push('A finding has no words: write them, or take it off the list.');
    else if (owner === '') faults.push(`Nobody mends “${title}”: name an owner.`);
    else if (!DATE.test(due)) faults.push(`“${title}” has no day by which it is mended (YYYY-MM-DD).`);
  }
  return faults;
}

interface Acts {
  /** Something was changed. */
  readonly change: (draft: ReviewDraft) => void;
  readonly write: (review: Review) => void;
}

/** Takes the script, the draft and what to do. Gives the form. It keeps what is typed by itself. */
export function reviewForm(script: Script, first: ReviewDraft, { change, write }: Acts): HTMLElement {
  let draft = first;
  const set = (part: Partial<ReviewDraft>) => {
    draft = { ...draft, ...part };
    change(draft);
  };
  const faults = htmlNode('ul', { class: 'faults', role: 'alert' });
  const rows = htmlNode('ul', { class: 'findings' });
  const setFinding = (index: number, part: Partial<FindingDraft>) =>
    set({ findings: draft.findings.map((one, at) => (at === index ? { ...one, ...part } : one)) });
  const drawRows = () =>
    rows.replaceChildren(
      ...draft.findings.map((finding, index) => findingRow(script, finding, (part) => setFinding(index, part))),
    );
  drawRows();
  return htmlNode(
    'section',
    { class: 'review', 'aria-label': 'Review' },
    htmlNode(
      'div',
      { class: 'fields' },
      field(
        'Held on',
        text(draft.on, (on) => set({ on })),
      ),
      field(
        'Kind',
        choice(
          EXERCISE_KINDS.map((kind) => [kind, kind.replace('_', ' ')]),
          draft.kind,
          (kind) => set({ kind: kind as Review['kind'] }),
        ),
      ),
      field(
        'Led by',
        choice([['', 'nobody named'], ...roles(script)], draft.ledBy, (ledBy) => set({ ledBy })),
      ),
      field(
        'Who took part',
        text(draft.participants, (participants) => set({ participants })),
      ),
      field(
        'What was practised',
        text(draft.summary, (summary) => set({ summary })),
        'wide',
      ),
    ),
    htmlNode('h3', {}, 'Findings'),
    htmlNode(
      'p',
      { class: 'faint' },
      'What fell short is here already. Keep what must be mended, and say who does it by when.',
    ),
    rows,
    htmlNode(
      'p',
      { class: 'buttons' },
      button('Add a finding', () => {
        const due = draft.findings.at(-1)?.due ?? '';
        set({
          findings: [...draft.findings, { id: '', title: '', owner: script.accountable ?? '', due, isKept: true }],
        });
        drawRows();
        rows.lastElementChild?.querySelector<HTMLInputElement>('input[type="text"]')?.focus();
      }),
    ),
    faults,
    htmlNode(
      'p',
      { class: 'buttons' },
      button(
        'Write into the playbook, with a report beside it',
        () => {
          const found = faultsOf(draft);
          faults.replaceChildren(...found.map((fault) => htmlNode('li', {}, fault)));
          if (found.length === 0) write(reviewOf(draft));
        },
        { class: 'primary' },
      ),
    ),
  );
}

function reviewOf({ findings, ...draft }: ReviewDraft): Review {
  const kept = findings.filter(({ isKept }) => isKept);
  const ids = new Set<string>();
  return {
    ...draft,
    findings: kept.map(({ id, title, owner, due }) => {
      const wanted = id || idOf(title);
      let free = wanted;
      for (let count = 2; ids.has(free); count++) free = `${wanted}-${count}`;
      ids.add(free);
      return { id: free, title: title.trim(), owner, due };
    }),
  };
}

function findingRow(
  script: Script,
  { title, owner, due, isKept }: FindingDraft,
  set: (part: Partial<FindingDraft>) => void,
): HTMLElement {
  const keep = htmlNode('input', { type: 'checkbox', 'aria-label': `Keep: ${title}` });
  keep.checked = isKept;
  const row = htmlNode(
    'li',
    { class: isKept ? 'kept' : 'dropped' },
    keep,
    text(title, (words) => set({ title: words }), 'Finding'),
    choice([['', 'nobody'], ...roles(script)], owner, (role) => set({ owner: role }), 'Owner'),
    text(due, (day) => set({ due: day }), 'Due'),
  );
  keep.addEventListener('change', () => {
    row.className = keep.checked ? 'kept' : 'dropped';
    set({ isKept: keep.checked });
  });
  return row;
}

function roles({ roles: all }: Script): [string, string][] {
  return all.map(({ id, detail }) => [id, detail]);
}

function field(label: string, input: HTMLElement, kind = ''): HTMLElement {
  return htmlNode('label', { class: `field ${kind}`.trim() }, htmlNode('span', {}, label), input);
}

function text(value: string, set: (value: string) => void, label?: string): HTMLInputElement {
  const input = htmlNode('input', { type: 'text', ...(label ? { 'aria-label': label } : {}) });
  input.value = value;
  input.addEventListener('input', () => set(input.value.trim()));
  return input;
}

function choice(
  options: readonly (readonly [string, string])[],
  value: string,
  set: (value: string) => void,
  label?: string,
): HTMLSelectElement {
  const select = htmlNode('select', label ? { 'aria-label': label } : {});
  select.append(...options.map(([id, words]) => htmlNode('option', { value: id }, words)));
  select.value = value;
  select.addEventListener('change', () => set(select.value));
  return select;
}
