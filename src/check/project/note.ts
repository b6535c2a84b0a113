/** Something about a file that is no finding: it could not be read, or only in part. */
export interface Note {
  /** Relative to the project; `.` for the project itself. */
  readonly file: string;
  readonly message: string;
  /** From 1, where the note is about a line. */
  readonly line?: number;
}
