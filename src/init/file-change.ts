import { createTwoFilesPatch } from 'diff';

/** What is to become of one file; worked out from what is there, and written later or not at all. */
export interface FileChange {
  /** Relative to the project, with slashes. */
  readonly path: string;
  /** Null: there is no such file yet. */
  readonly before: string | null;
  readonly after: string;
}

/** What `meet init` has to say about a project. */
export interface InitPlan {
  readonly changes: readonly FileChange[];
  /** Files that are there, with other words than ours: somebody changed them, so they are left as they are. */
  readonly kept: readonly string[];
  /** What is left to people, a line each. */
  readonly steps: readonly string[];
}

/** A unified diff, as `git apply` takes it; empty for what stays the same. */
export function diffOf({ path, before, after }: FileChange): string {
  if (before === after) return '';
  const from = before === null ? '/dev/null' : `a/${path}`;
  return createTwoFilesPatch(from, `b/${path}`, before ?? '', after, undefined, undefined, {
    context: 2,
    headerOptions: { includeIndex: false, includeUnderline: false, includeFileHeaders: true },
  });
}
