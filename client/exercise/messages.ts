/** What the page of an exercise and the extension say to each other. */
import type { Review } from '../../server/exercise/review.js';
import type { ExerciseEvent } from '../../server/exercise/run.js';
import type { Script } from '../../server/exercise/script.js';
import type { Drawing } from '../../server/render/drawing.js';

/** A finding that the lead may still throw away. */
export interface FindingDraft {
  readonly id: string;
  readonly title: string;
  readonly owner: string;
  /** YYYY-MM-DD */
  readonly due: string;
  readonly isKept: boolean;
}

export interface ReviewDraft extends Omit<Review, 'findings'> {
  readonly findings: readonly FindingDraft[];
}

/** All that is kept of an exercise, so that it can be taken up again. */
export interface Journal {
  readonly script: Script;
  readonly events: readonly ExerciseEvent[];
  readonly review: ReviewDraft | undefined;
  /** When its page was last seen to be open; milliseconds since 1970. */
  readonly seenAt: number;
  /** The name of the report, once it is written. */
  readonly report: string | undefined;
}

export type ToExercisePage =
  /** `awaySince`: since when nobody had the exercise open (milliseconds since 1970), where it is taken up again. */
  | { readonly type: 'show'; readonly journal: Journal; readonly awaySince: number | undefined }
  | { readonly type: 'drawing'; readonly playbook: number; readonly drawing: Drawing }
  | { readonly type: 'written'; readonly report: string }
  | { readonly type: 'failed'; readonly why: string };

export type FromExercisePage =
  | { readonly type: 'ready' }
  | {
      readonly type: 'save';
      readonly events: readonly ExerciseEvent[];
      readonly review: ReviewDraft | undefined;
      readonly seenAt: number;
    }
  /** Asks for the graph of a playbook, by its number in the script. */
  | { readonly type: 'draw'; readonly playbook: number }
  /** Goes to a step in the text. */
  | { readonly type: 'reveal'; readonly playbook: number; readonly key: string }
  | { readonly type: 'write'; readonly review: Review };

/** Takes what came from the page. Gives it as a message, or undefined where it is none. The page is ours: its parts are not taken apart. */
export function messageFromExercisePage(value: unknown): FromExercisePage | undefined {
  const message = value as FromExercisePage | null | undefined;
  switch (message?.type) {
    case 'ready':
      return message;
    case 'save':
      return Array.isArray(message.events) ? message : undefined;
    case 'draw':
    case 'reveal':
      return Number.isInteger(message.playbook) ? message : undefined;
    case 'write':
      return typeof message.review === 'object' ? message : undefined;
    default:
      return undefined;
  }
}
