/** A playbook as one HTML page that needs nothing else and prints well: summary, graph, roster, decisions, step cards, findings. */
import type { Finding } from '../check/finding.js';
import { formatDuration, parseDuration } from '../model/duration.js';
import type * as types from '../model/generated/types.js';
import { each, type Placed, type PlacedOf } from '../model/placed.js';
import {
  type Impact,
  impactInWords,
  impactsOf,
  isDisruptive,
  kindOf,
  type Option,
  type Step,
  titleOfStep,
} from '../model/step.js';
import { definitionOf } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { roleReferencesOf } from '../workspace/role-references.js';
import { commonMark } from './common-mark.js';
import type { Drawing } from './drawing.js';
import { type Element, element, markup } from './element.js';
import { legend } from './legend.js';
import { pageHead, styledPage } from './page-head.js';
import { type Badges, markers, picture } from './picture.js';
import { slices } from './slices.js';
import type { Caption } from './svg.js';
import { onLightPaper, PICTURE_STYLE } from './theme.js';

export interface PageInput {
  readonly snapshot: Reader;
  readonly uri: string;
  readonly playbook: PlacedOf<types.Playbook>;
  readonly drawing: Drawing;
  readonly badges: Badges;
  readonly caption: Caption;
  readonly findings: readonly Finding[];
  /** Gives the line of a finding, from 1. */
  readonly lineOf: (finding: Finding) => number;
}

/** Takes a checked playbook and its drawing. Gives the page; the same input gives the same bytes. */
export function html(input: PageInput): string {
  const { playbook, caption } = input;
  const marking = playbook.marking?.value;
  const page = element(
    'html',
    { lang: 'en' },
    pageHead(caption.title),
    element(
      'body',
      {},
      element(
        'header',
        {},
        ...(marking ? [element('p', { class: 'marking' }, marking)] : []),
        element('h1', {}, caption.title),
        element('p', { class: 'details' }, caption.details),
      ),
      element(
        'main',
        {},
        ...summary(input),
        ...graph(input),
        ...roster(input),
        ...decisions(input),
        ...cards(input),
        ...gaps(input),
      ),
      element('footer', {}, [marking, caption.title, caption.details].filter(Boolean).join(' · ')),
    ),
  );
  return styledPage(markup(page), PAGE_STYLE);
}

function section(title: string, ...children: Element[]): Element[] {
  return children.length === 0
    ? []
    : [element('section', { id: title.toLowerCase().replace(/[^a-z]+/g, '-') }, element('h2', {}, title), ...children)];
}

function summary({ playbook, snapshot, uri, findings }: PageInput): Element[] {
  const name = roleNames(snapshot, uri);
  const rows: [string, string | undefined][] = [
    ['Answers for it', each(playbook.accountable).map(name).join(', ') || undefined],
    ['Severity', playbook.severity?.value],
    ['Containment within', duration(playbook.containment_target)],
    [
      'Approved',
      playbook.approval?.on && `${playbook.approval.on.value} by ${each(playbook.approval.by).map(name).join(', ')}`,
    ],
    ['Last reviewed', playbook.review?.last?.value],
    [
      'Last exercised',
      playbook.exercises?.items
        .map(({ on }) => on?.value ?? '')
        .sort()
        .at(-1),
    ],
    ['ATT&CK', playbook.threats?.items.map(({ value }) => value).join(', ')],
    ['Open gaps', gapCount(findings)],
  ];
  const text = playbook.summary ? [element('p', { class: 'lead' }, playbook.summary.value)] : [];
  const triggers = playbook.triggers
    ? [element('h3', {}, 'Start when'), list(playbook.triggers.items.map(({ value }) => value))]
    : [];
  const table = element(
    'dl',
    {},
    ...rows.flatMap(([key, value]) => (value ? [element('dt', {}, key), element('dd', {}, value)] : [])),
  );
  return section('Summary', ...text, ...triggers, table);
}

function gapCount(findings: readonly Finding[]): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  return errors + warnings === 0 ? 'none' : `${errors} errors, ${warnings} warnings (listed at the end)`;
}

/** So that the words of the graph are still 6 points high on A4. */
const NARROWEST = 900;
const PAGE_RATIO = 1.3;

function graph({ drawing, badges, caption }: PageInput): Element[] {
  if (drawing.boxes.length === 0) return [];
  const { width } = drawing;
  const key = legend();
  const parts = slices(drawing, Math.max(width, NARROWEST) * PAGE_RATIO);
  const room = Math.max(width, NARROWEST);
  const pages = parts.flatMap(({ y, height }, index) => [
    ...(index > 0
      ? [element('p', { class: 'continued' }, `Decision graph, part ${index + 1} of ${parts.length}`)]
      : []),
    element(
      'svg',
      {
        class: 'graph',
        viewBox: `${(width - room) / 2} ${y} ${room} ${height}`,
        width: room,
        height,
        role: 'img',
        'aria-label': `Decision graph: ${caption.title}${parts.length > 1 ? `, part ${index + 1} of ${parts.length}` : ''}`,
      },
      element('use', { href: '#picture' }),
    ),
  ]);
  return section(
    'Decision graph',
    element(
      'svg',
      { class: 'hidden', width: 0, height: 0, 'aria-hidden': 'true' },
      markers(),
      element('defs', {}, element('g', { id: 'picture' }, picture(drawing, badges))),
    ),
    element(
      'svg',
      {
        class: 'picture key',
        viewBox: `-2 -2 ${key.width} 20`,
        width: key.width,
        height: 20,
        role: 'img',
        'aria-label': 'Legend',
      },
      key.group,
    ),
    ...pages,
  );
}

function roster({ snapshot, uri }: PageInput): Element[] {
  const ids = [...new Set(roleReferencesOf(snapshot, uri).map(({ id }) => id.value))].sort();
  const rows = ids.map((id) => {
    const role = definitionOf(snapshot, uri, 'roles', id)?.value;
    const people = [role?.holder, ...(role?.deputies?.items ?? [])].filter((person) => person !== undefined);
    return element(
      'tr',
      {},
      element('th', { scope: 'row' }, role?.title?.value ?? id),
      element('td', {}, ...(people[0] ? person(snapshot, uri, people[0]) : ['nobody'])),
      element(
        'td',
        {},
        ...(people.length > 1 ? people.slice(1).flatMap((one) => person(snapshot, uri, one)) : ['nobody']),
      ),
    );
  });
  return rows.length === 0 ? [] : section('Who is needed', table(['Role', 'Holder', 'Deputies'], rows));
}

function person(snapshot: Reader, uri: string, id: Placed<string>): Element[] {
  const found = definitionOf(snapshot, uri, 'people', id.value)?.value;
  const contacts = (found?.contacts?.items ?? []).map(({ kind, value }) =>
    element('span', { class: 'contact' }, `${kind?.value.replace('_', ' ') ?? ''} ${value?.value ?? ''}`),
  );
  return [element('div', { class: 'person' }, element('strong', {}, found?.name?.value ?? id.value), ...contacts)];
}

function decisions({ snapshot, uri, playbook }: PageInput): Element[] {
  const name = roleNames(snapshot, uri);
  const rows = (playbook.steps?.items ?? [])
    .filter((step) => kindOf(step) === 'decision')
    .map((step) => {
      const options = step.options?.items ?? [];
      const fallback = options.find(({ id }) => id?.value === step.if_no_decision?.value);
      return element(
        'tr',
        {},
        element('th', { scope: 'row' }, step.decision?.value ?? ''),
        element('td', {}, each(step.authority).map(name).join(', ') || 'nobody'),
        element('td', {}, each(step.escalate_to).map(name).join(', ') || 'nobody'),
        element('td', { class: 'nowrap' }, duration(step.within) ?? 'no deadline'),
        element('td', {}, fallback ? (fallback.label?.value ?? fallback.id?.value ?? '') : 'nothing happens'),
        element('td', {}, ...options.map((option) => element('div', {}, optionCost(option)))),
      );
    });
  return rows.length === 0
    ? []
    : section(
        'Decisions',
        table(['Question', 'Decides', 'If not reachable', 'Deadline', 'If nobody decides', 'What it costs'], rows),
      );
}

function optionCost(option: Option): string {
  const costs = impactsOf(option).map(impactText);
  const cost = costs.length > 0 ? costs.join('; ') : option.impacts ? 'no impact' : 'not stated';
  return `${option.label?.value ?? option.id?.value ?? 'An option'}: ${cost}`;
}

function cards({ snapshot, uri, playbook }: PageInput): Element[] {
  const steps = playbook.steps?.items ?? [];
  return section('Steps', ...steps.map((step, index) => card(step, index, roleNames(snapshot, uri))));
}

function card(step: Step, index: number, name: (role: Placed<string>) => string): Element {
  const kind = kindOf(step);
  const facts: [string, string | undefined][] = [
    ['Owner', each(step.owner).map(name).join(', ') || 'nobody'],
    ['Decides', kind === 'decision' ? each(step.authority).map(name).join(', ') || 'nobody' : undefined],
    ['Within', duration(step.within)],
    ['Consult', step.consult?.items.map(name).join(', ')],
    ['Inform', step.inform?.items.map(name).join(', ')],
    ['Pre-authorised', step.pre_authorized && preAuthorization(step.pre_authorized, name)],
    ['Tool', step.automation?.tool?.value],
    ['Notify', step.notify?.obligation?.value],
    ['Undo', step.rollback?.value],
    ['Goes on with', step.next?.value],
  ];
  const impacts = impactsOf(step);
  return element(
    'article',
    { class: `card ${kind}`, id: `step-${index + 1}` },
    element('h3', {}, element('span', { class: 'tick', 'aria-hidden': 'true' }), `${index + 1}. ${titleOfStep(step)}`),
    element(
      'p',
      { class: 'meta' },
      [kind, step.phase?.value.replace('_', ' '), step.id?.value].filter(Boolean).join(' · '),
    ),
    ...commonMark(step.instructions?.value ?? ''),
    ...(step.evidence ? [element('h4', {}, 'On the table'), list(step.evidence.items.map(({ value }) => value))] : []),
    ...(step.options
      ? [
          element('h4', {}, 'Options'),
          list(step.options.items.map((option) => `${optionCost(option)} → ${option.next?.value ?? 'nowhere'}`)),
        ]
      : []),
    ...(step.parallel
      ? [
          element('h4', {}, 'At the same time'),
          list(step.parallel.items.map(({ items }) => items.map(({ value }) => value).join(', then '))),
        ]
      : []),
    ...(impacts.length > 0 ? [element('h4', {}, 'Impact'), element('ul', {}, ...impacts.map(impactItem))] : []),
    ...(step.done_when ? [element('h4', {}, 'Done when'), list(step.done_when.items.map(({ value }) => value))] : []),
    element(
      'dl',
      {},
      ...facts.flatMap(([key, value]) => (value ? [element('dt', {}, key), element('dd', {}, value)] : [])),
    ),
    element('p', { class: 'log' }, 'Started ________  Done ________  By ________________'),
  );
}

function preAuthorization(
  { by, when, limits, expires }: NonNullable<Step['pre_authorized']>,
  name: (role: Placed<string>) => string,
): string {
  const parts = [
    `by ${each(by).map(name).join(', ') || 'nobody'}`,
    when && `when ${when.value}`,
    limits && `limits: ${limits.value}`,
    expires && `until ${expires.value}`,
  ];
  return parts.filter(Boolean).join('; ');
}

function impactItem(impact: Impact): Element {
  return element('li', { class: isDisruptive(impact) ? 'costly' : 'mild' }, impactText(impact));
}

function impactText(impact: Impact): string {
  const what = impactInWords(impact, impact.service?.value);
  return impact.because ? `${what} (${impact.because.value})` : what;
}

function gaps({ findings, lineOf }: PageInput): Element[] {
  if (findings.length === 0) return section('Open findings', element('p', {}, 'None.'));
  const rows = findings.map((finding) =>
    element(
      'tr',
      { class: finding.severity },
      element('td', {}, finding.severity),
      element('td', {}, String(lineOf(finding))),
      element('td', {}, finding.at ?? ''),
      element('td', {}, finding.message),
      element('td', {}, finding.rule),
    ),
  );
  return section('Open findings', table(['Severity', 'Line', 'Step', 'Finding', 'Rule'], rows));
}

function table(heads: readonly string[], rows: readonly Element[]): Element {
  return element(
    'table',
    {},
    element('thead', {}, element('tr', {}, ...heads.map((head) => element('th', { scope: 'col' }, head)))),
    element('tbody', {}, ...rows),
  );
}

function list(items: readonly string[]): Element {
  return element('ul', {}, ...items.map((item) => element('li', {}, item)));
}

function roleNames(snapshot: Reader, uri: string): (role: Placed<string>) => string {
  return (role) => definitionOf(snapshot, uri, 'roles', role.value)?.value.title?.value ?? role.value;
}

function duration(value: Placed<string> | undefined): string | undefined {
  const seconds = value && parseDuration(value.value);
  return seconds === undefined ? value?.value : formatDuration(seconds);
}

const PAGE_STYLE = onLightPaper(`
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 1000px; padding: 24px; font: 14px/1.5 Helvetica, Arial, 'Liberation Sans', sans-serif; color: var(--ink); background: var(--paper); }
h1 { margin: 0; font-size: 26px; line-height: 1.2; }
h2 { margin: 32px 0 8px; font-size: 19px; border-bottom: 2px solid var(--ink); padding-bottom: 4px; break-after: avoid; }
h3 { margin: 0 0 2px; font-size: 15px; break-after: avoid; }
h4 { margin: 8px 0 0; font-size: 12px; text-transform: uppercase; letter-spacing: 0.04em; color: var(--faint); break-after: avoid; }
.marking { float: right; margin: 0 0 0 16px; padding: 2px 10px; border: 2px solid var(--ink); font-weight: bold; }
.details, .meta, footer { color: var(--faint); margin: 2px 0 8px; }
.lead { font-size: 16px; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 2px 16px; margin: 8px 0; }
dt { color: var(--faint); } dd { margin: 0; }
ul { margin: 2px 0 6px; padding-left: 20px; }
table { border-collapse: collapse; width: 100%; font-size: 12.5px; }
th, td { border: 1px solid var(--action-edge); padding: 5px 8px; text-align: left; vertical-align: top; overflow-wrap: break-word; }
.nowrap { white-space: nowrap; }
thead th { background: var(--action); } tr { break-inside: avoid; } thead { display: table-header-group; }
.contact { display: block; } .person + .person { margin-top: 6px; }
svg.graph { display: block; max-width: 100%; height: auto; margin: 0 auto; }
svg.hidden { position: absolute; }
.continued { display: none; }
code { font-family: 'Liberation Mono', Menlo, Consolas, monospace; font-size: 0.92em; }
pre { margin: 6px 0; padding: 8px; background: var(--action); white-space: pre-wrap; overflow-wrap: anywhere; }
.card p, .card ol { margin: 6px 0; } .card ol { padding-left: 24px; }
svg.key { display: block; max-width: 100%; height: auto; margin: 8px auto 0; }
.card { border: 1px solid var(--action-edge); border-left: 6px solid var(--action-edge); border-radius: 4px; padding: 10px 14px; margin: 10px 0; break-inside: avoid; }
.card.decision { border-left-color: var(--decision-edge); background: #fffdf5; }
.card .log { color: var(--faint); margin: 8px 0 0; }
.tick { display: inline-block; width: 13px; height: 13px; border: 1.5px solid var(--ink); margin-right: 8px; vertical-align: -1px; }
li.costly { color: var(--disruptive); font-weight: bold; }
tr.error td:first-child { color: var(--error); font-weight: bold; } tr.warning td:first-child { color: var(--warning); font-weight: bold; }
footer { margin-top: 32px; border-top: 1px solid var(--action-edge); padding-top: 6px; font-size: 11px; }
@page { size: A4; margin: 14mm; }
@media print { body { padding: 0; max-width: none; font-size: 11pt; } section#steps, section#decision-graph { break-before: page; } .card.decision { background: none; } svg.graph { break-inside: avoid; } .continued { display: block; break-before: page; } }
${PICTURE_STYLE}
`);
