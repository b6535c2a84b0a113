import type { Finding } from '../lint/finding.ts';
import { alignColumns } from './align-columns.ts';
import type { Paint } from './paint.ts';

/** Broken rules, two lines each: rule, severity and who; then what was seen, and what to do. */
export function findingLines(findings: readonly Finding[], paint: Paint): string[] {
  const heads = alignColumns(
    findings.map(({ ruleId, severity, person }) => [ruleId, severity, person ?? '']),
  );
  return findings.flatMap(({ severity, message }, index) => {
    const head = heads[index] ?? '';
    return [severity === 'error' ? paint.bad(head) : head, `  ${message}`];
  });
}
