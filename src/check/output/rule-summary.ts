import type { Finding } from '../finding.ts';
import type { Rule, Severity } from '../rule.ts';
import { COLORS, type Paint } from './paint.ts';
import { cut } from './wrap.ts';

const ORDER: readonly Severity[] = ['error', 'warning', 'info'];

/** A line for each rule that was broken: the worst first, then the most frequent. */
export function summarizeRules(
  findings: readonly Finding[],
  rules: readonly Rule[],
  paint: Paint,
  width: number,
): string[] {
  const rows = countRules(findings);
  const digits = Math.max(...rows.map(({ count }) => String(count).length));
  const words = Math.max(...rows.map(({ severity }) => severity.length));
  const ids = Math.max(...rows.map(({ id }) => id.length));
  return rows.map(({ id, severity, count }) => {
    const title = rules.find(rule => rule.id === id)?.title ?? '';
    const before = `  ${String(count).padStart(digits)}  ${paint(COLORS[severity], severity.padEnd(words))}  ${id.padEnd(ids)}`;
    const room = width - digits - words - ids - 8;
    return room < 15 ? before.trimEnd() : `${before}  ${paint('dim', cut(title, room))}`;
  });
}

function countRules(findings: readonly Finding[]): { id: string; severity: Severity; count: number }[] {
  const keys = [...new Set(findings.map(({ ruleId, severity }) => `${severity} ${ruleId}`))];
  return keys
    .map(key => {
      const [severity, id = ''] = key.split(' ') as [Severity, string];
      const count = findings.filter(each => each.ruleId === id && each.severity === severity).length;
      return { id, severity, count };
    })
    .sort(
      (a, b) =>
        ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity) || b.count - a.count || (a.id < b.id ? -1 : 1),
    );
}
