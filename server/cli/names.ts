/** What files are called: for whoever ran the check, for the page of a pull request, and for telling findings apart. */
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { URI } from 'vscode-uri';
import { isWithin, pathBelow, realPathOf, repositoryOf } from '../disk/repository.js';
import type { Input } from './gather.js';

export interface Names {
  /** The absolute path by the name that was given, where it leads through a link that was given. */
  readonly given: (uri: string) => string;
  /** Seen from the current folder, by the names that were given. */
  readonly here: (uri: string) => string;
  /**
   * Seen from the root of the repository, as GitHub and GitLab want it, whatever the current folder is; from the current
   * folder where there is no repository, or more than one. What lies outside has its absolute path, with slashes.
   */
  readonly inRepository: (uri: string) => string;
  /** The same on every machine and from every folder: seen from the repository, or the folder that the file belongs to. */
  readonly anywhere: (uri: string) => string;
}

/** The names of the files that were gathered, for a check that runs in a folder. */
export function namesFor({ folders, given }: Pick<Input, 'folders' | 'given'>, folder: string): Names {
  const current = realOrSame(folder);
  const spelled = [...given, ...(current === folder ? [] : [[current, folder] as const])].sort(
    ([a], [b]) => b.length - a.length,
  );
  const roots = new Set([...folders].map(repositoryOf));
  const [only] = roots;
  const root = (roots.size === 1 ? only : repositoryOf(current)) ?? current;
  const repositories = new Map<string, string | undefined>();
  const repositoryAt = (at: string) => {
    if (!repositories.has(at)) repositories.set(at, repositoryOf(at));
    return repositories.get(at);
  };
  const pathOf = (uri: string) => URI.parse(uri).fsPath;
  const givenPath = (uri: string) => {
    const path = pathOf(uri);
    const [real, name] = spelled.find(([at]) => isWithin(path, at)) ?? [];
    return real === undefined || name === undefined ? path : resolve(name, relative(real, path));
  };
  return {
    given: givenPath,
    here: (uri) => withSlashes(relative(folder, givenPath(uri))) || '.',
    inRepository(uri) {
      const path = pathOf(uri);
      return (pathBelow(path, root) ?? withSlashes(path)) || '.';
    },
    anywhere(uri) {
      const path = pathOf(uri);
      const base = repositoryAt(dirname(path)) ?? [...folders].find((one) => isWithin(path, one));
      return (base !== undefined && pathBelow(path, base)) || basename(path);
    },
  };
}

/** Whether a name is none that is seen from a folder. */
export function isAbsoluteName(name: string): boolean {
  return isAbsolute(name) || /^(?:[A-Za-z]:)?\//.test(name);
}

function withSlashes(path: string): string {
  return path.split(sep).join('/');
}

function realOrSame(path: string): string {
  try {
    return realPathOf(path);
  } catch {
    return path;
  }
}
