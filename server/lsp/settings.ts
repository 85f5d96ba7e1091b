/** What a user can switch off, as an editor sends it. */

export interface Settings {
  readonly codeLens: boolean;
  readonly inlayHints: boolean;
}

export const DEFAULT_SETTINGS: Settings = { codeLens: true, inlayHints: true };

/**
 * Takes what a client sends: `{ incidentPlaybooks: { codeLens: { enabled: false } } }`, or the part behind the first key.
 * Gives the settings; what is absent or of another kind is as it is by default.
 */
export function settingsFrom(sent: unknown): Settings {
  const own = isObject(sent) && isObject(sent['incidentPlaybooks']) ? sent['incidentPlaybooks'] : sent;
  const isEnabled = (name: keyof Settings) => {
    const part = isObject(own) ? own[name] : undefined;
    return !(isObject(part) && part['enabled'] === false);
  };
  return { codeLens: isEnabled('codeLens'), inlayHints: isEnabled('inlayHints') };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

/** Takes what a client says when it starts: `{ commands: ["incidentPlaybooks.openGraph"] }`. Gives the commands that it knows. */
export function commandsFrom(sent: unknown): ReadonlySet<string> {
  const commands = isObject(sent) ? sent['commands'] : undefined;
  return new Set(Array.isArray(commands) ? commands.filter((one) => typeof one === 'string') : []);
}

/**
 * Whether an editor trusts the workspace that it has opened: `{ isTrusted: false }` says that it does not (VS Code's
 * Restricted Mode). One that says nothing has no such notion.
 */
export function trustFrom(sent: unknown): boolean {
  return !(isObject(sent) && sent['isTrusted'] === false);
}
