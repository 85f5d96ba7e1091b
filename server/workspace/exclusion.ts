/** Which files take part in their workspace: the patterns of the configurations above them decide. */
import { type Glob, type GlobFault, lastDecides, readGlob } from '../model/glob.js';
import type { Placed, PlacedList } from '../model/placed.js';
import { fact, type Reader } from './fact.js';
import { configOf, folderOf, isSettings, sameList, statusOf, urisOfKind } from './files.js';
import { foldersOf, placeOf, urisOf } from './snapshot.js';

/**
 * Whether a configuration leaves a file out. Such a file is not checked and counts for no other: it defines nothing, calls
 * nothing, and no rename touches it. A configuration can leave out another one below it, which then holds for nothing, but
 * never itself, nor the baseline beside it.
 */
export const isExcluded = fact((reader, uri: string): boolean => {
  const place = placeOf(reader, uri);
  const config = configAbove(reader, place);
  return config !== undefined && excludes(reader, config, place);
});

/** The URIs of the files that take part, sorted. */
export const takingPart = fact(
  (reader, _key: 'all') => urisOf(reader).filter((uri) => !isExcluded(reader, uri)),
  sameList,
);

/** The URI of the configuration that holds for a file, undefined where there is none; for a configuration that is itself. */
export function configFor(reader: Reader, uri: string): string | undefined {
  const place = placeOf(reader, uri);
  return configsInForce(reader, 'all').find((config) => place.startsWith(folderOf(config)));
}

/** The configurations that none above them leaves out, those of the deepest folders first. */
const configsInForce = fact((reader, _key: 'all') => {
  const inForce: string[] = [];
  for (const config of [...urisOfKind(reader, 'config')].sort((a, b) => a.length - b.length)) {
    const above = inForce.find((other) => isBelow(config, folderOf(other)));
    if (above === undefined || !excludes(reader, above, config)) inForce.unshift(config);
  }
  return inForce;
}, sameList);

/** The configuration whose patterns decide over a file. */
function configAbove(reader: Reader, uri: string): string | undefined {
  if (!isSettings(uri)) return configFor(reader, uri);
  return configsInForce(reader, 'all').find((config) => isBelow(uri, folderOf(config)));
}

/** Whether a file stands in a folder inside this one, and not in this one itself. */
function isBelow(uri: string, folder: string): boolean {
  return folderOf(uri) !== folder && uri.startsWith(folder);
}

function excludes(reader: Reader, config: string, uri: string): boolean {
  return lastDecides(globsIn(reader, config).exclude, pathBelow(config, uri));
}

/** The patterns of a configuration that can be understood: what it leaves out, and what each of its overrides is for. */
export const globsIn = fact((reader, config: string) => {
  const { exclude, overrides } = configOf(reader, config)?.value ?? {};
  return { exclude: globsOf(exclude), overrides: (overrides?.items ?? []).map(({ files }) => globsOf(files)) };
});

/** The path of a file relative to the folder of its configuration, with slashes and without escapes. */
export function pathBelow(config: string, uri: string): string {
  return decodeURIComponent(uri.slice(folderOf(config).length));
}

function globsOf(patterns: PlacedList<Placed<string>> | undefined): readonly Glob[] {
  return readPatterns(patterns).flatMap(({ read }) => ('fault' in read ? [] : [read]));
}

interface Pattern {
  readonly written: Placed<string>;
  readonly read: Glob | GlobFault;
}

function readPatterns(patterns: PlacedList<Placed<string>> | undefined): readonly Pattern[] {
  // That a text is missing is reported by the schema.
  const written = (patterns?.items ?? []).filter(({ value }) => value !== '');
  return written.map((one) => ({ written: one, read: readGlob(one.value) }));
}

export interface PatternProblem {
  readonly pattern: Placed<string>;
  /** `unread`: it is no pattern; `idle`: it matches no file, or takes none back in. */
  readonly kind: 'unread' | 'idle';
  readonly message: string;
  readonly repair?: string | undefined;
}

/**
 * What is wrong with the patterns of a configuration. Whether a pattern matches any file is known only where the folder of
 * the configuration has been read.
 */
export const patternProblemsOf = fact((reader, config: string): readonly PatternProblem[] => {
  const { exclude, overrides } = configOf(reader, config)?.value ?? {};
  const lists = [exclude, ...(overrides?.items ?? []).map(({ files }) => files)].map(readPatterns);
  if (lists.every((patterns) => patterns.length === 0)) return [];
  const isRead = foldersOf(reader).some((folder) => config.startsWith(folder));
  const paths = isRead ? governedPaths(reader, config) : undefined;
  return lists.flatMap((patterns) => patterns.flatMap((_, index) => problemOf(patterns, index, paths) ?? []));
});

function problemOf(
  patterns: readonly Pattern[],
  index: number,
  paths: readonly string[] | undefined,
): PatternProblem | undefined {
  const { written, read } = patterns[index] as Pattern;
  if ('fault' in read) return { pattern: written, kind: 'unread', message: read.fault, repair: read.repair };
  if (paths === undefined) return undefined;
  const before = patterns.slice(0, index).flatMap((one) => ('fault' in one.read ? [] : [one.read]));
  const does = (path: string) => read.matches(path) && (!read.isNegated || lastDecides(before, path));
  if (paths.some(does)) return undefined;
  const message = read.isNegated
    ? 'This pattern takes no file back in. Put it behind the pattern that it is an exception from, or take it out.'
    : 'This pattern matches none of the files that are checked here. It is relative to this folder: mend it, or take it out.';
  return { pattern: written, kind: 'idle', message };
}

/** The paths of the files whose part in the workspace a configuration decides on, whether it leaves them out or not. */
function governedPaths(reader: Reader, config: string): string[] {
  return urisOf(reader)
    .filter((uri) => uri.startsWith(folderOf(config)) && configAbove(reader, uri) === config)
    .filter((uri) => statusOf(reader, uri).kind !== 'foreign')
    .map((uri) => pathBelow(config, uri));
}
