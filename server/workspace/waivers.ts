/** Waivers: which of them hold, and what is wrong with the others. */
import { formatDate } from '../model/date.js';
import type * as types from '../model/generated/types.js';
import { dayOf } from '../model/life-cycle.js';
import { each, type PlacedOf } from '../model/placed.js';

export type Waiver = PlacedOf<types.Waiver>;

export type WaiverState =
  /** It holds. */
  | {
      readonly kind: 'holds';
      readonly rule: string;
      readonly owner: string;
      readonly reason: string;
      readonly expires: string;
    }
  | { readonly kind: 'expired'; readonly expires: string }
  /** `fault` completes "This waiver ...". */
  | { readonly kind: 'incomplete'; readonly fault: string };

const SECONDS_PER_DAY = 86_400;

/** Takes a waiver, the day of the check and the longest time for which one may hold, in seconds. Gives its state. */
export function stateOf(
  { rule, at, owner, reason, expires, node }: Waiver,
  today: number,
  longest: number,
): WaiverState {
  const [by, ...others] = each(owner);
  const missing = [by ? '' : 'owner', reason?.value.trim() ? '' : 'reason', expires ? '' : 'end ("expires")'].filter(
    Boolean,
  );
  if (missing.length > 0 || !rule || !by || !reason || !expires) {
    return { kind: 'incomplete', fault: `has no ${missing.join(', no ') || 'rule'}` };
  }
  if (others.length > 0) return { kind: 'incomplete', fault: 'has more than one owner' };
  // An "at" that could not be read must not widen the waiver to the whole playbook.
  if (node.pairs.has('at') && !at)
    return { kind: 'incomplete', fault: 'does not say in a readable way where it holds' };
  const last = dayOf(expires);
  if (last === undefined) return { kind: 'incomplete', fault: 'has an end that is no day of the calendar' };
  if (last < today) return { kind: 'expired', expires: expires.value };
  const limit = today + Math.floor(longest / SECONDS_PER_DAY);
  if (last > limit) {
    return { kind: 'incomplete', fault: `ends on ${expires.value}, and may not hold beyond ${formatDate(limit)}` };
  }
  return { kind: 'holds', rule: rule.value, owner: by.value, reason: reason.value, expires: expires.value };
}
