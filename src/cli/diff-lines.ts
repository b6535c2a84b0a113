import type { Output } from './context.ts';

/** Prints a unified diff, in colours where the stream has them; what is printed is what `git apply` takes. */
export function printDiff(diff: string, out: Output): void {
  if (diff) for (const line of diff.replace(/\n$/, '').split('\n')) out.line(paintLine(line, out));
}

function paintLine(line: string, { style }: Output): string {
  if (/^(?:---|\+\+\+) /.test(line)) return style('bold', line);
  if (line.startsWith('@@')) return style('cyan', line);
  if (line.startsWith('+')) return style('green', line);
  return line.startsWith('-') ? style('red', line) : line;
}
