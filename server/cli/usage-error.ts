/** What the caller can mend: a wrong option, a path that does not exist, nothing to check. */

/** Ends the command with exit code 2 and its message. */
export class UsageError extends Error {}

export const EXIT = { clean: 0, findings: 1, unusable: 2, bug: 3 } as const;
