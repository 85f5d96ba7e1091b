/** Where a value stands: a range inside one piece of a file, so that edits elsewhere in the file move nothing. */

/**
 * A stretch of a file that is read on its own: a top-level key, or one item of a top-level list or map. A piece whose
 * text did not change is the same object in the next version of the file.
 */
export interface Piece {
  readonly uri: string;
  readonly text: string;
}

/** A range in UTF-16 code units, counted from the start of its piece. */
export interface Place {
  readonly piece: Piece;
  readonly start: number;
  readonly end: number;
}

/** A range in UTF-16 code units, counted from the start of its file. */
export interface Span {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
}
