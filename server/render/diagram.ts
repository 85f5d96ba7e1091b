/** What the picture of a playbook shows, before anything has a place: boxes with their words, and lines between them. */

import { type EdgeKind, type Graph, graphOf, stepsByKey } from '../graph/graph.js';
import { formatDuration, parseDuration } from '../model/duration.js';
import type * as types from '../model/generated/types.js';
import { END } from '../model/id.js';
import { each, type Placed, type PlacedOf } from '../model/placed.js';
import { impactInWords, impactsOf, isDisruptive, type Step, titleOfStep } from '../model/step.js';
import { definitionOf, playbookIdsOf } from '../workspace/definitions.js';
import { fact, type Reader } from '../workspace/fact.js';
import { playbookOf } from '../workspace/files.js';
import { scopeOf } from '../workspace/scope.js';
import type { BoxKind } from './box-kind.js';

export interface Box {
  /** The key of the step; for an end or an escalation, of the step before with a prefix. */
  readonly key: string;
  readonly kind: BoxKind;
  /** The phase and the owner of its step, in words; empty where none is named. */
  readonly phase: string;
  readonly owner: string;
  /** Who decides, in words; empty where it is no decision. */
  readonly authority: string;
  /** The services that it has an impact on. */
  readonly services: readonly string[];
  /** `3 · action · containment`: the number of the step, its kind and its phase. */
  readonly head: string;
  readonly title: string;
  /** Who performs, who decides, until when. */
  readonly facts: readonly string[];
  readonly impacts: readonly { readonly text: string; readonly disruptive: boolean }[];
}

export interface Line {
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind | 'escalation';
  readonly label: string;
}

export interface Diagram {
  readonly boxes: readonly Box[];
  readonly lines: readonly Line[];
}

/** Takes the URI of a playbook. Gives its diagram. */
export const diagramOf = fact(
  (reader, uri: string): Diagram => {
    const playbook = playbookOf(reader, uri)?.value;
    return playbook ? diagram(reader, uri, playbook, graphOf(reader, uri)) : { boxes: [], lines: [] };
  },
  (before, after) => JSON.stringify(before) === JSON.stringify(after),
);

function diagram(reader: Reader, uri: string, playbook: PlacedOf<types.Playbook>, graph: Graph): Diagram {
  const steps = stepsByKey(playbook);
  const boxes: Box[] = [];
  const lines: Line[] = [];
  const nameOf = (role: Placed<string>) =>
    definitionOf(reader, uri, 'roles', role.value)?.value.title?.value ?? role.value;
  for (const [key, { kind, index, escalatesTo }] of graph.nodes) {
    const step = steps.get(key);
    if (!step) continue;
    const phase = step.phase?.value.replace('_', ' ') ?? '';
    const owner = each(step.owner).map(nameOf).join(', ');
    boxes.push({
      key,
      kind,
      phase,
      owner,
      authority: kind === 'decision' ? each(step.authority).map(nameOf).join(', ') : '',
      services: [...new Set(impactsOf(step).flatMap(({ service }) => service?.value ?? []))],
      head: [index + 1, HEADS[kind], phase].filter(Boolean).join(' · '),
      title: kind === 'call' ? calledTitle(reader, uri, step) : titleOfStep(step),
      facts: factsOf(step, kind, nameOf),
      impacts: impactsOf(step).map((impact) => ({
        text: impactInWords(impact, impact.service?.value),
        disruptive: isDisruptive(impact),
      })),
    });
    if (escalatesTo !== undefined) {
      const to = `escalation:${key}`;
      const [role] = each(step.escalate_to);
      boxes.push({
        key: to,
        kind: 'escalation',
        phase,
        owner,
        authority: '',
        services: [],
        head: '',
        title: role ? nameOf(role) : escalatesTo,
        facts: [],
        impacts: [],
      });
      lines.push({ from: key, to, kind: 'escalation', label: 'cannot be reached' });
    }
  }
  const ends = new Set<string>();
  for (const { from, to, kind, option } of graph.edges) {
    const target = to === END ? `end:${from}` : to;
    if (to === END && !ends.has(target)) {
      ends.add(target);
      const { phase = '', owner = '' } = boxes.find(({ key }) => key === from) ?? {};
      boxes.push({
        key: target,
        kind: 'end',
        phase,
        owner,
        authority: '',
        services: [],
        head: '',
        title: 'End',
        facts: [],
        impacts: [],
      });
    }
    lines.push({ from, to: target, kind, label: labelOf(steps.get(from), kind, option) });
  }
  return { boxes, lines };
}

const HEADS = {
  action: 'action',
  decision: 'decision',
  parallel: 'in parallel',
  call: 'playbook',
  unfinished: 'unfinished',
} as const;

function calledTitle(reader: Reader, uri: string, step: Step): string {
  const id = step.playbook?.value;
  if (step.title || id === undefined) return titleOfStep(step);
  const called = playbookIdsOf(reader, scopeOf(reader, uri)).get(id);
  return (called && playbookOf(reader, called)?.value.title?.value) ?? id;
}

function factsOf(step: Step, kind: BoxKind, nameOf: (role: Placed<string>) => string): string[] {
  const owners = each(step.owner).map(nameOf).join(', ');
  const authorities = each(step.authority).map(nameOf).join(', ');
  const within = durationOf(step.within);
  const facts: string[] = [];
  if (kind === 'decision') facts.push(`Decides: ${authorities || 'nobody'}`);
  facts.push(`${kind === 'decision' ? 'Brings it' : 'Owner'}: ${owners || 'nobody'}`);
  if (within) facts.push(`Within ${within}`);
  if (step.pre_authorized)
    facts.push(`Pre-authorised by ${each(step.pre_authorized.by).map(nameOf).join(', ') || 'nobody'}`);
  if (step.automation?.tool) facts.push(`By ${step.automation.tool.value}`);
  if (step.repeat?.at_most) facts.push(`At most ${step.repeat.at_most.value} times`);
  return facts;
}

function durationOf(duration: Placed<string> | undefined): string {
  const seconds = duration && parseDuration(duration.value);
  return seconds === undefined ? (duration?.value ?? '') : formatDuration(seconds);
}

function labelOf(step: Step | undefined, kind: EdgeKind, option: string | undefined): string {
  const chosen = step?.options?.items.find(({ id }) => id?.value === option);
  if (kind === 'option') return chosen?.label?.value ?? option ?? '';
  if (kind === 'timeout') return `no decision${step?.within ? ` in ${durationOf(step.within)}` : ''}`;
  return kind === 'failure' ? 'if it fails' : '';
}
