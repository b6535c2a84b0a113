import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { toTap } from '../../../src/smoke/report/tap.ts';
import { failedReport, passedReport, timed } from './reports.ts';

describe('toTap', () => {
  it('tells one run', () => {
    const scenarios = [
      { name: 'screen', ok: true, skipped: true, ms: 0, detail: 'no #1 screen', figures: {} },
    ];
    expect(toTap([timed(passedReport({ scenarios }))])).toMatchInlineSnapshot(`
      "TAP version 14
      1..3
      ok 1 - browser # time=412ms
      ok 2 - media # time=300ms
      ok 3 - scenario screen # SKIP no \\#1 screen"
    `);
  });

  it('tells a failure with a block of YAML, whatever its text', () => {
    const detail = 'it said "no": \\ # {a}\n  ...\nnot ok 9 - \u001b[31mred';
    const phases = [{ name: 'camera', ok: false, ms: 12, detail }] as const;
    const text = toTap([timed({ ...failedReport(), phases })]);
    const [, block = ''] = /^ {2}---\n([\s\S]*?)^ {2}\.\.\.$/m.exec(text) ?? [];
    expect(parse(block)).toEqual({
      message: 'it said "no": \\ # {a} ... not ok 9 - red',
      exitCode: 17,
      ms: 12,
    });
    expect(text.split('\n').filter(line => /^(not )?ok/.test(line))).toEqual(['not ok 1 - camera']);
  });

  it('tells many runs as subtests', () => {
    const lines = toTap([timed(passedReport()), timed(failedReport())]).split('\n');
    expect(lines.filter(line => /^\S/.test(line))).toEqual([
      'TAP version 14',
      '1..2',
      '# Subtest: run 1',
      'ok 1 - run 1 # time=4130ms',
      '# Subtest: run 2',
      'not ok 2 - run 2 # time=4130ms',
    ]);
    expect(lines).toContain('    1..2');
    expect(lines).toContain('    not ok 2 - camera');
  });

  it('bails out where it was interrupted', () => {
    const report = passedReport({ ok: false, exitCode: 130, phases: [] });
    expect(
      toTap([timed(report)])
        .split('\n')
        .at(-1),
    ).toBe('Bail out! interrupted');
  });
});
