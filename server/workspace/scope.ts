/** Scopes: which files belong together. A scope is a workspace folder, or a folder whose configuration says `root`. */
import { fact } from './fact.js';
import { configOf, type FileKind, sameList, urisOfKind } from './files.js';
import { foldersOf } from './snapshot.js';

const scopeRootsOf = fact((reader, _key: 'all') => {
  const roots = urisOfKind(reader, 'config')
    .filter((uri) => configOf(reader, uri)?.value.root?.value === true)
    .map(folderOf);
  return [...new Set([...foldersOf(reader), ...roots])].sort((a, b) => b.length - a.length);
}, sameList);

/** Takes a URI. Gives the scope that the file belongs to: the URI of a folder, with a slash; empty where there is none. */
export const scopeOf = fact(
  (reader, uri: string) => scopeRootsOf(reader, 'all').find((root) => uri.startsWith(root)) ?? '',
);

/** Takes a kind and a scope, as one key. Gives the URIs of the files of this kind in this scope, sorted. */
const urisInScope = fact((reader, key: string) => {
  const [kind = '', scope = ''] = key.split(' ');
  return urisOfKind(reader, kind as FileKind).filter((uri) => scopeOf(reader, uri) === scope);
}, sameList);

/** The playbooks in a scope, by their URIs, sorted. */
export const playbookUrisFor = fact((reader, scope: string) => urisInScope(reader, `playbook ${scope}`), sameList);

/** The organisation files in a scope, by their URIs, sorted. */
export const organizationUrisFor = fact(
  (reader, scope: string) => urisInScope(reader, `organization ${scope}`),
  sameList,
);

/** Takes the URI of a file. Gives the URI of its folder, with a slash. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}
