import { type Case, casesOf } from './cases.ts';
import type { TimedReport } from './repetition.ts';
import { element, escapeXml } from './xml.ts';

/**
 * JUnit XML of one run or many, a suite each, as Jenkins, GitLab and others read it. There is no standard: what the two
 * schemas in use require (Jenkins' junit-10.xsd and the Ant task's) is all there.
 */
export function toJunit(runs: readonly TimedReport[]): string {
  const all = runs.flatMap(({ report }) => casesOf(report));
  const totalMs = runs.reduce((sum, run) => sum + run.totalMs, 0);
  const suites = runs.map((run, index) => suite(run, index, runs.length));
  const attributes = { name: 'meet smoke', ...counts(all), time: seconds(totalMs) };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}\n`;
}

function suite(run: TimedReport, index: number, count: number): string {
  const { report, startedAt, totalMs } = run;
  const cases = casesOf(report);
  const attributes = {
    name: count > 1 ? `meet smoke, run ${index + 1}` : 'meet smoke',
    package: 'meet',
    id: String(index),
    ...counts(cases),
    time: seconds(totalMs),
    // In UTC, without fraction and zone, as the schemas have it.
    timestamp: new Date(startedAt).toISOString().slice(0, 19),
    hostname: 'localhost',
  };
  return element('testsuite', attributes, [
    element('properties', {}, properties(run)),
    ...cases.map(testCase),
    element('system-out', {}, [escapeXml(remarks(run))]),
    element('system-err', {}, []),
  ]);
}

function counts(cases: readonly Case[]): Record<string, string> {
  const count = (outcome: Case['outcome']) => String(cases.filter(each => each.outcome === outcome).length);
  return { tests: String(cases.length), failures: count('failed'), errors: '0', skipped: count('skipped') };
}

function properties({ report }: TimedReport): string[] {
  const { backend, browser, sdk, exitCode } = report;
  const values = {
    backend,
    browser,
    sdk: sdk && `${sdk.name} ${sdk.version}`,
    exitCode: String(exitCode),
  };
  return Object.entries(values).map(([name, value]) =>
    element('property', { name, value: value ?? 'unknown' }),
  );
}

function testCase({ kind, name, outcome, ms, detail, exitCode }: Case): string {
  const attributes = { name, classname: `meet.smoke.${kind}`, time: seconds(ms) };
  if (outcome === 'passed') return element('testcase', attributes);
  if (outcome === 'skipped')
    return element('testcase', attributes, [element('skipped', { message: detail })]);
  const words = `${detail} (exit code ${exitCode})`;
  return element('testcase', attributes, [
    element('failure', { message: words, type: kind }, [escapeXml(words)]),
  ]);
}

/** What is no failure, but said. */
function remarks({ report }: TimedReport): string {
  const { lint, notice } = report;
  const mild = lint.filter(({ severity }) => severity !== 'error');
  const lines = mild.map(
    ({ severity, ruleId, person, message }) => `${severity} ${ruleId} ${person ?? ''}: ${message}`,
  );
  return [...lines, ...(notice ? [notice] : [])].join('\n');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
