/** Ids of MITRE ATT&CK techniques, such as T1078 and T1078.002. */

/** Takes an ATT&CK technique id. Gives its parts, or undefined where the text is none. */
export function parseAttackId(text: string): { technique: string; sub?: string } | undefined {
  const match = /^(T\d{4})(?:\.(\d{3}))?$/.exec(text);
  if (!match?.[1]) return undefined;
  return match[2] ? { technique: match[1], sub: match[2] } : { technique: match[1] };
}
