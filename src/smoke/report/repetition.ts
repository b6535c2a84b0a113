import { INTERRUPTED_EXIT_CODE } from '../phase.ts';
import { alignColumns } from './align-columns.ts';
import { causeOf } from './cases.ts';
import { type Distribution, distribute } from './distribution.ts';
import type { Paint } from './paint.ts';
import { oneLine } from './plain-text.ts';
import { duration } from './progress-lines.ts';
import type { SmokeReport } from './report.ts';
import { type Tally, tallyScenarios } from './scenario-tally.ts';

/** One of many runs. */
export interface TimedReport {
  readonly report: SmokeReport;
  /** Its whole time, in milliseconds. */
  readonly totalMs: number;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  /** It came to its end, but nobody wanted those that should have followed. */
  readonly thenInterrupted?: true;
}

/** What `meet smoke --repeat N --json` prints. Nothing is tried again: a run that failed has failed. */
export interface RepetitionReport {
  readonly ok: boolean;
  /** Of the first failure; of the interruption, or 0, when there was none. */
  readonly exitCode: number;
  /** How many came to an end by themselves; one that was interrupted shows nothing. */
  readonly runs: number;
  readonly passed: number;
  /** null where no run came to its end. */
  readonly totalMs: Distribution | null;
  readonly firstFailure: { readonly run: number; readonly report: SmokeReport } | null;
  /** What was tried after the meetings; left out where nothing was asked for. */
  readonly scenarios?: Readonly<Record<string, Tally>>;
  /** Left out where nobody interrupted. */
  readonly interrupted?: true;
  /** As in the reports of the runs. */
  readonly notice?: string;
}

export function reportRepetition(runs: readonly TimedReport[]): RepetitionReport {
  const ended = runs.filter(({ report }) => !wasInterrupted(report));
  const interrupted = wasCut(runs);
  const passed = ended.filter(({ report }) => report.ok).length;
  const index = ended.findIndex(({ report }) => !report.ok);
  const failed = ended[index]?.report;
  const notice = runs.find(({ report }) => report.notice)?.report.notice;
  const verdicts = ended.flatMap(({ report }) => report.scenarios ?? []);
  return {
    ok: passed === runs.length && !interrupted,
    exitCode: failed?.exitCode ?? (interrupted ? INTERRUPTED_EXIT_CODE : 0),
    runs: ended.length,
    passed,
    totalMs: ended.length > 0 ? distribute(ended.map(({ totalMs }) => Math.round(totalMs))) : null,
    firstFailure: failed ? { run: index + 1, report: failed } : null,
    ...(verdicts.length > 0 && { scenarios: tallyScenarios(verdicts) }),
    ...(interrupted && { interrupted }),
    ...(notice && { notice }),
  };
}

/** Whether the last run was interrupted, or what should have followed it. */
export function wasCut(runs: readonly TimedReport[]): boolean {
  return runs.some(({ report, thenInterrupted }) => thenInterrupted || wasInterrupted(report));
}

function wasInterrupted({ exitCode }: SmokeReport): boolean {
  return exitCode === INTERRUPTED_EXIT_CODE;
}

/** What a run failed in, in one line; '' when it passed. */
function causeLine(report: SmokeReport): string {
  const cause = causeOf(report);
  return cause ? `${cause.name}: ${oneLine(cause.detail) || 'no detail'}` : '';
}

/** One line for one of many runs. */
export function runLine(
  index: number,
  count: number,
  { report, totalMs }: TimedReport,
  paint: Paint,
): string {
  const place = `${String(index).padStart(String(count).length)}/${count}`;
  const words = report.ok ? '' : `  ${causeLine(report)} (exit code ${report.exitCode})`;
  return `  ${report.ok ? paint.good('✓') : paint.bad('✗')} ${place}  ${duration(totalMs).padStart(7)}${words}`;
}

/** Pass rate, times of the phases and of the whole, and the first failure. */
export function summarizeRepetition(all: readonly TimedReport[], paint: Paint): string {
  const { ok, runs, passed, firstFailure, interrupted } = reportRepetition(all);
  const ended = all.filter(({ report }) => !wasInterrupted(report));
  const share = runs > 0 ? ` (${Math.floor((passed / runs) * 100)} %)` : '';
  const rate = `${passed} of ${runs} passed${share}${interrupted ? ', then interrupted' : ''}`;
  const lines = [
    ...(runs > 0 ? [...timeTable(ended, paint), ''] : []),
    ok ? paint.good(paint.bold(rate)) : paint.bad(paint.bold(rate)),
    ...(firstFailure ? [`first failure: run ${firstFailure.run}, ${causeLine(firstFailure.report)}`] : []),
  ];
  return `${lines.map(line => `  ${line}`.trimEnd()).join('\n')}`;
}

function timeTable(runs: readonly TimedReport[], paint: Paint): string[] {
  const [head = '', ...body] = alignColumns([['ms', 'min', 'median', 'p90', 'max'], ...timeRows(runs)]);
  return [paint.dim(head), ...body];
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
