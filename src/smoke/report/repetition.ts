import { alignColumns } from './align-columns.ts';
import { type Distribution, distribute } from './distribution.ts';
import { firstFailure } from './first-failure.ts';
import type { Paint } from './paint.ts';
import { duration } from './progress-lines.ts';
import type { SmokeReport } from './report.ts';
import { type Tally, tallyScenarios } from './scenario-tally.ts';

/** One of many runs, with its whole time in milliseconds. */
export interface TimedReport {
  readonly report: SmokeReport;
  readonly totalMs: number;
}

/** What `meet smoke --repeat N --json` prints. Nothing is tried again: a run that failed has failed. */
export interface RepetitionReport {
  readonly ok: boolean;
  /** Of the first failure; 0 when there was none. */
  readonly exitCode: number;
  readonly runs: number;
  readonly passed: number;
  readonly totalMs: Distribution;
  readonly firstFailure: { readonly run: number; readonly report: SmokeReport } | null;
  /** What was tried after the meetings; left out where nothing was asked for. */
  readonly scenarios?: Readonly<Record<string, Tally>>;
  /** As in the reports of the runs. */
  readonly notice?: string;
}

export function reportRepetition(runs: readonly TimedReport[]): RepetitionReport {
  const passed = runs.filter(({ report }) => report.ok).length;
  const index = runs.findIndex(({ report }) => !report.ok);
  const failed = runs[index]?.report;
  const notice = runs.find(({ report }) => report.notice)?.report.notice;
  const verdicts = runs.flatMap(({ report }) => report.scenarios ?? []);
  return {
    ok: passed === runs.length,
    exitCode: failed?.exitCode ?? 0,
    runs: runs.length,
    passed,
    totalMs: distribute(runs.map(({ totalMs }) => Math.round(totalMs))),
    firstFailure: failed ? { run: index + 1, report: failed } : null,
    ...(verdicts.length > 0 && { scenarios: tallyScenarios(verdicts) }),
    ...(notice && { notice }),
  };
}

/** One line for one of many runs. */
export function runLine(
  index: number,
  count: number,
  { report, totalMs }: TimedReport,
  paint: Paint,
): string {
  const place = `${String(index).padStart(String(count).length)}/${count}`;
  const failed = firstFailure(report);
  const words = report.ok
    ? ''
    : `  ${failed?.name ?? ''}: ${failed?.detail ?? ''} (exit code ${report.exitCode})`;
  return `  ${report.ok ? paint.good('✓') : paint.bad('✗')} ${place}  ${duration(totalMs).padStart(7)}${words}`;
}

/** Pass rate, times of the phases and of the whole, and the first failure. */
export function summarizeRepetition(runs: readonly TimedReport[], paint: Paint): string {
  const { ok, passed, firstFailure } = reportRepetition(runs);
  const rate = `${passed} of ${runs.length} passed (${Math.floor((passed / runs.length) * 100)} %)`;
  const [head = '', ...body] = alignColumns([['ms', 'min', 'median', 'p90', 'max'], ...timeRows(runs)]);
  const lines = [
    ...[paint.dim(head), ...body],
    '',
    ok ? paint.good(paint.bold(rate)) : paint.bad(paint.bold(rate)),
    ...(firstFailure ? [firstFailureLine(firstFailure)] : []),
  ];
  return `${lines.map(line => `  ${line}`.trimEnd()).join('\n')}`;
}

function firstFailureLine({ run, report }: { run: number; report: SmokeReport }): string {
  const failed = firstFailure(report);
  return `first failure: run ${run}, ${failed?.name ?? 'unknown'}: ${failed?.detail ?? 'no detail'}`;
}

function timeRows(runs: readonly TimedReport[]): string[][] {
  const phases = runs.flatMap(({ report: { phases, scenarios = [] } }) =>
    [...phases, ...scenarios.filter(({ skipped }) => !skipped)].filter(({ ok }) => ok),
  );
  const names = [...new Set<string>(phases.map(({ name }) => name))];
  return [
    ...names.map(name =>
      row(
        name,
        phases.filter(phase => phase.name === name).map(({ ms }) => ms),
      ),
    ),
    row(
      'whole run',
      runs.map(({ totalMs }) => totalMs),
    ),
  ];
}

function row(name: string, values: readonly number[]): string[] {
  const { min, median, p90, max } = distribute(values);
  return [name, ...[min, median, p90, max].map(value => String(Math.round(value)))];
}
