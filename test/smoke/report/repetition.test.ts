import { describe, expect, it } from 'vitest';
import {
  distribute,
  reportRepetition,
  runLine,
  summarizeRepetition,
} from '../../../src/smoke/report/repetition.ts';
import { failedReport, passedReport, plain } from './reports.ts';

const passed = { report: passedReport(), totalMs: 4000 };
const failed = { report: failedReport(), totalMs: 12_000 };

describe('distribute', () => {
  it.each([
    [[5], { min: 5, median: 5, p90: 5, max: 5 }],
    [[3, 1, 2], { min: 1, median: 2, p90: 3, max: 3 }],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], { min: 1, median: 5, p90: 9, max: 10 }],
  ])('takes nearest ranks of %j', (values, distribution) => {
    expect(distribute(values)).toEqual(distribution);
  });

  it('refuses nothing', () => {
    expect(() => distribute([])).toThrow(RangeError);
  });
});

describe('reportRepetition', () => {
  it('passes when all runs passed', () => {
    expect(reportRepetition([passed, passed])).toMatchObject({
      ok: true,
      exitCode: 0,
      runs: 2,
      passed: 2,
      firstFailure: null,
    });
  });

  it('takes exit code and cause from the first failure', () => {
    const report = reportRepetition([passed, failed, passed]);
    expect(report).toMatchObject({ ok: false, exitCode: 17, runs: 3, passed: 2, firstFailure: { run: 2 } });
    expect(report.totalMs).toEqual({ min: 4000, median: 4000, p90: 12_000, max: 12_000 });
  });
});

describe('runLine', () => {
  it.each([
    [passed, '  ✓  3/50    4.0 s'],
    [failed, "  ✗  3/50   12.0 s  camera: bob's camera never started (exit code 17)"],
  ])('tells one run of many', (run, line) => {
    expect(runLine(3, 50, run, plain)).toBe(line);
  });
});

describe('summarizeRepetition', () => {
  it('tells the rate, the times and the first failure', () => {
    expect(summarizeRepetition([passed, failed], plain)).toMatchInlineSnapshot(`
      "  ms         min   median  p90    max
        browser    412   412     500    500
        media      300   300     300    300
        whole run  4000  4000    12000  12000

        1 of 2 passed (50 %)
        first failure: run 2, camera: bob's camera never started"
    `);
  });
});
