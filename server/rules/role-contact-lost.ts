/** A role that is needed after a step has taken down every way to reach its holder. */
import { type Graph, graphOf, stepsByKey } from '../graph/graph.js';
import { outageStepsOf } from '../graph/service-outages.js';
import { relatedOn } from '../graph/tell-way.js';
import { each, type Placed } from '../model/placed.js';
import { nameOfStep, type Step } from '../model/step.js';
import { type ContactNeeds, contactNeedsOf } from '../workspace/contacts.js';
import { definitionOf } from '../workspace/definitions.js';
import { holderOf } from '../workspace/holders.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'role-contact-lost',
  category: 'ownership',
  severity: 'warning',
  summary: 'A role that is needed after a step has taken down every way to reach its holder.',
  why: 'The chat is down because the playbook has just closed the directory that it signs in with. Nobody remembers numbers.',

  *playbook({ snapshot, uri, playbook }) {
    const graph = graphOf(snapshot, uri);
    const steps = stepsByKey(playbook);
    const down = new Map<string, string[]>();
    for (const [service, seconds] of outageStepsOf(snapshot, uri)) {
      for (const key of seconds.keys()) down.set(key, [...(down.get(key) ?? []), service]);
    }
    if (down.size === 0) return;
    for (const [role, uses] of usesByRole(steps)) {
      const person = holderOf(snapshot, uri, role);
      const needs = person === undefined ? undefined : contactNeedsOf(snapshot, uri, person);
      if (person === undefined || !needs) continue;
      const lost = firstLoss(graph, needs.slice(0, MAX_CONTACTS), down, uses);
      const use = lost && uses.get(lost.key);
      const step = lost && steps.get(lost.key);
      if (!lost || !use || !step) continue;
      const definition = definitionOf(snapshot, uri, 'people', person);
      const name = definition?.value.name?.value ?? person;
      const causes = lost.causes.map((key) => nameOfStep(steps.get(key) ?? step)).join(' and ');
      const channels = [...new Set(needs.map(({ channel }) => channel))].join(', ');
      const message = `After ${causes} nobody can reach ${name}, who holds "${role}": every contact goes through ${channels}. Add a contact that works without.`;
      const related = [
        ...relatedOn(
          steps,
          lost.causes.map((key) => ({ key, cost: 0, times: 1 })),
          ({ key }) => `Takes down ${down.get(key)?.slice(0, 5).join(', ')}`,
        ),
        ...(definition ? [{ place: definition.id.place, message: `The contacts of ${name}` }] : []),
      ];
      yield { place: use.place, message, related, ...(step.id ? { at: step.id.value } : {}) };
    }
  },
};

/** Each contact doubles what may be lost; whoever has more than these has one that works. */
const MAX_CONTACTS = 6;

/** The steps at which each role must be reached, with the place that names it. */
function usesByRole(steps: ReadonlyMap<string, Step>): ReadonlyMap<string, ReadonlyMap<string, Placed<string>>> {
  const uses = new Map<string, Map<string, Placed<string>>>();
  for (const [key, step] of steps) {
    const named = [step.owner, step.authority, step.escalate_to, step.automation?.verified_by].flatMap((role) =>
      each(role),
    );
    for (const role of named) {
      const known = uses.get(role.value) ?? new Map<string, Placed<string>>();
      if (!known.has(key)) known.set(key, role);
      uses.set(role.value, known);
    }
  }
  return uses;
}

interface State {
  readonly key: string;
  /** A bit for each contact that does not work any more. */
  readonly lost: number;
  readonly before: State | undefined;
}

/** Walks steps together with the contacts that are lost on the way there. O((steps + edges) x 2^contacts). */
function firstLoss(
  graph: Graph,
  needs: readonly ContactNeeds[],
  down: ReadonlyMap<string, readonly string[]>,
  uses: ReadonlyMap<string, unknown>,
): { key: string; causes: readonly string[] } | undefined {
  const all = (1 << needs.length) - 1;
  const lostIn = (key: string) => {
    const services = down.get(key) ?? [];
    return needs.reduce(
      (bits, need, index) => (services.some((id) => need.services.has(id)) ? bits | (1 << index) : bits),
      0,
    );
  };
  const seen = new Set<string>();
  const queue: State[] = [];
  const reach = (key: string, lost: number, before: State | undefined) => {
    const name = `${lost} ${key}`;
    if (!graph.nodes.has(key) || seen.has(name)) return;
    seen.add(name);
    queue.push({ key, lost, before });
  };
  if (graph.start !== undefined) reach(graph.start, 0, undefined);
  for (let next = 0; next < queue.length; next++) {
    const state = queue[next] as State;
    if (state.lost === all && uses.has(state.key)) return { key: state.key, causes: causesOf(state) };
    const lost = state.lost | lostIn(state.key);
    for (const { to } of graph.outgoing.get(state.key) ?? []) reach(to, lost, state);
  }
  return undefined;
}

function causesOf(state: State): readonly string[] {
  const causes: string[] = [];
  for (let at: State | undefined = state; at?.before; at = at.before) {
    if (at.lost !== at.before.lost) causes.unshift(at.before.key);
  }
  return causes;
}

const organization = `
#- bank.incident-org.yaml
format: organization/v1
people:
  priya-shah:
    name: Priya Shah
    contacts: [{ kind: chat, value: "@priya", channel: teams }, { kind: email, value: p@bank.example, channel: mail }]
  sam-okafor:
    name: Sam Okafor
    contacts: [{ kind: chat, value: "@sam", channel: teams }, { kind: phone, value: "+44 20 7946 0012" }]
roles:
  ciso: { holder: priya-shah }
  network-lead: { holder: sam-okafor }
services:
  directory: { title: Directory }
  mail-server: { title: Mail, depends_on: [directory] }
channels:
  teams: { title: Teams, depends_on: [directory] }
  mail: { title: Mail, depends_on: [mail-server] }
`;

export const examples: readonly Example[] = [
  `
steps:
  - id: close-directory
    owner: network-lead
    instructions: Close it.
    impacts: [{ service: directory, effect: outage, for: 3h }]
  - id: reopen
    decision: Do we open it again?
    owner: network-lead
    authority: ciso
               ^^^^ After "close-directory" nobody can reach Priya Shah, who holds "ciso": every contact goes through teams, mail. Add a contact that works without.
    options: [{ id: yes, next: end }, { id: no, next: end }]
${organization}`,
  `
steps:
  - id: reopen
    decision: Do we close it?
    owner: network-lead
    authority: ciso
    options: [{ id: yes, next: close-directory }, { id: no, next: end }]
  - id: close-directory
    owner: network-lead
    instructions: Close it.
    impacts: [{ service: directory, effect: outage, for: 3h }]
  - id: watch
    owner: network-lead
    instructions: Watch.
${organization}`,
];
