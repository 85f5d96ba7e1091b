/** The configuration that holds for a file: that of the nearest `.incident-playbooks.yaml` above it. */
import { fact } from './fact.js';
import { configOf, urisOfKind } from './files.js';
import { folderOf } from './scope.js';

export type Profile = 'author' | 'review' | 'audit';

export interface Configuration {
  /** Undefined where no file sets it. */
  readonly profile: Profile | undefined;
  readonly rules: ReadonlyMap<string, 'error' | 'warning' | 'info' | 'off'>;
}

/** Takes the URI of a file. Gives its configuration; where there is none, one that sets nothing. */
export const configurationFor = fact((reader, uri: string): Configuration => {
  const candidates = urisOfKind(reader, 'config').filter((config) => uri.startsWith(folderOf(config)));
  const nearest = candidates.sort((a, b) => b.length - a.length)[0];
  const config = nearest === undefined ? undefined : configOf(reader, nearest)?.value;
  const rules = new Map<string, 'error' | 'warning' | 'info' | 'off'>();
  for (const [id, { value }] of config?.rules?.entries ?? []) rules.set(id, value.value);
  return { profile: config?.profile?.value, rules };
});
