/** Playbooks that call each other. */
import { playbookIdsOf } from '../workspace/definitions.js';
import { fact, type Reader } from '../workspace/fact.js';
import { scopeOf } from '../workspace/scope.js';
import { components } from './cycles.js';
import { graphOf } from './graph.js';

/** Takes the URI of a playbook. Gives the URIs of those that it calls, each once, in the order of the text. */
const calledBy = fact(
  (reader, uri: string): readonly string[] => {
    const ids = playbookIdsOf(reader, scopeOf(reader, uri));
    const called = [...graphOf(reader, uri).nodes.values()].map(({ calls }) => calls && ids.get(calls));
    return [...new Set(called.filter((target) => target !== undefined))];
  },
  (before, after) => before.join('\n') === after.join('\n'),
);

/** All playbooks that are called from one, directly or not, the innermost first. O(calls). */
const allCalledBy = fact(
  (reader, uri: string): readonly string[] => {
    const found = new Set(calledBy(reader, uri));
    for (const called of found) for (const next of calledBy(reader, called)) found.add(next);
    return components(found, (called) => calledBy(reader, called)).flat();
  },
  (before, after) => before.join('\n') === after.join('\n'),
);

/** Takes the playbook that calls and the id of the called one. Gives whether the call leads back to the caller. */
export function isCircular(reader: Reader, uri: string, id: string): boolean {
  const target = playbookIdsOf(reader, scopeOf(reader, uri)).get(id);
  return target !== undefined && (target === uri || allCalledBy(reader, target).includes(uri));
}

/** Takes the playbook that calls and the id of the called one. Gives its URI; undefined for none, and for a call that leads back. */
export function calleeOf(reader: Reader, uri: string, id: string | undefined): string | undefined {
  if (id === undefined || isCircular(reader, uri, id)) return undefined;
  return playbookIdsOf(reader, scopeOf(reader, uri)).get(id);
}

/** Takes a playbook and the id of one that it calls. Gives the URIs of the calls that lead back, the caller first. O(calls). */
export function circleOf(reader: Reader, uri: string, id: string): readonly string[] {
  const target = playbookIdsOf(reader, scopeOf(reader, uri)).get(id);
  if (target === undefined) return [];
  const from = new Map<string, string | undefined>([[target, undefined]]);
  for (const at of from.keys()) {
    if (at === uri) break;
    for (const next of calledBy(reader, at)) if (!from.has(next)) from.set(next, at);
  }
  const circle: string[] = [];
  for (let at: string | undefined = uri; at !== undefined; at = from.get(at)) circle.unshift(at);
  return [uri, ...circle.slice(0, -1)];
}

/**
 * Takes a playbook and a fact about playbooks that reads the same fact of those that it calls. Reads it of all that are
 * called from here, the innermost first, so that a long chain of calls does not become a deep stack.
 */
export function readCalledFirst(reader: Reader, uri: string, read: (uri: string) => unknown): void {
  const chain = calledBy(reader, uri).length > 0 ? allCalledBy(reader, uri) : [];
  if (chain.length > LONG_CHAIN) for (const called of chain) if (called !== uri) read(called);
}

const LONG_CHAIN = 50;
