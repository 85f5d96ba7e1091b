/** Ways through a playbook with what they cost, kept so that the steps on the worst one can be named. */

/** A cost (seconds), and the steps that it comes from. Parts are shared, so that putting ways together takes no time. */
export interface Way {
  readonly cost: number;
  readonly step?: string;
  readonly parts?: readonly Way[];
  /** How often the parts are gone through. */
  readonly times?: number;
}

export interface Visit {
  readonly key: string;
  /** What the step costs each time. */
  readonly cost: number;
  readonly times: number;
}

export const NOWHERE: Way = { cost: 0 };

export function through(step: string, cost: number): Way {
  return { cost, step };
}

/** Takes ways that are gone one after the other, or all at the same time and counted together. Gives them as one. */
export function together(...parts: readonly Way[]): Way {
  const real = parts.filter((part) => part !== NOWHERE);
  if (real.length === 1) return real[0] as Way;
  return { cost: real.reduce((sum, { cost }) => sum + cost, 0), parts: real };
}

/** Takes a way and how often it is gone. What costs nothing costs nothing however often it is gone. */
export function repeated(way: Way, times: number): Way {
  if (times === 0) return NOWHERE;
  return { cost: way.cost === 0 ? 0 : way.cost * times, parts: [way], times };
}

/** Takes ways of which one is gone, or undefined for one that cannot be. Gives the costliest, the first of equals. */
export function worst(ways: Iterable<Way | undefined>, first?: Way): Way | undefined {
  let found = first;
  for (const way of ways) if (way && (!found || way.cost > found.cost)) found = way;
  return found;
}

/**
 * Takes a way. Gives the steps on it, each once, in the order in which they are first come to. Parts that ways share are
 * looked at once: with loops inside loops there are many more ways through them than parts.
 */
export function visitsOf(way: Way): Visit[] {
  const parents = partsBeforeChildren(way);
  const times = new Map<Way, number>([[way, 1]]);
  for (const part of parents) {
    const inside = (times.get(part) ?? 0) * (part.times ?? 1);
    for (const child of part.parts ?? []) times.set(child, (times.get(child) ?? 0) + inside);
  }
  const visits = new Map<string, Visit>();
  for (const part of inOrder(way)) {
    if (part.step === undefined) continue;
    const before = visits.get(part.step)?.times ?? 0;
    visits.set(part.step, { key: part.step, cost: part.cost, times: before + (times.get(part) ?? 0) });
  }
  return [...visits.values()];
}

/** All parts, each once, in the order in which they are first come to. */
function inOrder(way: Way): readonly Way[] {
  const seen = new Set<Way>();
  const stack = [way];
  for (let part = stack.pop(); part; part = stack.pop()) {
    if (seen.has(part)) continue;
    seen.add(part);
    stack.push(...[...(part.parts ?? [])].reverse());
  }
  return [...seen];
}

/** All parts, each once and before those that it is made of. */
function partsBeforeChildren(way: Way): readonly Way[] {
  const done: Way[] = [];
  const seen = new Set<Way>([way]);
  const stack = [{ part: way, at: 0 }];
  for (let frame = stack.at(-1); frame; frame = stack.at(-1)) {
    const child = frame.part.parts?.[frame.at++];
    if (child === undefined) {
      done.push(frame.part);
      stack.pop();
    } else if (!seen.has(child)) {
      seen.add(child);
      stack.push({ part: child, at: 0 });
    }
  }
  return done.reverse();
}
