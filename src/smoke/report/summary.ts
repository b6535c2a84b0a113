import { INTERRUPTED_EXIT_CODE, type PhaseName } from '../phase.ts';
import { alignColumns } from './align-columns.ts';
import { causeOf } from './cases.ts';
import { findingLines } from './finding-lines.ts';
import type { Paint } from './paint.ts';
import { oneLine } from './plain-text.ts';
import { duration } from './progress-lines.ts';
import type { SmokeReport } from './report.ts';
import { countOutcomes, scenarioTable } from './scenario-lines.ts';

/** The result of one run as a short table; what the run did not come to is left out. */
export function summarize(report: SmokeReport, totalMs: number, paint: Paint): string {
  const { scenarios = [] } = report;
  const blocks = [
    mediaTable(report, paint),
    remarks(report),
    scenarioTable(scenarios, paint),
    findingLines(report.lint, paint),
    verdict(report, totalMs, paint),
  ];
  return `${blocks
    .filter(block => block.length > 0)
    .map(block => block.map(line => `  ${line}`).join('\n'))
    .join('\n\n')}`;
}

function mediaTable(report: SmokeReport, paint: Paint): string[] {
  const others = countMet(report) - 1;
  const list = (names: readonly string[]) =>
    names.length === others && others > 3 ? `all ${others} others` : names.join(', ') || 'nobody';
  const rows = Object.entries(report.media).map(([name, { sees, hears, framesDecoded, refused }]) => [
    name,
    refused === undefined ? list(sees) : 'denied',
    refused === undefined ? list(hears) : 'denied',
    String(framesDecoded),
  ]);
  if (rows.length === 0) return [];
  const [head = '', ...body] = alignColumns([['', 'sees', 'hears', 'frames'], ...rows]);
  return [paint.dim(head), ...body];
}

function remarks({ leave, cleanup, sdk, browser, backend }: SmokeReport): string[] {
  const seen = [
    leave.gracefulMs === null ? '' : `${leave.gracefulMs} ms after leaving`,
    leave.closedMs === null ? '' : `${leave.closedMs} ms after closing the tab`,
  ];
  const { openConnections, liveTracks } = cleanup;
  const left = openConnections === null ? '' : `${openConnections} connections, ${liveTracks} tracks`;
  const setting =
    backend === 'emulator' ? 'the local stand-in: no account, no internet' : "CometChat's cloud";
  const rows = [
    ['gone for the other', seen.filter(Boolean).join(', ')],
    ['left behind', left],
    ['sdk', sdk ? `${sdk.name} ${sdk.version}` : ''],
    ['browser', browser ?? ''],
    ['behind the page', setting],
  ];
  return alignColumns(rows.filter(([, value]) => value));
}

function verdict(report: SmokeReport, totalMs: number, paint: Paint): string[] {
  const time = duration(totalMs);
  const { scenarios = [] } = report;
  const tried = scenarios.length > 0 ? `; scenarios: ${countOutcomes(scenarios)}` : '';
  const met = countMet(report);
  if (report.ok)
    return [
      `${paint.good(paint.bold('passed'))} in ${time}: ${met > 2 ? met : 'two'} people met, parted and met again${tried}`,
    ];
  const failed = causeOf(report);
  const where = failed ? ` in ${paint.bold(failed.name)}` : '';
  if (report.exitCode === INTERRUPTED_EXIT_CODE) return [`${paint.bad('interrupted')}${where} after ${time}`];
  return [
    `${paint.bad(paint.bold('failed'))}${where} after ${time} (exit code ${report.exitCode})${tried}`,
    ...(failed?.detail ? [oneLine(failed.detail)] : []),
    ...(IN_A_PAGE.has(failed?.name) ? [paint.dim('look at it: the same with --headed --keep')] : []),
  ];
}

/** Whoever was denied her devices met nobody. */
function countMet({ media }: SmokeReport): number {
  return Object.values(media).filter(({ refused }) => refused === undefined).length;
}

/** Phases in which there is something to see. */
const IN_A_PAGE: ReadonlySet<string | undefined> = new Set([
  'page',
  'join',
  'late',
  'camera',
  'media',
  'leave',
  'rejoin',
  'media again',
  'close',
  'cleanup',
] as const satisfies readonly PhaseName[]);
