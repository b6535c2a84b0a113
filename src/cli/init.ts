import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { MeetError } from '../core/errors.ts';
import { diffOf, type InitPlan } from '../init/file-change.ts';
import { writeChanges } from '../init/tree.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { Context } from './context.ts';
import { printDiff } from './diff-lines.ts';
import { EXIT_OK } from './exit-codes.ts';

/** What all `meet init …` take. */
export interface InitFlags {
  readonly path?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** The folder to write into: an existing one. Throws `BAD_REQUEST`. */
export function findProject(path = '.'): string {
  const root = resolve(path);
  if (!existsSync(root))
    throw new MeetError('BAD_REQUEST', `There is no ${root}; name your project's folder.`);
  if (!statSync(root).isDirectory())
    throw new MeetError('BAD_REQUEST', `${root} is a file; name your project's folder.`);
  return root;
}

/** Shows what a plan changes, then writes it, then says what is left to do. */
export function carryOut(context: Context, root: string, plan: InitPlan, flags: InitFlags): number {
  if (!flags.json) for (const change of plan.changes) printDiff(diffOf(change), context.out);
  if (!flags.dryRun) writeChanges(root, plan.changes, makeFolder);
  if (flags.json) context.out.line(JSON.stringify(describePlan(plan, flags)));
  else notePlan(context, plan, flags);
  return EXIT_OK;
}

function describePlan({ changes, kept, steps }: InitPlan, { dryRun = false }: InitFlags) {
  const files = changes.map(({ path, before }) => ({ path, is: before === null ? 'new' : 'changed' }));
  return { written: !dryRun && files.length > 0, files, kept, steps };
}

function notePlan({ notes }: Context, { changes, kept, steps }: InitPlan, { dryRun }: InitFlags): void {
  const count = changes.length === 1 ? 'one file' : `${changes.length} files`;
  if (changes.length === 0) notes.line('nothing to write: all of it is there');
  else notes.line(dryRun ? `${count} would be written; leave out --dry-run to do it` : `${count} written`);
  for (const path of kept) notes.line(`kept ${path}, which was changed by hand; --force writes it anew`);
  if (dryRun || steps.length === 0) return;
  notes.line();
  notes.line(notes.style('bold', 'Next:'));
  for (const step of steps) notes.line(`  ${step}`);
}
