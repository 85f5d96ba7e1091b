/** Answers what exercises ask: what is walked through, and how the outcome is written into the playbook. */
import type { Connection } from 'vscode-languageserver';
import { exerciseEdit } from '../exercise/exercise-edit.js';
import { playbookOf, treeOf } from '../workspace/files.js';
import { type Snapshot, standsFor } from '../workspace/snapshot.js';
import { rangeOf } from './diagnostics.js';
import type { guardFor } from './guard.js';
import {
  EXERCISE_REQUEST,
  type ExerciseParams,
  type ExerciseResult,
  SCRIPT_REQUEST,
  type ScriptParams,
  type ScriptResult,
} from './messages.js';

interface World {
  readonly connection: Connection;
  readonly guard: ReturnType<typeof guardFor>;
  readonly current: () => Snapshot;
  readonly keyOf: (uri: string) => string;
  /** The spelling of a URI that the client uses. */
  readonly nameOf: (uri: string) => string;
}

/** Takes a connection and what is behind it. Answers the requests of exercises. */
export function serveExercises({ connection, guard, current, keyOf, nameOf }: World): void {
  connection.onRequest(
    SCRIPT_REQUEST,
    guard<ScriptParams, ScriptResult>(
      SCRIPT_REQUEST,
      { fault: 'The playbook could not be read. The output channel says why.' },
      async (params) => {
        // The reader of CommonMark is large, and most sessions rehearse nothing.
        const { scriptOf } = await import('../exercise/script-of.js');
        const uri = keyOf(params.uri);
        const fault = faultOf(current(), uri);
        if (fault !== undefined) return { fault };
        const script = scriptOf(current(), uri);
        if (!script) return { fault: 'This file is not a playbook: its first line must be "format: playbook/v1".' };
        return {
          script: {
            ...script,
            playbooks: script.playbooks.map((playbook) => ({ ...playbook, uri: nameOf(playbook.uri) })),
          },
        };
      },
    ),
  );

  connection.onRequest(
    EXERCISE_REQUEST,
    guard<ExerciseParams, ExerciseResult>(EXERCISE_REQUEST, null, ({ uri, exercise }) => {
      const edit = exerciseEdit(current(), keyOf(uri), exercise);
      return edit ? [{ range: rangeOf(current(), edit.span), newText: edit.text }] : null;
    }),
  );
}

/** What is rehearsed must be what is written: a text with errors may have lost steps. */
function faultOf(snapshot: Snapshot, uri: string): string | undefined {
  if (standsFor(snapshot, uri) !== undefined) {
    return 'This text is not a file of the workspace, so nothing can be written into it. Rehearse the file itself.';
  }
  const [problem] = treeOf(snapshot, uri)?.problems ?? [];
  const span = problem && treeOf(snapshot, uri)?.spanOf(problem.place);
  if (problem && span) {
    const { line } = rangeOf(snapshot, span).start;
    return `The text cannot be read at line ${line + 1}: ${problem.message} Mend it first.`;
  }
  const steps = playbookOf(snapshot, uri)?.value.steps?.items.length;
  return steps === 0 || (playbookOf(snapshot, uri) && steps === undefined)
    ? 'This playbook has no steps yet. Write the first one under "steps".'
    : undefined;
}
