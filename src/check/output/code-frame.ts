import type { Finding } from '../finding.ts';
import { LINE_END } from '../positions.ts';
import type { Paint } from './paint.ts';
import { cut, tame } from './wrap.ts';

/** What is left of a long line before the part that it is about. */
const BEFORE = 20;

/** The lines of a finding with one before and one after, its part underlined; none is longer than `width`. */
export function codeFrame(text: string, finding: Finding, paint: Paint, width: number): string[] {
  const { line, endLine } = finding;
  const last = Math.min(endLine, line + 2);
  const from = Math.max(1, line - 1);
  const shown = text.split(LINE_END).slice(from - 1, last + 1);
  const digits = String(from + shown.length - 1).length;
  const room = Math.max(width - digits - 5, 20);
  const skipped = skippedOf(finding, room);
  return shown.flatMap((content, index) => {
    const at = from + index;
    const code = cut(leftOut(tame(withoutMark(content, at)), skipped), room);
    const marked = at >= line && at <= last;
    const row = `${marked ? paint('red', '>') : ' '} ${paint('dim', `${String(at).padStart(digits)} |`)} ${code}`;
    if (at !== line) return [row.trimEnd()];
    return [
      row.trimEnd(),
      `  ${' '.repeat(digits)} ${paint('dim', '|')} ${underline(finding, code, skipped, paint)}`,
    ];
  });
}

/** How much of each line's beginning is left out, so that what is meant can be seen. */
function skippedOf({ line, endLine, column, endColumn }: Finding, room: number): number {
  const end = line === endLine ? endColumn : column + 1;
  return end - 1 <= room ? 0 : Math.max(0, column - 1 - BEFORE);
}

function leftOut(code: string, skipped: number): string {
  return skipped > 0 && code.length > skipped ? `…${code.slice(skipped + 1)}` : code.slice(skipped);
}

/** Columns count the mark of the byte order; nobody sees it. */
function withoutMark(content: string, line: number): string {
  return line === 1 ? content.replace(/^\uFEFF/, ' ') : content;
}

function underline(
  { line, endLine, column, endColumn }: Finding,
  code: string,
  skipped: number,
  paint: Paint,
): string {
  const start = column - 1 - skipped;
  const end = Math.min(endLine === line ? endColumn - 1 - skipped : code.length, code.length);
  return `${' '.repeat(start)}${paint('red', '^'.repeat(Math.max(1, end - start)))}`;
}
