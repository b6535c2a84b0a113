import { type Case, casesOf, causeOf } from './cases.ts';
import { escapeMarkdown, markdownTable } from './markdown.ts';
import { duration } from './progress-lines.ts';
import { reportRepetition, type TimedReport } from './repetition.ts';
import type { SmokeReport } from './report.ts';

/** Markdown for the summary of a step on GitHub; of many runs all, and the first that failed in full. */
export function toStepSummary(runs: readonly TimedReport[]): string {
  const { firstFailure } = reportRepetition(runs);
  const shown = firstFailure?.report ?? runs[0]?.report;
  const parts = [
    ...(runs.length > 1 ? manyRuns(runs) : []),
    ...(shown ? oneRun(shown, runs[0]?.totalMs ?? 0, runs.length > 1) : []),
  ];
  return `${parts.filter(Boolean).join('\n\n')}\n\n`;
}

function manyRuns(runs: readonly TimedReport[]): string[] {
  const { ok, passed, runs: ended } = reportRepetition(runs);
  const rows = runs.map(({ report, totalMs }, index) => {
    const cause = causeOf(report);
    const words = cause ? `${cause.name}: ${cause.detail} (exit code ${report.exitCode})` : '';
    return [String(index + 1), report.ok ? '✅' : '❌', duration(totalMs), words];
  });
  return [
    `## ${ok ? '✅' : '❌'} meet smoke: ${passed} of ${ended} runs passed`,
    folded('All runs', markdownTable(['run', '', 'time', ''], rows)),
  ];
}

function oneRun(report: SmokeReport, totalMs: number, ofMany: boolean): string[] {
  const { lint, notice } = report;
  const cause = causeOf(report);
  const cases = casesOf(report);
  return [
    ofMany ? (cause ? '### The first failure' : '### The first run') : headline(report, totalMs),
    cause ? `**${escapeMarkdown(cause.name)}**: ${escapeMarkdown(cause.detail)}` : '',
    peopleTable(report),
    casesTable(
      'Phase by phase',
      cases.filter(({ kind }) => kind === 'phase'),
    ),
    casesTable(
      'Scenarios',
      cases.filter(({ kind }) => kind === 'scenario'),
    ),
    lint.length > 0 ? '**Findings**' : '',
    markdownTable(
      ['', 'rule', 'person', ''],
      lint.map(({ severity, ruleId, person, message }) => [severity, ruleId, person ?? '', message]),
    ),
    escapeMarkdown(settingOf(report)),
    notice ? escapeMarkdown(notice) : '',
  ];
}

function headline(report: SmokeReport, totalMs: number): string {
  const time = duration(totalMs);
  if (report.ok) return `## ✅ meet smoke passed in ${time}`;
  return `## ❌ meet smoke failed after ${time} (exit code ${report.exitCode})`;
}

function peopleTable({ media }: SmokeReport): string {
  const rows = Object.entries(media).map(([name, { sees, hears, framesDecoded }]) => [
    name,
    sees.join(', ') || 'nobody',
    hears.join(', ') || 'nobody',
    String(framesDecoded),
  ]);
  return markdownTable(['', 'sees', 'hears', 'frames'], rows);
}

const MARKS: Readonly<Record<Case['outcome'], string>> = { passed: '✅', failed: '❌', skipped: 'skipped' };

/** Folded where nothing in it has failed. */
function casesTable(title: string, cases: readonly Case[]): string {
  if (cases.length === 0) return '';
  const rows = cases.map(({ name, outcome, ms, detail }) => [MARKS[outcome], name, duration(ms), detail]);
  const failed = cases.some(({ outcome }) => outcome === 'failed');
  return folded(title, markdownTable(['', 'name', 'time', ''], rows), failed);
}

/** `content` is Markdown; GitHub wants empty lines around it. */
function folded(title: string, content: string, open = false): string {
  return `<details${open ? ' open' : ''}><summary>${title}</summary>\n\n${content}\n\n</details>`;
}

function settingOf({ sdk, browser, backend }: SmokeReport): string {
  const behind = backend === 'emulator' ? 'the local stand-in' : "CometChat's cloud";
  return [sdk ? `${sdk.name} ${sdk.version}` : '', browser ?? '', behind].filter(Boolean).join(', ');
}
