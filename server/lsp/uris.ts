/** URIs as clients send them: one spelling for each, and the file that a URI of another scheme stands for. */
import { URI } from 'vscode-uri';

const HALF_A_LETTER = /[\ud800-\udfff]/gu;
/** What is no URI but a path: on every system, of a drive of Windows, of a share. */
const PATH = /^(?:\/(?!\/)|[a-z]:[\\/]|\\\\)/i;
/** Some clients write the two slashes of a share of Windows into the path. */
const SHARE_IN_PATH = /^file:\/{4,}/i;

/**
 * A URI in the one spelling that is used here: `file:///C:/a%2Db` and `file:///c%3A/a-b` are the same. What is no URI at all is
 * kept, as a URI that leads nowhere.
 */
export function normalizedUri(uri: string): string {
  try {
    if (PATH.test(uri)) return uriOfAnyPath(uri);
    const parsed = URI.parse(uri.replace(SHARE_IN_PATH, 'file://'), true);
    return parsed.with({ scheme: parsed.scheme.toLowerCase() }).toString();
  } catch {
    return URI.from({ scheme: 'invalid', path: `uri-${uri.replace(HALF_A_LETTER, '\ufffd')}` }).toString();
  }
}

/** A path of Windows or of any other system as a URI: clients of before 3.0 send the path of the folder alone. */
export function uriOfAnyPath(path: string): string {
  return URI.file(/^(?:[a-z]:)?\\/i.test(path) ? path.replaceAll('\\', '/') : path).toString();
}

/** Whether two URIs, one of them a folder, are told apart by their paths alone. */
export function isSameFileSystem(uri: string, folder: string): boolean {
  const [one, other] = [URI.parse(uri), URI.parse(folder)];
  return one.scheme === other.scheme && one.authority === other.authority;
}

/** The URIs of all folders that a file is in, without a slash at the end. */
export function foldersAbove(uri: string): string[] {
  const folders: string[] = [];
  for (let at = uri.lastIndexOf('/'); at > 0; at = uri.lastIndexOf('/', at - 1)) folders.push(uri.slice(0, at));
  return folders;
}

/** What is known of the workspace when somebody asks which file a text stands for. */
export interface Surroundings {
  /** The URIs of the folders of the workspace, with a slash. */
  readonly roots: readonly string[];
  /** The one name of a file that may have several. */
  readonly canonical: (uri: string) => string;
  readonly isKnown: (uri: string) => boolean;
}

/** A URI names few paths; who names more of them asks too much of the file system. */
const MOST_PATHS = 20;

/**
 * The file that a text stands for which is not a file of the workspace. Each extension that shows old versions has a scheme of
 * its own, but all of them say somewhere in the URI which file it is: in the path, in a query (in JSON as it is or in base64,
 * or as in a form), or behind the folder of git (`fugitive:///repository/.git//0/a.yaml`). A name without a folder is taken
 * from the first root; where nothing leads into the workspace the URI is that of a file outside.
 */
export function fileBehind(uri: string, { roots, canonical, isKnown }: Surroundings): string {
  const { path, query } = URI.parse(uri);
  const named = [...pathsIn(query), ...pathsBehindGit(path), path].slice(0, MOST_PATHS);
  const isAbsolute = (one: string) => one.startsWith('/') && !one.startsWith('//');
  const absolute = named.filter(isAbsolute).map((one) => canonical(URI.file(one).toString()));
  const ofOtherSchemes = named
    .filter(isAbsolute)
    .flatMap((one) => roots.map((root) => URI.parse(root).with({ path: one }).toString()));
  const inside = [...absolute, ...ofOtherSchemes].find((file) => roots.some((root) => file.startsWith(root)));
  const relative = () => named.flatMap((one) => roots.map((root) => below(root, one)));
  const [root] = roots;
  const name = path.slice(path.lastIndexOf('/') + 1) || 'untitled';
  const isBare = !path.replace(/^\//, '').includes('/');
  return (
    inside ??
    relative().find(isKnown) ??
    (isBare && root !== undefined ? below(root, name) : undefined) ??
    absolute[0] ??
    URI.file(name).toString()
  );
}

function below(folder: string, path: string): string {
  const uri = URI.parse(folder);
  return uri.with({ path: uri.path + path.replace(/^\/+/, '') }).toString();
}

/** What Vim's fugitive, diffview and gitsigns write behind the folder of git: a stage or a revision, then the path in the repository. */
const BEHIND_GIT = /^(.*)\/\.git\/+(?:(?:worktrees|modules)\/[^/]+\/+)?(?::\d:|[^/:]+[/:])\/*(.+)$/;

function pathsBehindGit(path: string): string[] {
  const [, repository, inRepository] = BEHIND_GIT.exec(path) ?? [];
  return inRepository === undefined ? [] : [`${repository}/${inRepository}`, inRepository];
}

/** The paths that a query names, absolute ones with slashes; what is relative is told from other words by its ending. */
function pathsIn(query: string): string[] {
  const words = query === '' ? [] : [...stringsIn(queried(query))].map(pathOf);
  const absolute = words.filter((word) => word.startsWith('/'));
  const relative = words.filter((word) => !word.startsWith('/') && /\.ya?ml$/i.test(word));
  const joined = relative.flatMap((path) => absolute.map((folder) => `${folder}/${path}`));
  return [...joined, ...absolute, ...relative];
}

function queried(query: string): unknown {
  for (const text of [query, safely(() => atob(query))]) {
    const value = safely((): unknown => JSON.parse(text ?? ''));
    if (typeof value === 'object' && value !== null) return value;
  }
  return [...new URLSearchParams(query).values()];
}

function safely<T>(attempt: () => T): T | undefined {
  try {
    return attempt();
  } catch {
    return undefined;
  }
}

function* stringsIn(value: unknown, depth = 0): Iterable<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null && depth < 3) {
    for (const part of Object.values(value)) yield* stringsIn(part, depth + 1);
  }
}

/** A path of Windows, and the path of a URI, with slashes. */
function pathOf(word: string): string {
  if (/^[a-z]:[\\/]/i.test(word)) return `/${word.replaceAll('\\', '/')}`;
  const isUri = /^[a-z][a-z0-9+.-]+:/i.test(word);
  return isUri ? (safely(() => URI.parse(word).path) ?? word) : word;
}
