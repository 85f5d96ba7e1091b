/** Which services the steps of a playbook take down. */
import type { Placed } from '../model/placed.js';
import { impactsOf } from '../model/step.js';
import { definitionOf } from './definitions.js';
import { fact } from './fact.js';
import { playbookOf } from './files.js';
import { playbookUrisFor } from './scope.js';

/** Takes the URI of a playbook. Gives where each service is first taken down, by the service's id. */
export const outagesIn = fact((reader, uri: string): ReadonlyMap<string, Placed<string>> => {
  const found = new Map<string, Placed<string>>();
  for (const step of playbookOf(reader, uri)?.value.steps?.items ?? []) {
    for (const part of [step, ...(step.options?.items ?? [])]) {
      for (const { service, effect } of impactsOf(part)) {
        if (service && effect?.value === 'outage' && !found.has(service.value)) found.set(service.value, service);
      }
    }
  }
  return found;
}, sameOutages);

/** Takes a scope. Gives where each service of the organisation is first taken down by a playbook of the scope. */
export const outagesInScope = fact((reader, scope: string): ReadonlyMap<string, Placed<string>> => {
  const found = new Map<string, Placed<string>>();
  for (const uri of playbookUrisFor(reader, scope)) {
    for (const [id, service] of outagesIn(reader, uri)) {
      if (!found.has(id) && definitionOf(reader, uri, 'services', id)?.uri !== uri) found.set(id, service);
    }
  }
  return found;
}, sameOutages);

function sameOutages(before: ReadonlyMap<string, Placed<string>>, after: ReadonlyMap<string, Placed<string>>): boolean {
  if (before.size !== after.size) return false;
  for (const [id, { place }] of after) {
    const old = before.get(id)?.place;
    if (old?.piece !== place.piece || old.start !== place.start) return false;
  }
  return true;
}
