import type { Paint } from './paint.ts';
import { duration } from './progress-lines.ts';
import type { SmokeReport } from './report.ts';

/** The result of one run as a short table; what the run did not come to is left out. */
export function summarize(report: SmokeReport, totalMs: number, paint: Paint): string {
  const blocks = [mediaTable(report, paint), remarks(report), verdict(report, totalMs, paint)];
  return `${blocks
    .filter(block => block.length > 0)
    .map(block => block.map(line => `  ${line}`).join('\n'))
    .join('\n\n')}`;
}

function mediaTable({ media }: SmokeReport, paint: Paint): string[] {
  const rows = Object.entries(media).map(([name, { sees, hears, framesDecoded }]) => [
    name,
    sees.join(', ') || 'nobody',
    hears.join(', ') || 'nobody',
    String(framesDecoded),
  ]);
  if (rows.length === 0) return [];
  const [head = '', ...body] = alignColumns([['', 'sees', 'hears', 'frames'], ...rows]);
  return [paint.dim(head), ...body];
}

function remarks({ leave, cleanup }: SmokeReport): string[] {
  const seen = [
    leave.gracefulMs === null ? '' : `${leave.gracefulMs} ms after leaving`,
    leave.closedMs === null ? '' : `${leave.closedMs} ms after closing the tab`,
  ].filter(Boolean);
  const { openConnections, liveTracks } = cleanup;
  return [
    ...(seen.length > 0 ? [`gone for the other   ${seen.join(', ')}`] : []),
    ...(openConnections === null || liveTracks === null
      ? []
      : [`left behind          ${openConnections} connections, ${liveTracks} tracks`]),
  ];
}

function verdict(report: SmokeReport, totalMs: number, paint: Paint): string[] {
  const setting = [
    report.backend === 'emulator' ? 'offline, with the local stand-in' : "with CometChat's cloud",
    report.sdk && `${report.sdk.name} ${report.sdk.version}`,
    report.browser,
  ].filter(Boolean);
  const passed = `${paint.good(paint.bold('passed'))} in ${duration(totalMs)}: two people met, parted and met again`;
  if (report.ok) return [passed, paint.dim(setting.join(' · '))];
  const failed = report.phases.find(({ ok }) => !ok);
  const where = failed ? ` in ${paint.bold(failed.name)}` : '';
  return [
    `${paint.bad(paint.bold('failed'))}${where} after ${duration(totalMs)} (exit code ${report.exitCode})`,
    ...(failed?.detail ? [failed.detail] : []),
    paint.dim(setting.join(' · ')),
  ];
}

/** Columns as wide as their widest cell, two spaces between. */
export function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map(row => row[column]?.length ?? 0)));
  return rows.map(row =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
