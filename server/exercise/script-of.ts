/** Writes the script of an exercise from a playbook as it stands. */
import { branchesEndedBy } from '../graph/blocks.js';
import { calleeOf } from '../graph/calls.js';
import { type Graph, graphOf, stepsByKey } from '../graph/graph.js';
import { containsWhenDone } from '../graph/times.js';
import { parseDuration, parseLimit } from '../model/duration.js';
import { each, type Placed, type PlacedList } from '../model/placed.js';
import {
  impactInWords,
  impactsOf,
  isDisruptive,
  type Option,
  optionsById,
  type Step,
  titleOfStep,
} from '../model/step.js';
import { commonMark } from '../render/common-mark.js';
import { definitionOf, idsFor } from '../workspace/definitions.js';
import type { Reader } from '../workspace/fact.js';
import { playbookOf } from '../workspace/files.js';
import type { Post, Script, ScriptClock, ScriptImpact, ScriptPerson, ScriptPlaybook, ScriptStep } from './script.js';

/** Takes the URI of a playbook. Gives its script; undefined where the file is no playbook. */
export function scriptOf(reader: Reader, uri: string): Script | undefined {
  const playbook = playbookOf(reader, uri)?.value;
  if (!playbook) return undefined;
  const uris = [uri];
  const playbooks: ScriptPlaybook[] = [];
  // Those that are called join the list while it is gone through; calls that lead back have no callee.
  for (const one of uris) playbooks.push(scriptPlaybook(reader, one, (called) => numberIn(uris, called)));
  const target = playbook.containment_target && parseDuration(playbook.containment_target.value);
  return {
    id: playbook.id?.value ?? '',
    title: playbook.title?.value ?? playbook.id?.value ?? 'Playbook without a title',
    version: playbook.version?.value ?? '',
    marking: playbook.marking?.value ?? '',
    accountable: each(playbook.accountable)[0]?.value,
    containmentTarget: target,
    playbooks,
    clocks: clocksOf(reader, uri, playbooks),
    roles: idsFor(reader, uri, 'roles').map((id) => ({ id, detail: postOf(reader, uri, id).title })),
  };
}

function numberIn(uris: string[], uri: string): number {
  const known = uris.indexOf(uri);
  return known === -1 ? uris.push(uri) - 1 : known;
}

/** Takes the URI of a playbook, and how to number the playbooks that it calls. Gives its steps as they are told to people. */
export function scriptPlaybook(reader: Reader, uri: string, numberOf: (uri: string) => number): ScriptPlaybook {
  const playbook = playbookOf(reader, uri)?.value;
  const graph = graphOf(reader, uri);
  const steps = playbook ? stepsByKey(playbook) : new Map<string, Step>();
  return {
    uri,
    title: playbook?.title?.value ?? playbook?.id?.value ?? '',
    start: graph.start,
    steps: [...steps].map(([key, step]) => scriptStep(reader, uri, graph, key, step, numberOf)),
  };
}

function scriptStep(
  reader: Reader,
  uri: string,
  graph: Graph,
  key: string,
  step: Step,
  numberOf: (uri: string) => number,
): ScriptStep {
  const node = graph.nodes.get(key);
  const called = calleeOf(reader, uri, node?.calls);
  const post = (role: Placed<string> | undefined) => role && postOf(reader, uri, role.value);
  const titles = (roles: Roles) => each(roles).map(({ value }) => postOf(reader, uri, value).title);
  const isDecision = node?.kind === 'decision';
  return {
    key,
    number: (node?.index ?? 0) + 1,
    kind: node?.kind ?? 'unfinished',
    phase: node?.phase?.replace('_', ' ') ?? '',
    title:
      called !== undefined && !step.title ? (playbookOf(reader, called)?.value.title?.value ?? key) : titleOfStep(step),
    instructions: commonMark(step.instructions?.value ?? ''),
    within: node?.within,
    owner: post(each(step.owner)[0]),
    authority: post(each(step.authority)[0]),
    escalation: post(each(step.escalate_to)[0]),
    checklist: texts(isDecision ? step.evidence : step.done_when),
    facts: factsOf(step, (roles) => titles(roles).join(', ')),
    tool: step.automation ? (step.automation.tool?.value ?? 'a tool') : '',
    impacts: impacts(reader, uri, step),
    options: [...optionsById(step)].map(([id, option]) => ({
      id,
      label: option.label?.value ?? id,
      impacts: impacts(reader, uri, option),
      isMapped: option.impacts !== undefined,
    })),
    waysOut: (graph.outgoing.get(key) ?? []).map((edge) => ({
      to: edge.to,
      kind: edge.kind,
      option: edge.option,
      ends: branchesEndedBy(graph, edge).map(({ parallel }) => parallel),
    })),
    blocks: blocksAround(graph, key),
    join: node?.join !== undefined && graph.nodes.has(node.join) ? node.join : undefined,
    calls: called === undefined ? undefined : numberOf(called),
    events: texts(step.starts_clock),
    notifies: step.notify?.obligation?.value,
    contains: containsWhenDone(reader, uri, node),
  };
}

type Roles = Step['consult'] | Step['owner'];

function factsOf(step: Step, titles: (roles: Roles) => string): [string, string][] {
  const { by, when, limits, expires } = step.pre_authorized ?? {};
  const granted = step.pre_authorized && [
    `by ${titles(by) || 'nobody'}`,
    when && `when: ${when.value}`,
    limits && `limits: ${limits.value}`,
    expires && `until ${expires.value}`,
  ];
  const facts: [string, string | undefined][] = [
    ['Hear', titles(step.consult)],
    ['Tell', titles(step.inform)],
    ['Pre-authorised', granted?.filter(Boolean).join('; ')],
    ['Looked at by', titles(step.automation?.verified_by)],
    ['Way back', step.rollback?.value],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}

function blocksAround(graph: Graph, key: string): string[] {
  const blocks: string[] = [];
  let block = graph.nodes.get(key)?.block;
  while (block !== undefined && !blocks.includes(block)) {
    blocks.push(block);
    block = graph.nodes.get(block)?.block;
  }
  return blocks;
}

function texts(list: PlacedList<Placed<string>> | undefined): string[] {
  return (list?.items ?? []).map(({ value }) => value);
}

/** Takes the file that refers and a role. Gives the role with the people in it. */
export function postOf(reader: Reader, uri: string, id: string): Post {
  const role = definitionOf(reader, uri, 'roles', id)?.value;
  const people = [role?.holder, ...(role?.deputies?.items ?? [])].filter((person) => person !== undefined);
  return {
    role: id,
    title: role?.title?.value ?? id,
    people: people.map(({ value }) => personOf(reader, uri, value)),
  };
}

function personOf(reader: Reader, uri: string, id: string): ScriptPerson {
  const person = definitionOf(reader, uri, 'people', id)?.value;
  return {
    name: person?.name?.value ?? id,
    contacts: (person?.contacts?.items ?? []).map(({ kind, value }) =>
      [kind?.value.replace('_', ' '), value?.value].filter(Boolean).join(' '),
    ),
  };
}

function impacts(reader: Reader, uri: string, of: Step | Option): ScriptImpact[] {
  return impactsOf(of).map((impact) => {
    const { service, because } = impact;
    const name = service && (definitionOf(reader, uri, 'services', service.value)?.value.title?.value ?? service.value);
    const what = impactInWords(impact, name);
    return { text: because ? `${what}: ${because.value}` : what, disruptive: isDisruptive(impact) };
  });
}

/** The clocks of all obligations that some step fulfils. */
function clocksOf(reader: Reader, uri: string, playbooks: readonly ScriptPlaybook[]): ScriptClock[] {
  const steps = playbooks.flatMap((playbook) => playbook.steps);
  const events = new Set(steps.flatMap((step) => [...step.events, step.notifies]));
  const obligations = new Set(steps.flatMap(({ notifies }) => notifies ?? []));
  return [...obligations].flatMap((id) => {
    const obligation = definitionOf(reader, uri, 'obligations', id)?.value;
    if (!obligation) return [];
    const limit = obligation.within && parseLimit(obligation.within.value);
    const event = obligation.from?.value;
    return {
      obligation: id,
      title: obligation.title?.value ?? id,
      limit: limit && 'seconds' in limit ? limit.seconds : undefined,
      toldLimit: obligation.within?.value ?? '',
      event: events.has(event) ? event : undefined,
    };
  });
}
