/** What an exercise walks through: a playbook as it stood when the exercise began, and those that it calls, as plain values. */
import type { Seconds } from '../model/duration.js';
import type { StepKind } from '../model/step.js';
import type { Element } from '../render/element.js';

export interface ScriptPerson {
  readonly name: string;
  /** `phone +44 20 7946 0011` */
  readonly contacts: readonly string[];
}

/** A role with the people in it: the holder first, then the deputies in the order in which they are called. */
export interface Post {
  readonly role: string;
  readonly title: string;
  readonly people: readonly ScriptPerson[];
}

export interface ScriptImpact {
  readonly text: string;
  readonly disruptive: boolean;
}

export interface ScriptOption {
  readonly id: string;
  readonly label: string;
  readonly impacts: readonly ScriptImpact[];
  /** Whether somebody has said what it costs, even if nothing. */
  readonly isMapped: boolean;
}

export interface ScriptWayOut {
  /** The key of a step, or `end`. */
  readonly to: string;
  readonly kind: 'next' | 'option' | 'timeout' | 'failure' | 'branch';
  readonly option: string | undefined;
  /** The parallel blocks of which it ends a branch, the innermost first. */
  readonly ends: readonly string[];
}

export interface ScriptStep {
  readonly key: string;
  /** From 1, as in the graph. */
  readonly number: number;
  readonly kind: StepKind;
  readonly phase: string;
  readonly title: string;
  readonly instructions: readonly Element[];
  readonly within: Seconds | undefined;
  readonly owner: Post | undefined;
  readonly authority: Post | undefined;
  /** Who decides when the authority cannot be reached. */
  readonly escalation: Post | undefined;
  /** What must be on the table for a decision, or what shows that an action is done. */
  readonly checklist: readonly string[];
  /** What else is to be known, by name: who is to be heard, the pre-authorisation, the way back. */
  readonly facts: readonly (readonly [name: string, text: string])[];
  /** The tool of an automated step. */
  readonly tool: string;
  readonly impacts: readonly ScriptImpact[];
  readonly options: readonly ScriptOption[];
  readonly waysOut: readonly ScriptWayOut[];
  /** The parallel blocks that it stands in, the innermost first. */
  readonly blocks: readonly string[];
  /** Where the branches of this parallel block meet. */
  readonly join: string | undefined;
  /** The playbook that it runs: its number in the script, where it is known. */
  readonly calls: number | undefined;
  /** The events that it establishes when it begins. */
  readonly events: readonly string[];
  /** The obligation that is fulfilled when it is done. */
  readonly notifies: string | undefined;
  /** Whether something is contained when it is done. */
  readonly contains: boolean;
}

export interface ScriptPlaybook {
  readonly uri: string;
  readonly title: string;
  readonly start: string | undefined;
  readonly steps: readonly ScriptStep[];
}

/** A legal clock that a notification in the script must meet. */
export interface ScriptClock {
  readonly obligation: string;
  readonly title: string;
  readonly limit: Seconds | undefined;
  /** `72h`, `4bd` */
  readonly toldLimit: string;
  /** What starts it; undefined where it runs from the beginning, because no step says so. */
  readonly event: string | undefined;
}

export interface Script {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly marking: string;
  readonly accountable: string | undefined;
  readonly containmentTarget: Seconds | undefined;
  /** The first is the one that is rehearsed. */
  readonly playbooks: readonly ScriptPlaybook[];
  readonly clocks: readonly ScriptClock[];
  /** All roles that can be named. */
  readonly roles: readonly { readonly id: string; readonly detail: string }[];
}
