/** Nearest names: what somebody meant who typed something else. */

/**
 * Takes what was typed and the names that exist. Gives the nearest of them, at most three, best first: names within an
 * edit distance (Damerau and Levenshtein, with transpositions) of a third of the length, and names that contain it.
 */
export function nearest(typed: string, names: Iterable<string>): string[] {
  const limit = Math.max(1, Math.floor(typed.length / 3));
  const scored: { name: string; score: number }[] = [];
  for (const name of names) {
    if (name === typed) continue;
    const distance = editDistance(typed.toLowerCase(), name.toLowerCase(), limit);
    if (distance <= limit) scored.push({ name, score: distance });
    else if (typed.length >= 3 && (name.includes(typed) || typed.includes(name)))
      scored.push({ name, score: limit + 1 });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  // Beside a slip of one letter, a name that is four letters away is not what was meant.
  const best = scored[0]?.score ?? 0;
  return scored
    .filter(({ score }) => score <= best + 1)
    .slice(0, 3)
    .map(({ name }) => name);
}

/**
 * Takes what somebody typed and a name. Gives whether it is a slip of the fingers: one or two letters of a word that is long
 * enough that it cannot have been meant to be another.
 */
export function isSlip(typed: string, name: string): boolean {
  const limit = typed.length >= 8 ? 2 : typed.length >= 4 ? 1 : 0;
  return limit > 0 && editDistance(typed.toLowerCase(), name.toLowerCase(), limit) <= limit;
}

/** Takes near names. Gives the tail of a sentence: `: did you mean "owner"?`, or a full stop where there are none. */
export function didYouMean(names: readonly string[]): string {
  if (names.length === 0) return '.';
  return `: did you mean ${names.map((name) => `"${name}"`).join(' or ')}?`;
}

function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        best = Math.min(best, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}
