/** Scopes: which files belong together. A scope is a workspace folder, or a folder whose configuration says `root`. */

import { isExcluded, takingPart } from './exclusion.js';
import { fact } from './fact.js';
import { configOf, type FileKind, folderOf, sameList, statusOf, urisOfKind } from './files.js';
import { foldersOf } from './snapshot.js';

const scopeRootsOf = fact((reader, _key: 'all') => {
  const roots = urisOfKind(reader, 'config')
    .filter((uri) => configOf(reader, uri)?.value.root?.value === true && !isExcluded(reader, uri))
    .map(folderOf);
  return [...new Set([...foldersOf(reader), ...roots])].sort((a, b) => b.length - a.length);
}, sameList);

/** Takes a URI. Gives the scope that the file belongs to: the URI of a folder, with a slash; empty where there is none. */
export const scopeOf = fact(
  (reader, uri: string) => scopeRootsOf(reader, 'all').find((root) => uri.startsWith(root)) ?? '',
);

/** Takes a kind and a scope, as one key. Gives the URIs of the files of this kind that take part in this scope, sorted. */
const urisInScope = fact((reader, key: string) => {
  const [kind = '', scope = ''] = key.split(' ');
  return takingPart(reader, 'all').filter(
    (uri) => statusOf(reader, uri).kind === (kind as FileKind) && scopeOf(reader, uri) === scope,
  );
}, sameList);

/** The playbooks in a scope, by their URIs, sorted. */
export const playbookUrisFor = fact((reader, scope: string) => urisInScope(reader, `playbook ${scope}`), sameList);

/** The organisation files in a scope, by their URIs, sorted. */
export const organizationUrisFor = fact(
  (reader, scope: string) => urisInScope(reader, `organization ${scope}`),
  sameList,
);
