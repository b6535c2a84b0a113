import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult } from '../check/check-project.ts';
import { diffOf, mend } from '../check/fixes.ts';
import type { Project } from '../check/project/project.ts';
import { MeetError } from '../core/errors.ts';
import type { Context, Output } from './context.ts';
import { printDiff } from './diff-lines.ts';

interface Looked {
  readonly project: Project;
  readonly result: CheckResult;
}

interface ToFix extends Looked {
  readonly folder: string;
  /** Says what is wrong with the project once some of it is mended. */
  judge(project: Project): CheckResult;
  /** Only the diff, and nothing written. */
  readonly dryRun: boolean;
}

/** Shows what the safe fixes change, then writes it; gives what is left to tell. */
export function fix({ out, notes }: Context, { folder, judge, dryRun, project, result }: ToFix): Looked {
  const isOurs = createOwnership(folder, project, notes);
  const careful = (each: CheckResult) => leaveAlone(each, isOurs);
  const mended = mend(project, careful(result), each => careful(judge(each)));
  for (const file of mended.files) printDiff(diffOf(file), out);
  const where = mended.files.length === 1 ? 'one file' : `${mended.files.length} files`;
  notes.line(`${mended.count} ${dryRun ? 'would be mended' : 'mended'}, in ${where}`);
  if (dryRun) return { project, result };
  for (const file of mended.files) write(join(folder, file.file), file.after);
  return mended;
}

/** Whether a file has the very bytes that were looked at. A text in another encoding would be lost in writing. */
function createOwnership(folder: string, { files }: Project, notes: Output): (file: string) => boolean {
  const known = new Map<string, boolean>();
  return file => {
    let same = known.get(file);
    if (same !== undefined) return same;
    same = readFileSync(join(folder, file)).equals(Buffer.from(files.get(file)?.text ?? ''));
    if (!same) notes.line(`${file} is no UTF-8: it is left as it is`);
    known.set(file, same);
    return same;
  };
}

function leaveAlone(result: CheckResult, isOurs: (file: string) => boolean): CheckResult {
  const findings = result.findings.map(({ fix: edits, ...finding }) =>
    edits?.every(({ file }) => isOurs(file)) ? { ...finding, fix: edits } : finding,
  );
  return { ...result, findings };
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new MeetError('BAD_REQUEST', `${path} cannot be written; let it be, or look with --dry-run.`, {
      cause: error,
    });
  }
}
