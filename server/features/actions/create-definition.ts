/** Creates what an id refers to and nobody has defined: a role, a person, a service, a channel, an obligation. */
import { titleFromId } from '../../model/id.js';
import { appendItem } from '../../text/top-level-items.js';
import { writeScalar } from '../../text/write-scalar.js';
import { type DefinitionKind, definitionOf } from '../../workspace/definitions.js';
import type { Reader } from '../../workspace/fact.js';
import { isPlaybook, statusOf, treeOf } from '../../workspace/files.js';
import { organizationUrisFor, scopeOf } from '../../workspace/scope.js';
import { listOf, type Occurrence } from '../occurrences.js';
import type { CodeAction } from './action.js';

/** What a playbook may define for itself; the rest belongs to the organisation. */
const IN_PLAYBOOK: ReadonlySet<DefinitionKind> = new Set(['people', 'roles', 'services']);

/**
 * Takes a file and an id in it. Gives an action for each file that it may be defined in: those of the organisation that define
 * others of the kind, and the playbook where it does or where there is no organisation. Only the name is written: what is
 * still missing is then reported there.
 */
export function createDefinition(reader: Reader, uri: string, { kind, id, isDefinition }: Occurrence): CodeAction[] {
  const list = listOf(kind);
  if (!list || isDefinition || definitionOf(reader, uri, list, id)) return [];
  const organizations = [...organizationUrisFor(reader, scopeOf(reader, uri))];
  const hasList = (file: string) => treeOf(reader, file)?.root?.pairs.has(list) ?? false;
  const mayBeOwn = isPlaybook(reader, uri) && IN_PLAYBOOK.has(list);
  const own = mayBeOwn && (organizations.length === 0 || hasList(uri)) ? [uri] : [];
  const withList = organizations.filter(hasList);
  const files = [...(withList.length > 0 ? withList : organizations), ...own];
  return files.flatMap((file): CodeAction[] => {
    const tree = treeOf(reader, file);
    const edit = tree && !tree.refused ? appendItem(tree, list, entryOf(list, id)) : undefined;
    if (!edit) return [];
    const where = statusOf(reader, file).kind === 'playbook' ? 'in this playbook' : `in ${nameOf(file)}`;
    return [{ title: `Create the ${kind} "${id}" ${where}`, kind: 'quickfix', edits: [edit] }];
  });
}

function entryOf(list: DefinitionKind, id: string): string[] {
  const nameKey = list === 'people' ? 'name' : 'title';
  return [`${writeScalar(id)}:`, `  ${nameKey}: ${writeScalar(titleFromId(id))}`];
}

function nameOf(uri: string): string {
  return decodeURIComponent(uri.slice(uri.lastIndexOf('/') + 1));
}
