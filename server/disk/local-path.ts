/** Where a URI leads on this machine, and the one name of a file that has several. */
import { realpathSync } from 'node:fs';
import * as path from 'node:path';
import { URI } from 'vscode-uri';

const DRIVE = /^\/?[a-z]:/i;

/**
 * The path that a `file:` URI names on this machine. Undefined for every other URI, and for a path of another machine: an
 * editor on Windows may talk to a server in WSL or in a container, and `c:/src` means nothing there.
 */
export function localPath(uri: string, platform: NodeJS.Platform = process.platform): string | undefined {
  const { scheme, authority, path: named } = URI.parse(uri);
  if (scheme !== 'file' || named.includes('\0')) return undefined;
  const host = authority.toLowerCase() === 'localhost' ? '' : authority;
  if (platform !== 'win32') return host === '' && !DRIVE.test(named) ? named : undefined;
  const backslashed = named.replaceAll('/', '\\');
  if (host !== '') return `\\\\${host}${backslashed}`;
  return DRIVE.test(named) ? backslashed.replace(/^\\/, '') : undefined;
}

/** What the operating system calls the file or folder at a path: links followed, letters in the case in which they were written. */
type RealPath = (path: string) => string | undefined;

type PathNames = Pick<typeof path, 'basename' | 'dirname' | 'join'>;

/**
 * The one name of a file that may have several: through links, in letters of another case, as a short name of Windows. Of a
 * file that does not exist the folders above it are named so, as far as they exist.
 */
export function canonicalPath(named: string, realPath: RealPath = realPathHere, names: PathNames = path): string {
  const missing: string[] = [];
  for (let at = named; ; at = names.dirname(at)) {
    const real = realPath(at);
    if (real !== undefined) return names.join(real, ...missing);
    if (names.dirname(at) === at) return named;
    missing.unshift(names.basename(at));
  }
}

function realPathHere(named: string): string | undefined {
  try {
    return realpathSync.native(named);
  } catch {
    return undefined;
  }
}
