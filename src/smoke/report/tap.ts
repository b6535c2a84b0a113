import { type Case, casesOf } from './cases.ts';
import { oneLine } from './plain-text.ts';
import { type TimedReport, wasCut } from './repetition.ts';

/** TAP 14 (https://testanything.org/tap-version-14-specification.html): a test per case, or a subtest per run of many. */
export function toTap(runs: readonly TimedReport[]): string {
  const [first] = runs;
  const body = runs.length === 1 && first ? testsOf(first) : plan(runs.map(subtest));
  return ['TAP version 14', ...body, ...(wasCut(runs) ? ['Bail out! interrupted'] : [])].join('\n');
}

function testsOf({ report }: TimedReport): string[] {
  return plan(casesOf(report).map(testPoint));
}

function plan(tests: readonly (readonly string[])[]): string[] {
  return [`1..${tests.length}`, ...tests.flat()];
}

function subtest(run: TimedReport, index: number): string[] {
  const { report, totalMs } = run;
  const number = index + 1;
  return [
    `# Subtest: run ${number}`,
    ...testsOf(run).map(line => `    ${line}`),
    `${report.ok ? 'ok' : 'not ok'} ${number} - run ${number} # time=${Math.round(totalMs)}ms`,
  ];
}

function testPoint({ kind, name, outcome, ms, detail, exitCode }: Case, index: number): string[] {
  const title = `${index + 1} - ${escapeTap(kind === 'phase' ? name : `${kind} ${name}`)}`;
  if (outcome === 'skipped') return [`ok ${title} # SKIP ${escapeTap(detail)}`];
  if (outcome === 'passed') return [`ok ${title} # time=${ms}ms`];
  // JSON's strings are YAML's.
  const message = JSON.stringify(oneLine(detail));
  return [
    `not ok ${title}`,
    '  ---',
    `  message: ${message}`,
    `  exitCode: ${exitCode}`,
    `  ms: ${ms}`,
    '  ...',
  ];
}

function escapeTap(text: string): string {
  return oneLine(text).replace(/[\\#]/g, '\\$&');
}
