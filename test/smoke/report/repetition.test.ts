import { describe, expect, it } from 'vitest';
import { distribute } from '../../../src/smoke/report/distribution.ts';
import { reportRepetition, runLine, summarizeRepetition } from '../../../src/smoke/report/repetition.ts';
import { toTap } from '../../../src/smoke/report/tap.ts';
import { verdict } from '../scenarios/stand-ins.ts';
import { failedReport, passedReport, plain } from './reports.ts';

const passed = { report: passedReport(), totalMs: 4000, startedAt: 0 };
const failed = { report: failedReport(), totalMs: 12_000, startedAt: 0 };

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

describe('an interruption between two runs', () => {
  const runs = [passed, { ...passed, thenInterrupted: true as const }];

  it('is no success of the runs that never began', () => {
    expect(reportRepetition(runs)).toMatchObject({
      ok: false,
      exitCode: 130,
      runs: 2,
      passed: 2,
      interrupted: true,
    });
    expect(summarizeRepetition(runs, plain)).toContain('2 of 2 passed (100 %), then interrupted');
    expect(toTap(runs)).toMatch(/\nBail out! interrupted$/);
  });

  it('leaves the exit code to a failure before it', () => {
    expect(reportRepetition([failed, ...runs])).toMatchObject({ ok: false, exitCode: 17 });
  });
});

describe('scenarios of many runs', () => {
  const tried = [
    verdict({ name: 'mute', ms: 300 }),
    verdict({ name: 'fault-loss', ok: false, ms: 900, detail: 'the loss was not felt' }),
    verdict({ name: 'screen-share', skipped: true, ms: 0 }),
  ];
  const run = {
    report: passedReport({ ok: false, exitCode: 22, scenarios: tried }),
    totalMs: 5000,
    startedAt: 0,
  };

  it('are counted by name', () => {
    const none = { held: 0, failed: 0, skipped: 0, ms: null };
    expect(reportRepetition([run, run]).scenarios).toEqual({
      mute: { ...none, held: 2, ms: { min: 300, median: 300, p90: 300, max: 300 } },
      'fault-loss': { ...none, failed: 2 },
      'screen-share': { ...none, skipped: 2 },
    });
    expect(reportRepetition([passed])).not.toHaveProperty('scenarios');
  });

  it('are timed in the table, and blamed', () => {
    const text = summarizeRepetition([run], plain);
    expect(text).toMatch(/mute +300 +300/);
    expect(text).not.toContain('screen-share');
    expect(text).toContain('first failure: run 1, fault-loss: the loss was not felt');
  });
});

describe('an interruption in the middle', () => {
  const cut = { ...passed, report: passedReport({ ok: false, exitCode: 130, phases: [] }) };

  it('counts for nothing but the exit code', () => {
    expect(reportRepetition([passed, cut])).toMatchObject({
      ok: false,
      exitCode: 130,
      runs: 1,
      passed: 1,
      totalMs: { max: 4000 },
      firstFailure: null,
      interrupted: true,
    });
    expect(summarizeRepetition([passed, cut], plain)).toMatch(
      /\n {2}1 of 1 passed \(100 %\), then interrupted$/,
    );
  });

  it('does not hide a failure before it', () => {
    expect(reportRepetition([failed, cut])).toMatchObject({ exitCode: 17, firstFailure: { run: 1 } });
  });

  it('may come before any run has ended', () => {
    expect(reportRepetition([cut])).toMatchObject({ exitCode: 130, runs: 0, totalMs: null });
    expect(summarizeRepetition([cut], plain)).toBe('  0 of 0 passed, then interrupted');
  });
});

describe('a run that failed before its first phase', () => {
  it('is told with what is known', () => {
    const run = { ...failed, report: passedReport({ ok: false, exitCode: 23, phases: [] }) };
    expect(runLine(1, 2, run, plain)).toContain('the run: the time of the run was over (exit code 23)');
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
