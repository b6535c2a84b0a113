import type { Edit, Severity } from './rule.ts';

/** One broken rule at one place. */
export interface Finding {
  readonly ruleId: string;
  readonly severity: Severity;
  /** Relative to the project, with slashes. */
  readonly file: string;
  /** From 1, as editors count. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Characters from the beginning of the file. */
  readonly start: number;
  readonly end: number;
  readonly message: string;
  readonly fix?: readonly Edit[];
}
