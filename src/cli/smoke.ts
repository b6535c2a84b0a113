import { availableParallelism } from 'node:os';
import { MeetError } from '../core/errors.ts';
import { INTERRUPTED_EXIT_CODE } from '../smoke/phase.ts';
import { reportRepetition, runLine, type TimedReport } from '../smoke/report/repetition.ts';
import type { Command, Context } from './context.ts';
import { EXIT_FAILED, EXIT_OK } from './exit-codes.ts';
import { catchInterruption } from './interruption.ts';
import { readCast, warnOfLoad } from './smoke-cast.ts';
import type { SmokeFlags } from './smoke-flags.ts';
import { type RunSetting, runOnce } from './smoke-once.ts';
import { openOutputs } from './smoke-outputs.ts';
import { findTarget } from './smoke-page.ts';
import { paintOf } from './smoke-printer.ts';
import { openReportDesk, type ReportDesk } from './smoke-report.ts';
import { planScenarios, printScenarioList } from './smoke-scenarios.ts';

/** `meet smoke`: two people in real browsers, once or many times; the exit code names the phase that failed first. */
export const smoke: Command<SmokeFlags> = async (context, given) => {
  if (printScenarioList(context, given)) return EXIT_OK;
  const { flags, page } = await findTarget(context, given);
  checkFlags(flags);
  warnOfLoad(context, readCast(flags), availableParallelism());
  const plan = planScenarios(flags);
  const outputs = await openOutputs(context, flags);
  const desk = await openReportDesk(context, flags);
  const interruption = catchInterruption(INTERRUPTED_EXIT_CODE);
  try {
    const runs = await runAll(context, flags, { plan, page, outputs, desk, signal: interruption.signal });
    const written = await desk.finish(runs);
    const told = (flags.keep || (await outputs.publish(runs))) && written;
    return reportRepetition(runs).exitCode || (told ? EXIT_OK : EXIT_FAILED);
  } finally {
    interruption.release();
  }
};

function checkFlags({ keep, repeat = 1 }: SmokeFlags): void {
  if (keep && repeat > 1)
    throw new MeetError('BAD_REQUEST', '--keep is for a look at one run; leave out --repeat.');
}

/** Stops with the run that was interrupted; never runs one again. */
async function runAll(
  context: Context,
  flags: SmokeFlags,
  setting: RunSetting & { readonly desk: ReportDesk },
): Promise<TimedReport[]> {
  const { repeat = 1 } = flags;
  const runs: TimedReport[] = [];
  while (runs.length < repeat && !setting.signal.aborted) {
    const watchers = await setting.desk.watchersFor(runs.length + 1);
    const run = await runOnce(context, flags, { ...setting, watchers });
    runs.push(run);
    if (repeat > 1) context.notes.line(runLine(runs.length, repeat, run, paintOf(context.notes)));
  }
  const last = runs.at(-1);
  if (last && runs.length < repeat) runs[runs.length - 1] = { ...last, thenInterrupted: true };
  return runs;
}
