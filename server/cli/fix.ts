/** `check --fix`: applies the safe fixes, and nothing else. */

import { createTwoFilesPatch } from 'diff';
import { URI } from 'vscode-uri';
import { inspect } from '../check/check.js';
import type { FindingFix } from '../check/finding.js';
import { readText } from '../disk/read-text.js';
import { writeWhole } from '../disk/write-file.js';
import type { Snapshot } from '../workspace/snapshot.js';
import type { Input } from './gather.js';
import type { Names } from './names.js';
import { UsageError } from './usage-error.js';

/** A fix may lay open what another one can mend, but not for ever. */
const MAX_PASSES = 10;

export interface Mended {
  readonly snapshot: Snapshot;
  readonly fixed: number;
  /** With `show` a unified diff for each file. */
  readonly notes: readonly string[];
}

/**
 * Takes a snapshot, the files that are reported on, and the rules (all where there is none). Applies the safe fixes of their findings until there are none left;
 * texts change in the input. `write` puts them on the disk, `show` gives differences instead.
 *
 * @throws UsageError where a file has changed meanwhile, WriteError where it cannot be written; those that were written
 * before stay so.
 */
export function fixAll(
  start: Snapshot,
  input: Input,
  rules: readonly string[],
  mode: 'write' | 'show',
  names: Pick<Names, 'given' | 'here'>,
): Mended {
  const isWanted = (rule: string) => rules.length === 0 || rules.includes(rule);
  const before = new Map([...input.targets].map((uri) => [uri, input.texts.get(uri) ?? '']));
  let snapshot = start;
  let fixed = 0;
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const fixes = [...input.targets].flatMap((uri) =>
      inspect(snapshot, uri, { named: input.named.has(uri) }).findings.flatMap(({ rule, fixes: offered, waived }) =>
        waived || !isWanted(rule) ? [] : offered.filter(({ isSafe }) => isSafe).slice(0, 1),
      ),
    );
    const applied = apply(fixes, input);
    if (applied.size === 0) break;
    fixed += [...applied.values()].reduce((sum, { count }) => sum + count, 0);
    for (const [uri, { text }] of applied) input.texts.set(uri, text);
    snapshot = snapshot.with({ files: new Map([...applied].map(([uri, { text }]) => [uri, text])) });
  }
  const changed = [...before].filter(([uri, text]) => input.texts.get(uri) !== text).sort();
  const notes: string[] = [];
  for (const [uri, text] of changed) {
    const after = input.texts.get(uri) ?? '';
    if (mode === 'write') write(uri, text, after, names);
    else notes.push(differences(names.here(uri), text, after));
  }
  return { snapshot, fixed, notes };
}

interface Applied {
  readonly text: string;
  readonly count: number;
}

/** Applies fixes that do not touch each other; the others wait for the next pass. */
function apply(fixes: readonly FindingFix[], input: Input): ReadonlyMap<string, Applied> {
  const edits = new Map<string, { start: number; end: number; text: string }[]>();
  const counts = new Map<string, number>();
  for (const fix of fixes) {
    const clashes = fix.edits.some(({ span: { uri, start, end } }) => {
      const others = edits.get(uri) ?? [];
      return !input.targets.has(uri) || others.some((other) => start <= other.end && other.start <= end);
    });
    const [first] = fix.edits;
    if (clashes || !first) continue;
    counts.set(first.span.uri, (counts.get(first.span.uri) ?? 0) + 1);
    for (const { span, text } of fix.edits) {
      edits.set(span.uri, [...(edits.get(span.uri) ?? []), { start: span.start, end: span.end, text }]);
    }
  }
  return new Map(
    [...edits].map(([uri, list]) => {
      const sorted = [...list].sort((a, b) => b.start - a.start);
      const text = sorted.reduce(
        (so_far, edit) => so_far.slice(0, edit.start) + edit.text + so_far.slice(edit.end),
        input.texts.get(uri) ?? '',
      );
      return [uri, { text, count: counts.get(uri) ?? 0 }];
    }),
  );
}

function write(uri: string, before: string, after: string, { given, here }: Pick<Names, 'given' | 'here'>): void {
  const now = readText(URI.parse(uri).fsPath);
  if (!('text' in now) || now.text !== before) {
    throw new UsageError(`${here(uri)} has changed since it was read, so it was not fixed. Run the check again.`);
  }
  // By the name that was given: a link must not lead the fix out of the repository.
  writeWhole(given(uri), after, here(uri));
}

function differences(name: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, { context: 2 }).replace(
    /^=+\n/,
    '',
  );
}
