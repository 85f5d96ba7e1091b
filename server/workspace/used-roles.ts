/** The roles that a file defines and that somebody needs. */
import type * as types from '../model/generated/types.js';
import type { PlacedOf } from '../model/placed.js';
import { type Definition, definitionsIn } from './definitions.js';
import type { Reader } from './fact.js';
import { organizationOf } from './files.js';
import { type RoleUse, roleUsesIn, roleUsesInFile } from './role-references.js';
import { scopeOf } from './scope.js';

/** Takes a file. Gives the roles that it defines and that are used: by any file of its scope, or by the playbook itself. */
export function* usedRolesIn(
  reader: Reader,
  uri: string,
): Iterable<Definition<PlacedOf<types.Role>> & { use: RoleUse }> {
  const definitions = definitionsIn(reader, uri, 'roles');
  if (definitions.length === 0) return;
  const isOrganization = organizationOf(reader, uri) !== undefined;
  const uses = isOrganization ? roleUsesIn(reader, scopeOf(reader, uri)) : roleUsesInFile(reader, uri);
  for (const definition of definitions) {
    const use = uses.get(definition.id.value);
    if (use) yield { ...definition, use };
  }
}
