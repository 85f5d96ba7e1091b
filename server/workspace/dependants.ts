/** Which files may have other findings when some files have changed. */
import { playbookIdsOf, playbooksWithSameId } from './definitions.js';
import { isExcluded } from './exclusion.js';
import type { Reader } from './fact.js';
import { playbookOf, statusOf } from './files.js';
import { organizationUrisFor, playbookUrisFor, scopeOf } from './scope.js';
import { urisOf } from './snapshot.js';

/**
 * Takes the URIs of files that have changed; those that there are no more count as well. Gives them and all that may have
 * other findings: what calls a changed playbook, and the organisation whose roles it uses; everything around a changed
 * organisation, configuration or baseline, and around a file that is gone. An excluded file changes nothing but itself.
 * O(files + calls).
 */
export function dependantsOf(reader: Reader, changed: ReadonlySet<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const callersIn = new Map<string, ReadonlyMap<string, readonly string[]>>();
  for (const uri of changed) {
    const scope = scopeOf(reader, uri);
    const { kind } = statusOf(reader, uri);
    if (isExcluded(reader, uri)) found.add(uri);
    else if (kind === 'playbook' || kind === 'unknown') {
      found.add(uri);
      for (const other of playbooksWithSameId(reader, uri)) found.add(other.uri);
      for (const other of organizationUrisFor(reader, scope)) found.add(other);
      const callers = callersIn.get(scope) ?? callersOf(reader, scope);
      callersIn.set(scope, callers);
      const calling = new Set([uri]);
      // Its id may have been another one, which somebody calls still.
      for (const caller of callers.get(NOBODY) ?? []) calling.add(caller);
      for (const at of calling) for (const caller of callers.get(at) ?? []) calling.add(caller);
      for (const caller of calling) found.add(caller);
    } else {
      for (const other of urisOf(reader)) if (scopeOf(reader, other) === scope) found.add(other);
    }
  }
  return found;
}

/** Stands for a playbook that is called and that there is not. */
const NOBODY = '';

/** The playbooks that call each playbook of a scope. */
function callersOf(reader: Reader, scope: string): ReadonlyMap<string, readonly string[]> {
  const callers = new Map<string, string[]>();
  const ids = playbookIdsOf(reader, scope);
  for (const caller of playbookUrisFor(reader, scope)) {
    for (const { playbook } of playbookOf(reader, caller)?.value.steps?.items ?? []) {
      if (!playbook) continue;
      const called = ids.get(playbook.value) ?? NOBODY;
      callers.set(called, [...(callers.get(called) ?? []), caller]);
    }
  }
  return callers;
}
