/** What a rule is. Each rule is one file that is named after its id; the list of them is generated. */
import type * as types from '../model/generated/types.js';
import type { PlacedOf } from '../model/placed.js';
import type { Step } from '../model/step.js';
import type { Fix } from '../text/edit.js';
import type { Place } from '../text/place.js';
import type { Reader } from '../workspace/fact.js';
import type { Waiver } from '../workspace/waivers.js';

export type Severity = 'error' | 'warning' | 'info';
export type Category = 'ownership' | 'decisions' | 'impact' | 'flow' | 'life cycle';

export interface Rule {
  /** Names the fault; never changes. The name of the file. */
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** One sentence: what it catches. */
  readonly summary: string;
  /** One or two sentences: what goes wrong on a bad day when this is missing. */
  readonly why: string;
  /**
   * Looks at one step. Its findings are kept as long as the step and what it reads through the snapshot stay the same,
   * so a rule that can do with this has no cost on other keystrokes.
   */
  readonly step?: (context: StepContext) => Iterable<Problem>;
  /** Looks at a whole playbook. */
  readonly playbook?: (context: PlaybookContext) => Iterable<Problem>;
  /** Looks at what a file defines: an organisation, or the part of a playbook that is like one. */
  readonly definitions?: (context: FileContext) => Iterable<Problem>;
  /** Looks at a waiver that holds, when it is known what it waives. */
  readonly waiver?: (context: WaiverContext) => Iterable<Problem>;
}

export interface FileContext {
  readonly snapshot: Reader;
  readonly uri: string;
}

export interface StepContext extends FileContext {
  readonly step: Step;
}

export interface PlaybookContext extends FileContext {
  readonly playbook: PlacedOf<types.Playbook>;
}

export interface WaiverContext extends FileContext {
  readonly waiver: Waiver;
  /** How many findings it waives. */
  readonly waives: number;
}

export interface Problem {
  readonly place: Place;
  readonly message: string;
  /** Where it is not that of the rule. */
  readonly severity?: Severity;
  readonly related?: readonly { readonly place: Place; readonly message: string }[];
  /** The id of the step that it is about; a rule that looks at one step need not say. */
  readonly at?: string;
  /** Ways to mend it, the best first. */
  readonly fixes?: readonly Fix[];
}

/** A piece of a playbook in the fixture language, with its expected findings marked (test/harness/fixture.ts). */
export type Example = string;
