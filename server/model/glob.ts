/**
 * Patterns for paths: `*` is anything but a slash, `**` any folders, `?` one character.
 *
 * Written here and not taken from a library, because those make regular expressions, and a pattern in a pull request of a
 * stranger must not be able to stop the check: this takes at most pattern x path steps.
 */

/**
 * Takes a pattern and a path with slashes, relative to the same folder. Gives whether it matches. A pattern without a
 * slash matches a name in any folder; one that matches a folder matches all that is in it.
 */
export function globMatches(pattern: string, path: string): boolean {
  const wanted = pattern.replace(/^\.?\//, '').replace(/\/$/, '');
  const anywhere = wanted.includes('/') ? wanted : `**/${wanted}`;
  return segmentsMatch(anywhere.split('/'), path.split('/'));
}

/** Walks the path once, and keeps at which places of the pattern it may be. */
function segmentsMatch(pattern: readonly string[], path: readonly string[]): boolean {
  let places = skipFolders(pattern, new Set([0]));
  for (const segment of path) {
    const next = new Set<number>();
    for (const place of places) {
      if (place === pattern.length) return true;
      if (pattern[place] === '**') next.add(place);
      else if (nameMatches(pattern[place] ?? '', segment)) next.add(place + 1);
    }
    places = skipFolders(pattern, next);
  }
  return places.has(pattern.length);
}

function skipFolders(pattern: readonly string[], places: Set<number>): Set<number> {
  for (const place of places) if (pattern[place] === '**') places.add(place + 1);
  return places;
}

/** The two-pointer match: on a mismatch the last `*` takes one character more. */
function nameMatches(pattern: string, name: string): boolean {
  let p = 0;
  let star = -1;
  let resume = 0;
  for (let n = 0; n < name.length; ) {
    if (pattern[p] === '*') {
      star = p++;
      resume = n;
    } else if (pattern[p] === '?' || (pattern[p] !== undefined && pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++resume;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
