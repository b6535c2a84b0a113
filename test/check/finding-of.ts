import type { Finding } from '../../src/check/finding.ts';

/** A finding on the first line of `src/a.ts`, but for what matters. */
export function findingOf(more: Partial<Finding> = {}): Finding {
  return {
    ...{ ruleId: 'web/token-logged', severity: 'error', message: 'the call token is logged' },
    ...{ file: 'src/a.ts', line: 1, column: 5, endLine: 1, endColumn: 9, start: 4, end: 8 },
    ...more,
  };
}
