import { WriteStream } from 'node:tty';
import { createPaint, type Paint } from '../smoke/report/paint.ts';
import { createProgress, type Progress } from '../smoke/report/progress.ts';
import { reportRepetition, summarizeRepetition, type TimedReport } from '../smoke/report/repetition.ts';
import { summarize } from '../smoke/report/summary.ts';
import { toTap } from '../smoke/report/tap.ts';
import { wrapLines } from '../smoke/report/wrap-lines.ts';
import type { Scenario } from '../smoke/scenarios/scenario.ts';
import type { Context } from './context.ts';
import type { SmokeFlags } from './smoke-flags.ts';

/** What follows a run on the screen; silent where a run is one of many, or where nobody looks. */
export function createRunProgress(
  { io, notes }: Context,
  flags: SmokeFlags,
  scenarios: readonly Scenario[],
): Progress {
  const { stderr, env } = io;
  const terminal = stderr instanceof WriteStream ? stderr : undefined;
  if ((flags.repeat ?? 1) > 1 || (isForPrograms(flags) && !terminal)) return SILENT;
  const write = (text: string) => void stderr.write(text);
  const screen = { write, size: terminal, plain: env.TERM === 'dumb', paint: paintOf(notes) };
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

/** The result on standard output: a table, JSON or TAP, of one run or of many. */
export function printResult(
  { io, out, notes }: Context,
  flags: SmokeFlags,
  runs: readonly TimedReport[],
): void {
  const { notice } = reportRepetition(runs);
  const spaced = !isForPrograms(flags);
  if (spaced) notes.line();
  if (notice) notes.line(notes.style('yellow', `  ${notice}`));
  if (notice && spaced) notes.line();
  const text = resultText(flags, runs, paintOf(out));
  out.line(spaced ? wrapLines(text, io.stdout.isTTY ? io.stdout.columns : undefined) : text);
}

function resultText(
  { json, tap, repeat = 1 }: SmokeFlags,
  runs: readonly TimedReport[],
  paint: Paint,
): string {
  const [only] = repeat > 1 ? [] : runs;
  if (tap) return toTap(runs);
  if (json) return JSON.stringify(only ? only.report : reportRepetition(runs));
  return only ? summarize(only.report, only.totalMs, paint) : summarizeRepetition(runs, paint);
}

function isForPrograms({ json, tap }: SmokeFlags): boolean {
  return Boolean(json || tap);
}

export function paintOf(output: Context['out']): Paint {
  return createPaint((name, text) => output.style(name, text));
}
