/** What the graph's page and the extension say to each other. */
import type { Drawing } from '../../server/render/drawing.js';
import type { Badge } from '../../server/render/picture.js';

export interface View {
  readonly uri: string;
  readonly title: string;
  /** Why there is nothing to see; empty where there is. */
  readonly reason: string;
  readonly stale: boolean;
  readonly badges: readonly (readonly [string, Badge])[];
  readonly others: readonly { readonly severity: string; readonly message: string; readonly line: number }[];
}

export type ToPage =
  /** `drawing` is left out where it is the one that the page shows. */
  | { readonly type: 'show'; readonly view: View; readonly drawing: Drawing | undefined }
  | { readonly type: 'select'; readonly key: string | undefined };

export type FromPage =
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly key: string }
  | { readonly type: 'revealOther'; readonly index: number };

/** Takes what came from the page. Gives it as a message, or undefined where it is none. */
export function messageFromPage(value: unknown): FromPage | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, key, index } = value as Record<string, unknown>;
  if (type === 'ready') return { type };
  if (type === 'reveal' && typeof key === 'string') return { type, key };
  if (type === 'revealOther' && Number.isInteger(index)) return { type, index: index as number };
  return undefined;
}
