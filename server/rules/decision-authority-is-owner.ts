/** The one who performs a disruptive action also authorises it. */

import { keyOf, stepsByKey } from '../graph/graph.js';
import { lastDecisionsOf } from '../graph/last-decisions.js';
import { each, type Placed } from '../model/placed.js';
import { disruptiveImpactsOf, kindOf, nameOfStep, type Step } from '../model/step.js';
import type { Reader } from '../workspace/fact.js';
import { areSamePerson } from '../workspace/holders.js';
import type { Example, Rule } from './rule.js';

export const rule: Rule = {
  id: 'decision-authority-is-owner',
  category: 'decisions',
  severity: 'warning',
  summary: 'The one who performs a disruptive action also authorises it.',
  why: 'Decision authority is not operational responsibility: a second pair of eyes must weigh the business against the fix.',

  *playbook({ snapshot, uri, playbook }) {
    const steps = stepsByKey(playbook);
    const lastDecisions = lastDecisionsOf(snapshot, uri);
    for (const [index, step] of (playbook.steps?.items ?? []).entries()) {
      const at = step.id ? { at: step.id.value } : {};
      if (kindOf(step) === 'decision') {
        if (!leadsToDisruption(step, steps)) continue;
        const clash = samePerson(snapshot, uri, step.authority, step.owner);
        if (clash) yield { place: clash.first.place, message: onDecision(step, clash), ...at };
        continue;
      }
      if (disruptiveImpactsOf(step).length === 0) continue;
      const deciders = lastDecisions(keyOf(step, index)).map((key) => steps.get(key));
      for (const field of [step.pre_authorized?.by, ...deciders.map((decision) => decision?.authority)]) {
        const clash = samePerson(snapshot, uri, step.owner, field);
        if (!clash) continue;
        const related = [{ place: clash.second.place, message: 'Authorised here' }];
        yield { place: clash.first.place, message: onAction(step, clash), related, ...at };
        break;
      }
    }
  },
};

interface Clash {
  readonly first: Placed<string>;
  readonly second: Placed<string>;
}

/** Two roles are the same for this purpose when one person holds both. */
function samePerson(snapshot: Reader, uri: string, a: Step['owner'], b: Step['owner']): Clash | undefined {
  for (const first of each(a)) {
    for (const second of each(b)) {
      if (areSamePerson(snapshot, uri, first.value, second.value)) return { first, second };
    }
  }
  return undefined;
}

function leadsToDisruption(decision: Step, steps: ReadonlyMap<string, Step>): boolean {
  return (decision.options?.items ?? []).some((option) => {
    const next = option.next && steps.get(option.next.value);
    return disruptiveImpactsOf(option).length > 0 || (next !== undefined && disruptiveImpactsOf(next).length > 0);
  });
}

function onDecision(step: Step, { first, second }: Clash): string {
  const does = `brings decision ${nameOfStep(step)} to the table and also takes it. Give one of the two to somebody else.`;
  return first.value === second.value ? `The role "${first.value}" ${does}` : `${bothHeld(first, second)}, who ${does}`;
}

function onAction(step: Step, { first, second }: Clash): string {
  const does = `performs ${nameOfStep(step)} and also authorises it. Have somebody else do one of the two.`;
  return first.value === second.value ? `The role "${first.value}" ${does}` : `${bothHeld(first, second)}, who ${does}`;
}

function bothHeld(first: Placed<string>, second: Placed<string>): string {
  return `"${first.value}" and "${second.value}" are held by the same person`;
}

export const examples: readonly Example[] = [
  `
steps:
  - id: pull-the-plug
    decision: Do we pull the plug?
    owner: ciso
    authority: ciso
               ^^^^ The role "ciso" brings decision "pull-the-plug" to the table and also takes it. Give one of the two to somebody else.
    options:
      - id: pull
        label: Pull
        impacts: [{ service: web-shop, effect: outage, for: 1h }]
        next: end
`,
  `
steps:
  - id: pull-the-plug
    decision: Do we pull the plug?
    owner: ir-lead
    authority: ciso
    options:
      - { id: pull, label: Pull, next: unplug }
  - id: unplug
    owner: network-lead
    instructions: Pull it.
    impacts: [{ service: web-shop, effect: outage, for: 1h }]
`,
  `
steps:
  - id: pull-the-plug
    decision: Do we pull the plug?
    owner: ir-lead
    authority: ciso
    options:
      - { id: pull, label: Pull, next: unplug }
  - id: unplug
    owner: head-of-it
           ^^^^^^^^^^ "head-of-it" and "ciso" are held by the same person, who performs "unplug" and also authorises it. Have somebody else do one of the two.
    instructions: Pull it.
    impacts: [{ service: web-shop, effect: outage, for: 1h }]
roles:
  ciso: { holder: priya-shah }
  head-of-it: { holder: priya-shah }
`,
];
