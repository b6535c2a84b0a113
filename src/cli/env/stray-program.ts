import { MeetError } from '../../core/errors.ts';

/** What names a program that `meet` runs. */
export const PROGRAM = 'MEET_BROWSER';

/** The fault of a project's `.env` that names one, if it does: whoever wrote it, as that of a repository that was cloned, would have it run. */
export function checkStrayProgram(program: string | undefined): readonly MeetError[] {
  if (!program) return [];
  const words = `${PROGRAM} stands in the project's .env, which names no programs to run; take it out, and set it in the environment, or give --browser PATH.`;
  return [new MeetError('BAD_CONFIG', words)];
}
