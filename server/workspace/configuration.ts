/** The configuration that holds for a file: that of the nearest `.incident-playbooks.yaml` above it. */
import { parseDuration, type Seconds } from '../model/duration.js';
import type * as types from '../model/generated/types.js';
import { lastDecides } from '../model/glob.js';
import type { PlacedOf } from '../model/placed.js';
import { configFor, globsIn, isExcluded, pathBelow } from './exclusion.js';
import { fact } from './fact.js';
import { configOf } from './files.js';
import { placeOf } from './snapshot.js';

export type Profile = 'author' | 'review' | 'audit';
export type RuleSeverity = 'error' | 'warning' | 'info' | 'off';

export interface Limits {
  /** How many decisions one person may have to take on one path. */
  readonly decisionsPerPerson: number;
  readonly exerciseInterval: Seconds;
  readonly waiverLength: Seconds;
}

export interface Configuration {
  /** The URI of the file that it comes from; undefined where there is none. */
  readonly source: string | undefined;
  /** Undefined where no file sets it: then a draft is held to `author`, all else to `review`. */
  readonly profile: Profile | undefined;
  readonly rules: ReadonlyMap<string, RuleSeverity>;
  readonly limits: Limits;
  /** Whether the file takes no part: neither is it checked, nor does what it says count for others. */
  readonly isExcluded: boolean;
}

const YEAR: Seconds = 365 * 86_400;
const DEFAULT_LIMITS: Limits = { decisionsPerPerson: 3, exerciseInterval: YEAR, waiverLength: YEAR };

type Settings = Pick<PlacedOf<types.Override>, 'profile' | 'rules' | 'limits'>;

/** Takes the URI of a file. Gives its configuration; where there is none, one that sets nothing. */
export const configurationFor = fact((reader, uri: string): Configuration => {
  const source = configFor(reader, uri);
  const config = source === undefined ? undefined : configOf(reader, source)?.value;
  if (source === undefined || !config) {
    return {
      source,
      profile: undefined,
      rules: new Map(),
      limits: DEFAULT_LIMITS,
      isExcluded: isExcluded(reader, uri),
    };
  }
  const path = pathBelow(source, placeOf(reader, uri));
  const globs = globsIn(reader, source).overrides;
  const overrides = (config.overrides?.items ?? []).filter((_, index) => lastDecides(globs[index] ?? [], path));
  const layers: readonly Settings[] = [config, ...overrides];
  return {
    source,
    profile: layers.findLast(({ profile }) => profile)?.profile?.value,
    rules: new Map(
      layers.flatMap(({ rules }) =>
        [...(rules?.entries ?? [])].map(([id, { value }]): [string, RuleSeverity] => [id, value.value]),
      ),
    ),
    limits: layers.reduce(limited, DEFAULT_LIMITS),
    isExcluded: isExcluded(reader, uri),
  };
}, sameConfiguration);

function limited(limits: Limits, { limits: set }: Settings): Limits {
  const interval = set?.exercise_interval && parseDuration(set.exercise_interval.value);
  const length = set?.waiver_length && parseDuration(set.waiver_length.value);
  return {
    decisionsPerPerson: set?.decisions_per_person?.value ?? limits.decisionsPerPerson,
    exerciseInterval: interval ?? limits.exerciseInterval,
    waiverLength: length ?? limits.waiverLength,
  };
}

function sameConfiguration(before: Configuration, after: Configuration): boolean {
  const plain = ({ rules, ...rest }: Configuration) => JSON.stringify([rest, [...rules]]);
  return plain(before) === plain(after);
}
