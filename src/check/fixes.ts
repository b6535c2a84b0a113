import { createTwoFilesPatch } from 'diff';
import type { CheckResult } from './check-project.ts';
import type { Finding } from './finding.ts';
import { type Project, withTexts } from './project/project.ts';
import type { Edit } from './rule.ts';

export interface FixedFile {
  /** Relative to the project. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

export interface Mended {
  /** What became of the files, all fixes together. */
  readonly files: readonly FixedFile[];
  /** How many findings they were for. */
  readonly count: number;
  readonly project: Project;
  /** What is left. */
  readonly result: CheckResult;
}

interface Fixes {
  readonly files: readonly FixedFile[];
  /** Findings that are mended by them. */
  readonly mended: readonly Finding[];
  /** Findings whose fix touches another's: they are for the next run. */
  readonly postponed: readonly Finding[];
}

/** More rounds than fixes can touch each other. */
const ROUNDS = 10;

/**
 * Makes all safe fixes, in memory. Those whose parts touch come one after the other, with a new look in between, so that a
 * second run finds nothing more to mend.
 */
export function mend(before: Project, first: CheckResult, look: (project: Project) => CheckResult): Mended {
  let [project, result, count] = [before, first, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const { files, mended } = planFixes(result.findings, file => textIn(project, file));
    if (files.length === 0) break;
    project = withTexts(project, new Map(files.map(({ file, after }) => [file, after])));
    result = look(project);
    count += mended.length;
  }
  return { files: changesBetween(before, project), count, project, result };
}

function textIn({ files }: Project, file: string): string {
  return files.get(file)?.text ?? '';
}

function changesBetween(before: Project, after: Project): FixedFile[] {
  return [...before.files.values()].flatMap(({ path, text }) => {
    const now = textIn(after, path);
    return now === text ? [] : [{ file: path, before: text, after: now }];
  });
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
