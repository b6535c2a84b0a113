import type { Finding } from '../finding.ts';
import type { Paint } from './text.ts';

/** Wider lines are cut: a terminal's width, less what stands before them. */
const WIDEST = 120;

/** The lines of a finding with one before and one after, its part underlined. */
export function codeFrame(text: string, finding: Finding, paint: Paint): string[] {
  const { line, column, endLine, endColumn } = finding;
  const lines = text.split(/\r?\n/);
  const last = Math.min(endLine, line + 2);
  const from = Math.max(1, line - 1);
  const shown = lines.slice(from - 1, last + 1);
  const width = String(from + shown.length - 1).length;
  return shown.flatMap((content, index) => {
    const at = from + index;
    const marked = at >= line && at <= last;
    const code = content.replace(/\t/g, ' ').slice(0, WIDEST);
    const row = `${paint(marked ? 'red' : 'dim', marked ? '>' : ' ')} ${paint('dim', `${String(at).padStart(width)} |`)} ${code}`;
    if (at !== line) return [row];
    const end = endLine === line ? endColumn : code.length + 1;
    const carets = '^'.repeat(Math.max(1, Math.min(end, WIDEST + 1) - column));
    return [
      row,
      `  ${' '.repeat(width)} ${paint('dim', '|')} ${' '.repeat(column - 1)}${paint('red', carets)}`,
    ];
  });
}
