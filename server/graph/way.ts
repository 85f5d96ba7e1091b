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

/** Takes a way. Gives the steps on it in order; the passes of a loop come before the last one. */
export function visitsOf(way: Way): Visit[] {
  const visits: Visit[] = [];
  const stack: { way: Way; times: number }[] = [{ way, times: 1 }];
  for (let next = stack.pop(); next; next = stack.pop()) {
    const { way: part, times } = next;
    if (part.step !== undefined) visits.push({ key: part.step, cost: part.cost, times });
    const inside = times * (part.times ?? 1);
    for (const child of [...(part.parts ?? [])].reverse()) stack.push({ way: child, times: inside });
  }
  return visits;
}
