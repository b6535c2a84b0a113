import { appendFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MeetError } from '../core/errors.ts';
import { toAnnotations } from '../smoke/report/github-annotations.ts';
import { toStepSummary } from '../smoke/report/github-summary.ts';
import { toJunit } from '../smoke/report/junit.ts';
import type { TimedReport } from '../smoke/report/repetition.ts';
import { makeFolder } from '../store/make-folder.ts';
import type { Context } from './context.ts';
import type { SmokeFlags } from './smoke-flags.ts';
import { printResult } from './smoke-printer.ts';

/** Where the result of `meet smoke` goes, besides the exit code. */
export interface SmokeOutputs {
  /** Tells it everywhere; false when a place did not take it, which standard error says. */
  publish(runs: readonly TimedReport[]): Promise<boolean>;
}

/** Looks at every place before anything runs: throws BAD_REQUEST for one that takes no result. */
export async function openOutputs(context: Context, flags: SmokeFlags): Promise<SmokeOutputs> {
  const { json, tap, junit } = flags;
  if (json && tap)
    throw new MeetError(
      'BAD_REQUEST',
      '--json and --tap both want standard output; leave one out, or use --junit.',
    );
  // Emptied: what an earlier run left there must not pass for this one's result.
  if (junit) await writeNamed('--junit', junit, '');
  const { GITHUB_ACTIONS, GITHUB_STEP_SUMMARY } = context.io.env;
  const onGitHub = GITHUB_ACTIONS === 'true';
  return {
    async publish(runs) {
      printResult(context, flags, runs);
      // The runner reads both streams; standard output may be JSON or TAP.
      if (onGitHub) for (const line of toAnnotations(runs)) context.notes.line(line);
      const written = await Promise.all([
        !junit || attempt(context, () => writeNamed('--junit', junit, toJunit(runs))),
        !onGitHub ||
          !GITHUB_STEP_SUMMARY ||
          attempt(context, () => appendFile(GITHUB_STEP_SUMMARY, toStepSummary(runs))),
      ]);
      return written.every(Boolean);
    },
  };
}

/** Writes a file that a flag names, and its folder. */
async function writeNamed(flag: string, file: string, text: string): Promise<void> {
  try {
    makeFolder(dirname(file));
    await writeFile(file, text);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new MeetError(
      'BAD_REQUEST',
      `${flag} ${file} cannot be written (${code}); name a file that can be.`,
      { cause },
    );
  }
}

/** The result of the run is there already, and is not lost for one place that does not take it. */
async function attempt({ notes }: Context, write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    notes.line(`${notes.style('red', 'error:')} ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}
