import { WriteStream } from 'node:tty';
import { createPaint, type Paint } from '../smoke/report/paint.ts';
import { createProgress, type Progress } from '../smoke/report/progress.ts';
import { reportRepetition, summarizeRepetition, type TimedReport } from '../smoke/report/repetition.ts';
import { summarize } from '../smoke/report/summary.ts';
import type { Scenario } from '../smoke/scenarios/scenario.ts';
import type { Context } from './context.ts';
import type { SmokeFlags } from './smoke-flags.ts';

/** What follows a run on the screen; silent where a run is one of many, or where nobody looks. */
export function createRunProgress(
  { io, notes }: Context,
  { json, repeat = 1 }: SmokeFlags,
  scenarios: readonly Scenario[],
): Progress {
  const { stderr, env } = io;
  const terminal = stderr instanceof WriteStream && env.TERM !== 'dumb' ? stderr : undefined;
  if (repeat > 1 || (json && !terminal)) return SILENT;
  const screen = { write: (text: string) => void stderr.write(text), size: terminal, paint: paintOf(notes) };
  return createProgress(
    screen,
    scenarios.map(({ name }) => name),
  );
}

const SILENT: Progress = {
  onStart() {},
  onEnd() {},
  onScenarioStart() {},
  onScenarioEnd() {},
  stop() {},
};

/** The result: a table or JSON, of one run or of many. */
export function printResult(
  { out, notes }: Context,
  { json, repeat = 1 }: SmokeFlags,
  runs: readonly TimedReport[],
): void {
  const paint = paintOf(out);
  const [first] = runs;
  const { notice } = reportRepetition(runs);
  if (!json) notes.line();
  if (notice) notes.line(notes.style('yellow', `  ${notice}`));
  if (notice && !json) notes.line();
  if (repeat > 1) out.line(json ? JSON.stringify(reportRepetition(runs)) : summarizeRepetition(runs, paint));
  else if (first)
    out.line(json ? JSON.stringify(first.report) : summarize(first.report, first.totalMs, paint));
}

export function paintOf(output: Context['out']): Paint {
  return createPaint((name, text) => output.style(name, text));
}
