/** The baseline: findings that were there when a team began, kept in a file so that only new ones are reported. */
import { isExcluded } from './exclusion.js';
import { fact } from './fact.js';
import { baselineOf, folderOf, urisOfKind } from './files.js';

export interface KnownFinding {
  readonly rule: string;
  readonly at: string | null;
  readonly about: string;
  readonly count: number;
}

/** What the file is called. */
export const BASELINE_NAME = '.incident-playbooks-baseline.yaml';

/** Takes the URI of a file. Gives the URI of its baseline: the nearest one above it; undefined where there is none. */
export const baselineUriFor = fact((reader, uri: string) => {
  const candidates = urisOfKind(reader, 'baseline').filter(
    (baseline) => uri.startsWith(folderOf(baseline)) && !isExcluded(reader, baseline),
  );
  return [...candidates].sort((a, b) => b.length - a.length)[0];
});

/** Takes the URI of a baseline. Gives what it knows of each file, by the path relative to its folder. */
export const knownFindingsIn = fact((reader, baseline: string): ReadonlyMap<string, readonly KnownFinding[]> => {
  const entries = baselineOf(reader, baseline)?.value.findings?.entries ?? new Map<string, never>();
  return new Map(
    [...entries].map(([path, { value }]) => [
      path,
      value.items.flatMap(({ rule, at, about, count }) =>
        rule && about
          ? [{ rule: rule.value, at: at?.value ?? null, about: about.value, count: count?.value ?? 1 }]
          : [],
      ),
    ]),
  );
});

/** Takes the URI of a file. Gives what its baseline knows of it. */
export const baselineFor = fact(
  (reader, uri: string): readonly KnownFinding[] => {
    const source = baselineUriFor(reader, uri);
    if (source === undefined) return [];
    return knownFindingsIn(reader, source).get(decodeURIComponent(uri.slice(folderOf(source).length))) ?? [];
  },
  (before, after) => JSON.stringify(before) === JSON.stringify(after),
);
