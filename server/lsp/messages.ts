/** The requests of ours beside the Language Server Protocol. The client imports this file, as types and names only. */
import type { Range } from 'vscode-languageserver-types';
import type { BinderFormat } from '../binder/names.js';
import type { Exercise } from '../exercise/review.js';
import type { Script } from '../exercise/script.js';
import type { WaiverQuestion } from '../features/actions/action.js';
import type { Waiver } from '../features/actions/waive.js';
import type { Direction, Drawing, Grouping, ToldWay } from '../render/drawing.js';
import type { ExportFormat } from '../render/export.js';
import type { Badge } from '../render/picture.js';

export const DRAWING_REQUEST = 'incidentPlaybooks/drawing';
export const EXPORT_REQUEST = 'incidentPlaybooks/export';

/** The client says that the user trusts the workspace from now on. */
export const TRUST_GRANTED = 'incidentPlaybooks/trustGranted';

export const WAIVE_REQUEST = 'incidentPlaybooks/waive';

/** A command of the client: asks a person what a waiver says. Its arguments: the URI of the playbook, a `WaiverQuestion`. */
export const WAIVE_COMMAND = 'incidentPlaybooks.waiveFinding';
export type { WaiverQuestion };

/** Answered with the edits that write the waiver down, or null where the list stands in braces. */
export interface WaiveParams {
  readonly uri: string;
  readonly waiver: Waiver;
}

export type WaiveResult = readonly { readonly range: Range; readonly newText: string }[] | null;

export interface DrawingParams {
  readonly uri: string;
  /** The id of the drawing that the client shows: it is not sent again. */
  readonly known: number | null;
  readonly direction: Direction;
  readonly grouping: Grouping;
}

export interface ShownFinding {
  /** The key of the box that it belongs to; null where it belongs to none. */
  readonly key: string | null;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
  readonly range: Range;
  /** Whether something can be done about it from the light bulb, apart from waiving it. */
  readonly hasFix: boolean;
}

export interface DrawingResult {
  /** Undefined where there is nothing to draw: `reason` says why. */
  readonly id: number | undefined;
  readonly reason: string;
  /** Left out where the client has it. */
  readonly drawing: Drawing | undefined;
  readonly title: string;
  /** Whether the text has errors, so that an earlier drawing is shown. */
  readonly stale: boolean;
  readonly badges: readonly (readonly [string, Badge])[];
  /** Those that belong to no box included. */
  readonly findings: readonly ShownFinding[];
  readonly ways: readonly ToldWay[];
  /** The playbooks that steps call: the key of the box, and the URI. */
  readonly calls: readonly { readonly key: string; readonly uri: string }[];
  /** Where each box stands in the text. */
  readonly ranges: readonly { readonly key: string; readonly range: Range }[];
}

export interface ExportParams {
  readonly uri: string;
  readonly format: ExportFormat;
}

/** Either the text of the file, or why there is none. */
export interface ExportResult {
  readonly text?: string;
  readonly fault?: string;
}

export const SCRIPT_REQUEST = 'incidentPlaybooks/script';
export const EXERCISE_REQUEST = 'incidentPlaybooks/exercise';

export interface ScriptParams {
  readonly uri: string;
}

/** Either what an exercise walks through, or why there is none. */
export interface ScriptResult {
  readonly script?: Script;
  readonly fault?: string;
}

/** Answered with the edits that write the exercise down, or null where the list stands in braces. */
export interface ExerciseParams {
  readonly uri: string;
  readonly exercise: Exercise;
}

export type ExerciseResult = WaiveResult;

export const BINDER_REQUEST = 'incidentPlaybooks/binder';
export const PLAYBOOKS_REQUEST = 'incidentPlaybooks/playbooks';
/** How far a binder has come: sent while it is made. */
export const BINDER_PROGRESS = 'incidentPlaybooks/binderProgress';

/** Answered with all playbooks that are known, by their titles. */
export type PlaybooksResult = readonly { readonly uri: string; readonly id: string; readonly title: string }[];

export interface BinderParams {
  readonly uris: readonly string[];
  readonly format: BinderFormat;
  readonly withPeople: boolean;
}

/** Either the files, their contents in base64, or why there are none. */
export interface BinderResult {
  readonly files?: readonly { readonly name: string; readonly content: string }[];
  /** What the reader should know: a logo that is missing, letters that the font has no sign for. */
  readonly notes?: readonly string[];
  readonly fault?: string;
}

export interface BinderProgress {
  readonly done: number;
  readonly all: number;
}
