/** What each file of the workspace is and holds: its kind, its tree, its model. */

import type { Placed } from '../model/placed.js';
import { type ItemKind, type Kind, type Read, type ReadItem, read } from '../model/read.js';
import { isBlank, type Node } from '../text/node.js';
import { hasPlainKeys, topLevelText } from '../text/top-level-text.js';
import { readTree, type Tree } from '../text/tree.js';
import { type Fact, fact, type Reader } from './fact.js';
import { placeOf, textOf, urisOf } from './snapshot.js';

export type FileKind = 'playbook' | 'organization' | 'config' | 'baseline';

/** What its name and its format line say about a file. */
export type FileStatus =
  | { readonly kind: FileKind }
  /** It is ours by its name or its format line, but says no format that this version reads. */
  | { readonly kind: 'unknown'; readonly format: Placed<string> | undefined }
  /** It is somebody else's YAML. */
  | { readonly kind: 'foreign' };

const CONFIG_NAME = /(?:^|\/)\.incident-playbooks\.ya?ml$/;
const BASELINE_NAME = /(?:^|\/)\.incident-playbooks-baseline\.ya?ml$/;
const OUR_NAME = /\.incident-(?:playbook|org)\.ya?ml$/;
const FORMAT_LINE = /^(?:\ufeff)?[ \t]*(?:\{[ \t]*)?["']?format["']?[ \t]*:[ \t]*["']?(?:playbook|organization)\//m;

export const PLAYBOOK_FORMAT = 'playbook/v1';
export const ORGANIZATION_FORMAT = 'organization/v1';

/** Whether a file says by its name that it is a configuration or a baseline. */
export function isSettings(uri: string): boolean {
  return CONFIG_NAME.test(uri) || BASELINE_NAME.test(uri);
}

/** Takes the URI of a file. Gives the URI of its folder, with a slash. */
export function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1);
}

/** Takes a URI or path and a text. Gives whether the file is ours: by its name, or by its format line. */
export function isOurs(name: string, text: string): boolean {
  return CONFIG_NAME.test(name) || BASELINE_NAME.test(name) || OUR_NAME.test(name) || FORMAT_LINE.test(text);
}

/** Takes a URI. Gives the tree of the file, or undefined where there is none. */
export const treeOf: Fact<string, Tree | undefined> = fact<string, Tree | undefined>((reader, uri, previous) => {
  const text = textOf(reader, uri);
  return text === undefined ? undefined : readTree(uri, text, previous);
});

const hasPlainKeysIn = fact((reader, uri: string) => hasPlainKeys(textOf(reader, uri) ?? ''));

export const statusOf: Fact<string, FileStatus> = fact(
  (reader, uri) => {
    const text = textOf(reader, uri);
    const name = placeOf(reader, uri);
    if (text === undefined || !isOurs(name, text)) return { kind: 'foreign' };
    if (CONFIG_NAME.test(name)) return { kind: 'config' };
    if (BASELINE_NAME.test(name)) return { kind: 'baseline' };
    const plain = topLevelText(text, 'format', hasPlainKeysIn(reader, uri));
    if (plain === PLAYBOOK_FORMAT) return { kind: 'playbook' };
    if (plain === ORGANIZATION_FORMAT) return { kind: 'organization' };
    const format = treeOf(reader, uri)?.root?.pairs.get('format')?.value;
    if (format?.kind !== 'scalar' || isBlank(format)) return { kind: 'unknown', format: undefined };
    const value = String(format.value);
    if (value === PLAYBOOK_FORMAT) return { kind: 'playbook' };
    if (value === ORGANIZATION_FORMAT) return { kind: 'organization' };
    return { kind: 'unknown', format: { value, place: format.place } };
  },
  (before, after) => before.kind === after.kind && before.kind !== 'unknown',
);

/** Takes a URI. Gives whether the file is a playbook. */
export function isPlaybook(reader: Reader, uri: string): boolean {
  return statusOf(reader, uri).kind === 'playbook';
}

const itemFacts: { [K in ItemKind]: Fact<Node, Read<K>> } = {
  step: fact((_, node) => read('step', node)),
  person: fact((_, node) => read('person', node)),
  role: fact((_, node) => read('role', node)),
  service: fact((_, node) => read('service', node)),
  channel: fact((_, node) => read('channel', node)),
  obligation: fact((_, node) => read('obligation', node)),
};

/** Takes a kind of item. Gives the fact that reads such an item from its node. */
export function itemOf<K extends ItemKind>(kind: K): Fact<Node, Read<K>> {
  return itemFacts[kind];
}

/** Takes a URI. Gives the file read as its kind, or undefined where it is of another kind. */
export const playbookOf = fileOfKind('playbook');
export const organizationOf = fileOfKind('organization');
export const configOf = fileOfKind('config');
export const baselineOf = fileOfKind('baseline');

function fileOfKind<K extends FileKind & Kind>(kind: K): Fact<string, Read<K> | undefined> {
  return fact<string, Read<K> | undefined>((reader, uri) => {
    if (statusOf(reader, uri).kind !== kind) return undefined;
    const root = treeOf(reader, uri)?.root;
    const readItem: ReadItem = (itemKind, node) => itemOf(itemKind)(reader, node);
    return root && read(kind, root, readItem);
  });
}

/** Takes the URI of a playbook. Gives its id, without reading the rest of it where that can be helped. */
export const playbookIdOf = fact((reader, uri: string): string | undefined => {
  const plain = topLevelText(textOf(reader, uri) ?? '', 'id', hasPlainKeysIn(reader, uri));
  return plain === undefined ? playbookOf(reader, uri)?.value.id?.value : (plain ?? undefined);
});

/** Gives the URIs of the files of one kind, sorted. */
export const urisOfKind = fact<FileKind, readonly string[]>(
  (reader, kind) => urisOf(reader).filter((uri) => statusOf(reader, uri).kind === kind),
  sameList,
);

export function sameList<T>(before: readonly T[], after: readonly T[]): boolean {
  return before.length === after.length && before.every((value, index) => value === after[index]);
}

export type { Reader };
