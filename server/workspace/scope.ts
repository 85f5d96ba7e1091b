/**
 * Scopes: which files belong together. A scope is a workspace folder, or a folder whose configuration says `root`. A stand-in
 * has a scope of its own: that of the file that it stands for, with itself in the place of the file.
 */

import { isExcluded, takingPart } from './exclusion.js';
import { type Fact, fact } from './fact.js';
import { configOf, type FileKind, folderOf, sameList, statusOf, urisOfKind } from './files.js';
import { foldersOf, standsFor } from './snapshot.js';

const scopeRootsOf = fact((reader, _key: 'all') => {
  const roots = urisOfKind(reader, 'config')
    .filter((uri) => configOf(reader, uri)?.value.root?.value === true && !isExcluded(reader, uri))
    .map(folderOf);
  return [...new Set([...foldersOf(reader), ...roots])].sort((a, b) => b.length - a.length);
}, sameList);

/**
 * Takes a URI. Gives the scope that the file belongs to: the URI of a folder, with a slash; empty where there is none; for a
 * stand-in its own URI.
 */
export const scopeOf = fact((reader, uri: string) =>
  standsFor(reader, uri) === undefined ? (scopeRootsOf(reader, 'all').find((root) => uri.startsWith(root)) ?? '') : uri,
);

/** The files that take part in a scope, by their URIs, sorted. */
export const urisIn: Fact<string, readonly string[]> = fact((reader, scope: string): readonly string[] => {
  const replaced = standsFor(reader, scope);
  if (replaced === undefined) return takingPart(reader, 'all').filter((uri) => scopeOf(reader, uri) === scope);
  const others = urisIn(reader, scopeOf(reader, replaced)).filter((uri) => uri !== replaced);
  return isExcluded(reader, scope) ? others : [...others, scope].sort();
}, sameList);

/** Takes a kind and a scope, as one key. Gives the URIs of the files of this kind that take part in this scope, sorted. */
const urisInScope = fact((reader, key: string) => {
  const [kind = '', scope = ''] = key.split(' ');
  return urisIn(reader, scope).filter((uri) => statusOf(reader, uri).kind === (kind as FileKind));
}, sameList);

/** The playbooks in a scope, by their URIs, sorted. */
export const playbookUrisFor = fact((reader, scope: string) => urisInScope(reader, `playbook ${scope}`), sameList);

/** The organisation files in a scope, by their URIs, sorted. */
export const organizationUrisFor = fact(
  (reader, scope: string) => urisInScope(reader, `organization ${scope}`),
  sameList,
);
