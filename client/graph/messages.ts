/** What the graph's page and the extension say to each other. */
import type { Direction, Grouping, ToldWay } from '../../server/render/drawing.js';
import type { Badge } from '../../server/render/picture.js';
import type { DrawingDelta } from './drawing-delta.js';

export interface Finding {
  /** The key of the box that it belongs to; null where it belongs to none. */
  readonly key: string | null;
  readonly severity: string;
  readonly rule: string;
  readonly message: string;
  /** From 1. */
  readonly line: number;
  readonly hasFix: boolean;
}

export interface View {
  readonly uri: string;
  readonly title: string;
  /** Why there is nothing to see; empty where there is. */
  readonly reason: string;
  readonly stale: boolean;
  readonly badges: readonly (readonly [string, Badge])[];
  readonly findings: readonly Finding[];
  readonly ways: readonly ToldWay[];
  /** The keys of the steps that call a playbook that is known. */
  readonly calls: readonly string[];
  /** Whether the text follows the pointer. */
  readonly revealOnHover: boolean;
}

export type ToPage =
  /** `drawing` is left out where it is the one that the page shows. */
  | { readonly type: 'show'; readonly view: View; readonly drawing: DrawingDelta | undefined }
  /** The boxes that the cursor, or a selection in the text, is in; the one at the cursor first. */
  | { readonly type: 'select'; readonly keys: readonly string[] }
  /** Asks for a picture as PNG; answered with `rasterized`. */
  | { readonly type: 'rasterize'; readonly svg: string };

export type FromPage =
  /** The page is there, or was turned: this is how it wants its drawings. */
  | { readonly type: 'ready' | 'turn'; readonly direction: Direction; readonly grouping: Grouping }
  /** Goes to steps in the text, the first of them seen for sure; `hover` only shows them; `open` shows the graph of the playbook that is called. */
  | { readonly type: 'reveal'; readonly keys: readonly string[] }
  | { readonly type: 'hover' | 'open'; readonly key: string }
  /** Goes to a finding by its number in the view; `fix` opens what can be done about it. */
  | { readonly type: 'finding'; readonly index: number; readonly fix: boolean }
  /** A picture as PNG, in base64; empty where it could not be drawn. */
  | { readonly type: 'rasterized'; readonly png: string }
  /** Back to the text; or asks where to export the playbook to. */
  | { readonly type: 'leave' | 'export' };

/** Takes what came from the page. Gives it as a message, or undefined where it is none. */
export function messageFromPage(value: unknown): FromPage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, key, keys, index, fix, direction, grouping, png } = value as Record<string, unknown>;
  if (type === 'ready' || type === 'turn') {
    return {
      type,
      direction: direction === 'right' ? 'right' : 'down',
      grouping: grouping === 'phase' || grouping === 'owner' ? grouping : 'none',
    };
  }
  if (type === 'reveal' && Array.isArray(keys)) return { type, keys: keys.filter((one) => typeof one === 'string') };
  if ((type === 'hover' || type === 'open') && typeof key === 'string') return { type, key };
  if (type === 'finding' && Number.isInteger(index)) return { type, index: index as number, fix: fix === true };
  if (type === 'rasterized' && typeof png === 'string') return { type, png };
  return type === 'leave' || type === 'export' ? { type } : undefined;
}
