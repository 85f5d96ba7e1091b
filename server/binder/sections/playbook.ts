/** One playbook: its summary and triggers, its graph in parts that fit, and a card for each step. */
import type { ScriptStep } from '../../exercise/script.js';
import { toldSeconds } from '../../graph/tell-way.js';
import { containmentOf, worstWayOf } from '../../graph/times.js';
import { formatDuration } from '../../model/duration.js';
import { type Block, type Cell, paragraph, plain, type Section } from '../document.js';
import type { GraphPart } from '../graph-parts.js';
import { blocksOf } from '../rich-text.js';
import { type BinderPlaybook, type BinderSource, cardOf, sectionOfPlaybook } from '../source.js';
import { askedNames } from '../told-post.js';

/** Takes a source and one of its playbooks. Reads all of it at once, and gives how to make the section of it when the graph has been laid out in parts. */
export function playbookSection(source: BinderSource, one: BinderPlaybook): (parts: readonly GraphPart[]) => Section {
  const { playbook, script, title, id } = one;
  const triggers = playbook.triggers?.items.map(({ value }) => value) ?? [];
  const before: Block[] = [
    ...(playbook.summary ? [paragraph(playbook.summary.value, 'lead')] : []),
    { kind: 'facts', rows: facts(source, one) },
    ...gaps(one),
    ...(triggers.length > 0 ? [{ kind: 'heading', level: 2, text: 'Start when' } as const, list(triggers)] : []),
  ];
  const cards = script.steps.map((step) => card(source, one, step));
  return (parts) => ({
    id: sectionOfPlaybook(id),
    title,
    blocks: [...before, ...graphBlocks(one, parts), { kind: 'heading', level: 2, text: 'Steps' }, ...cards],
  });
}

function graphBlocks({ script }: BinderPlaybook, parts: readonly GraphPart[]): Block[] {
  if (parts.length === 0) return [];
  const numbers = new Map(script.steps.map(({ key, number }) => [key, number]));
  const graphs = parts.map(({ drawing, steps }, index): Block => {
    const told = steps.flatMap((key) => numbers.get(key) ?? []).sort((a, b) => a - b);
    const part = `Decision graph, part ${index + 1} of ${parts.length}: steps ${ranges(told)}`;
    const caption = parts.length === 1 ? '' : part;
    return { kind: 'graph', drawing, caption, alt: `${part}. The cards of the steps say the same in words.` };
  });
  return [{ kind: 'heading', level: 2, text: 'Decision graph' }, { kind: 'legend' }, ...graphs];
}

function facts({ reader, rolesOf }: BinderSource, { uri, playbook }: BinderPlaybook): [string, Cell][] {
  const { way, waiting } = containmentOf(reader, uri);
  const whole = worstWayOf(reader, uri);
  const rows: [string, string | undefined][] = [
    ['Answers for it', rolesOf(uri, playbook.accountable)],
    ['Severity', playbook.severity?.value],
    ['Marking', playbook.marking?.value],
    [
      'Version',
      [playbook.version?.value, playbook.status?.value.replace('_', ' ')].filter(Boolean).join(', ') || undefined,
    ],
    ['Approved', playbook.approval?.on && `${playbook.approval.on.value} by ${rolesOf(uri, playbook.approval.by)}`],
    [
      'Containment',
      way && `after ${toldSeconds(way.cost)} at worst, ${toldSeconds(waiting)} of it waiting for decisions`,
    ],
    ['To the end', whole && whole.cost > 0 ? `${toldSeconds(whole.cost)} at worst` : undefined],
    ['ATT&CK', playbook.threats?.items.map(({ value }) => value).join(', ')],
  ];
  return rows.flatMap(([name, value]): [string, Cell][] => (value ? [[name, plain(value)]] : []));
}

function gaps({ findings }: BinderPlaybook): Block[] {
  const open = findings.filter(({ waived, at }) => !waived && at === null);
  return open.map(({ message }) => paragraph(`Open: ${message}`, 'alarm'));
}

function card(source: BinderSource, { id, script, findings }: BinderPlaybook, step: ScriptStep): Block {
  const goesTo = (to: string): Cell => {
    const target = script.steps.find(({ key }) => key === to);
    return target ? [{ text: `step ${target.number}, ${target.title}`, target: cardOf(id, to) }] : plain('the end');
  };
  const isDecision = step.kind === 'decision';
  const open = findings.filter(({ at, waived }) => at === step.key && !waived);
  const rows: [string, Cell][] = [
    ...(isDecision ? ([['Decides', plain(askedNames(step.authority, source))]] as [string, Cell][]) : []),
    ...(isDecision && step.escalation
      ? ([['If not reached', plain(askedNames(step.escalation, source))]] as [string, Cell][])
      : []),
    [isDecision ? 'Brings it' : 'Does it', plain(askedNames(step.owner, source))],
    ...step.facts.map(([name, text]): [string, Cell] => [name, plain(text)]),
    ...(step.tool ? ([['By', plain(step.tool)]] as [string, Cell][]) : []),
  ];
  const onward = step.waysOut.filter(({ kind }) => kind !== 'option');
  return {
    kind: 'card',
    id: cardOf(id, step.key),
    isDecision,
    title: `${step.number}. ${step.title}`,
    meta: [
      KINDS[step.kind],
      step.phase,
      step.within === undefined ? 'no time budget' : `within ${formatDuration(step.within)}`,
    ]
      .filter(Boolean)
      .join(' · '),
    blocks: [
      ...open.map(({ message }) => paragraph(`Open: ${message}`, 'alarm')),
      { kind: 'facts', rows },
      ...blocksOf(step.instructions),
      ...(step.checklist.length > 0
        ? [
            { kind: 'heading', level: 3, text: isDecision ? 'On the table' : 'Done when' } as const,
            { kind: 'ticks', items: step.checklist } as const,
          ]
        : []),
      ...(step.impacts.length > 0
        ? [{ kind: 'heading', level: 3, text: 'Impact' } as const, list(step.impacts.map(told))]
        : []),
      ...(step.options.length > 0 ? [options(step, goesTo)] : []),
      ...onward.map(
        ({ kind, to }): Block => ({ kind: 'paragraph', inlines: [{ text: `${ONWARD[kind]} ` }, ...goesTo(to)] }),
      ),
      { kind: 'blanks', names: isDecision ? ['Decided', 'By', 'Time'] : ['Started', 'Done', 'By'] },
    ],
  };
}

const KINDS: Readonly<Record<ScriptStep['kind'], string>> = {
  action: 'action',
  decision: 'decision',
  parallel: 'in parallel',
  call: 'another playbook',
  unfinished: 'unfinished',
};

const ONWARD = {
  next: 'Then',
  option: '',
  timeout: 'If nobody decides in time:',
  failure: 'If it fails:',
  branch: 'At the same time:',
} as const;

function options(step: ScriptStep, goesTo: (to: string) => Cell): Block {
  const rows = step.options.map((option): Cell[] => {
    const way = step.waysOut.find(({ kind, option: id }) => kind === 'option' && id === option.id);
    const cost = option.isMapped ? option.impacts.map(told).join('\n') || 'none' : 'nobody has said';
    return [[{ text: option.label, bold: true }], plain(cost), way ? goesTo(way.to) : plain('nowhere')];
  });
  return { kind: 'table', head: ['Option', 'What it costs', 'Goes on with'], rows, widths: [30, 42, 28] };
}

function told({ text, disruptive }: { readonly text: string; readonly disruptive: boolean }): string {
  return disruptive ? `▼ ${text}` : text;
}

function list(texts: readonly string[]): Block {
  return { kind: 'list', start: undefined, items: texts.map((text) => [paragraph(text)]) };
}

/** Takes numbers in order. Gives `1–4, 7`. */
function ranges(numbers: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else runs.push([number, number]);
  }
  return runs.map(([from, to]) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
}
