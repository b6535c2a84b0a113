import type { CheckResult } from '../check-project.ts';

/** What `--json` prints: positions count from 1, and code is left out. */
export function resultAsJson({ findings, notes, summary }: CheckResult): object {
  return {
    findings: findings.map(({ ruleId, severity, file, line, column, endLine, endColumn, message, fix }) => ({
      ruleId,
      severity,
      file,
      line,
      column,
      endLine,
      endColumn,
      message,
      fixable: fix !== undefined,
    })),
    notes,
    summary,
  };
}
