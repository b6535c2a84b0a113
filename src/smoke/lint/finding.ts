export type Severity = 'error' | 'warning' | 'info';

/** A rule of `meet check` that a running page breaks, by the same id. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  /** What was seen, and what to do. Never a token's text. */
  readonly message: string;
  /** Whose page; null where it is nobody's in particular. */
  readonly person: string | null;
  /** Milliseconds since the epoch. */
  readonly t: number;
}
