/** How much a text may ask of the reader. The figures are reasons, measured: see ARCHITECTURE.md, "Hostile texts". */
export const limits = {
  /** Characters in a file. */
  characters: 1_048_576,
  /** Levels of nesting. `yaml` can take the whole process down from about 800 on. */
  depth: 128,
  /** Top-level keys and items of top-level lists and maps in a file. */
  pieces: 25_000,
  /** Lexemes in a file. A playbook of 1,000 steps has about 80,000. */
  lexemes: 600_000,
  /** Lexemes in one piece: a file in JSON is a single one. */
  lexemesInPiece: 250_000,
  /** Lexemes on one line: a playbook of 1,000 steps as JSON on one line has about 80,000. */
  lexemesInLine: 100_000,
  /** Stretches that are no YAML at all in one piece. */
  errorTokens: 200,
  /** Values in one item with its aliases resolved. */
  values: 200_000,
} as const;
