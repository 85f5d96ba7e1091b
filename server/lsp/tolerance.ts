/** Takes messages as clients send them: null where a field is optional, and fields missing that older versions did not ask for. */
import type { Message } from 'vscode-languageserver';

/** What the protocol nests is shallow. Below this nothing is looked at. */
const DEEPEST = 40;

interface Params {
  readonly [key: string]: unknown;
}

type Read = Message & { readonly method?: unknown; readonly params?: unknown };

/**
 * Gives what reads messages for one connection. Clients in Lua, Lisp, Go and .NET write null for what they leave out, and both
 * mean the same everywhere in the protocol. The requests of our own client say themselves what null means.
 */
export function tolerantReader(): (message: Message) => Message {
  const versions = new Map<unknown, number>();

  /** Documents have versions since 2.0, but some clients count only some of them. */
  function versioned(document: Params, otherwise: number): Params {
    const version = typeof document['version'] === 'number' ? document['version'] : otherwise;
    versions.set(document['uri'], version);
    return { ...document, version };
  }

  function completed(method: string, params: Params): Params {
    const document = paramsIn(params['textDocument']);
    switch (method) {
      case 'initialize':
        return { ...params, capabilities: paramsIn(params['capabilities']) };
      case 'textDocument/didOpen':
        return { ...params, textDocument: versioned({ languageId: '', text: '', ...document }, 0) };
      case 'textDocument/didChange': {
        const textDocument = versioned(document, (versions.get(document['uri']) ?? 0) + 1);
        return { contentChanges: [], ...params, textDocument };
      }
      case 'textDocument/didClose':
        versions.delete(document['uri']);
        return params;
      default:
        return params;
    }
  }

  return (message: Read) => {
    const { method, params } = message;
    if (typeof method !== 'string' || method.startsWith('incidentPlaybooks/')) return message;
    const isPlain = params === null || params === undefined || (typeof params === 'object' && !Array.isArray(params));
    return isPlain ? ({ ...message, params: completed(method, paramsIn(withoutNulls(params))) } as Message) : message;
  };
}

function paramsIn(value: unknown): Params {
  return typeof value === 'object' && value !== null ? (value as Params) : {};
}

function withoutNulls(value: unknown, depth = 0): unknown {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return value;
  if (Array.isArray(value)) return value.map((item) => withoutNulls(item, depth + 1));
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, part]) => (part === null ? [] : [[key, withoutNulls(part, depth + 1)]])),
  );
}
