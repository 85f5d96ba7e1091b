/** How much a text may ask of the reader. The figures are reasons, measured: see ARCHITECTURE.md, "Hostile texts". */
export const limits = {
  /** Characters in a file. */
  characters: 1_048_576,
  /** Levels of nesting. `yaml` can take the whole process down from about 800 on. */
  depth: 128,
  /** Top-level keys and items of top-level lists and maps in a file. */
  pieces: 25_000,
  /** Lexemes in a file: twice what a dense, real playbook of the largest size has. */
  lexemes: 800_000,
  /** Stretches that are no YAML at all in one piece. */
  errorTokens: 200,
  /** Values in one item with its aliases resolved. */
  values: 200_000,
} as const;
