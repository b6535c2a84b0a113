import { createTwoFilesPatch } from 'diff';
import type { Finding } from './finding.ts';
import type { Edit } from './rule.ts';

export interface FixedFile {
  /** Relative to the project. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface Fixes {
  readonly files: readonly FixedFile[];
  /** Findings that are mended by them. */
  readonly mended: readonly Finding[];
  /** Findings whose fix touches another's: they are for the next run. */
  readonly postponed: readonly Finding[];
}

/** Works out what the safe fixes of findings make of their files. A finding's edits are made all, or none. */
export function planFixes(findings: readonly Finding[], textOf: (file: string) => string): Fixes {
  const taken: Edit[] = [];
  const mended: Finding[] = [];
  const postponed: Finding[] = [];
  for (const finding of findings) {
    if (!finding.fix) continue;
    if (finding.fix.some(edit => taken.some(other => overlap(edit, other)))) postponed.push(finding);
    else {
      mended.push(finding);
      taken.push(...finding.fix);
    }
  }
  const files = [...new Set(taken.map(({ file }) => file))].sort();
  return {
    files: files.map(file => {
      const before = textOf(file);
      return {
        file,
        before,
        after: apply(
          before,
          taken.filter(edit => edit.file === file),
        ),
      };
    }),
    mended,
    postponed,
  };
}

/** Two insertions at one place would come in an order that nobody chose. */
function overlap(a: Edit, b: Edit): boolean {
  return a.file === b.file && a.start <= b.end && b.start <= a.end;
}

function apply(text: string, edits: readonly Edit[]): string {
  const lastFirst = [...edits].sort((a, b) => b.start - a.start);
  return lastFirst.reduce(
    (rest, { start, end, text: put }) => rest.slice(0, start) + put + rest.slice(end),
    text,
  );
}

/** A unified diff, as `git apply` takes it. */
export function diffOf({ file, before, after }: FixedFile): string {
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    context: 2,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}
