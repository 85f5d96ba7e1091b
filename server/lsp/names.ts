/** How files are called: here each has one name; a client may have several for it, and is told the one that it uses. */
import { normalizedUri } from './uris.js';

/**
 * Takes what gives the one name of a file, and whether a file is in a folder that is known, or was found there. Gives the names of the documents
 * that are open and of the folders that the client has opened.
 */
export function fileNames(
  canonical: (uri: string) => string,
  isInside: (key: string) => boolean,
  isFound: (key: string) => boolean,
) {
  /** By the URI of the client, in the order in which they were used. */
  const open = new Map<string, string>();
  /** Folders as they are called here and by the client, with a slash, the innermost first. */
  let roots: readonly (readonly [ours: string, theirs: string])[] = [];

  /** A link that leads out of the workspace is a file of it all the same. */
  function keyFor(uri: string): string {
    const spelled = normalizedUri(uri);
    const key = canonical(spelled);
    if (key === spelled) return key;
    const ofClient = roots.map(([ours, theirs]): [string, string] => [normalizedUri(theirs), ours]);
    const inRoot = renamed(spelled, ofClient) ?? spelled;
    // What a link leads to may be passed over: then the file is found by the name of the link.
    if (isInside(key) && !isFound(inRoot)) return key;
    return isInside(inRoot) ? inRoot : key;
  }

  return {
    /** The name that a file has here. */
    keyOf: (uri: string): string => open.get(uri) ?? keyFor(uri),

    /** The name that the client uses for a file: that of the document, or a name in the folder that it has opened. */
    nameOf(key: string): string {
      const document = [...open].findLast(([, other]) => other === key);
      return document?.[0] ?? renamed(key, roots) ?? key;
    },

    /** Takes the URI of a document that is opened or edited. Gives its name here. */
    use(uri: string): string {
      const key = open.get(uri) ?? keyFor(uri);
      open.delete(uri);
      open.set(uri, key);
      return key;
    },
    close: (uri: string): boolean => open.delete(uri),
    isOpen: (key: string): boolean => [...open.values()].includes(key),
    /** The open documents: by the URI of the client, their names here. */
    documents: (): ReadonlyMap<string, string> => open,

    /** Takes the folders that the client has opened, by its URIs. */
    setRoots(uris: Iterable<string>): void {
      roots = [...uris]
        .map((uri) => [withSlash(canonical(normalizedUri(uri))), withSlash(uri)] as const)
        .sort(([one], [other]) => other.length - one.length);
    },
  };
}

function renamed(uri: string, folders: readonly (readonly [from: string, to: string])[]): string | undefined {
  const folder = folders.find(([from]) => uri.startsWith(from));
  return folder && `${folder[1]}${uri.slice(folder[0].length)}`;
}

function withSlash(uri: string): string {
  return uri.endsWith('/') ? uri : `${uri}/`;
}
