import { expect, it } from 'vitest';
import { noticeFor } from '../../../src/smoke/report/notice.ts';
import { reportRepetition } from '../../../src/smoke/report/repetition.ts';
import { passedReport } from './reports.ts';

const sdk = (version: string) => ({ name: '@cometchat/calls-sdk-javascript', version });

it('says of SDK v5 offline that nobody has tested it, and how to tell us', () => {
  const notice = noticeFor({ backend: 'emulator', sdk: sdk('5.0.7') });
  expect(notice).toMatch(
    /^SDK 5\.0\.7 .* is untested by us until somebody reports it\..*"meet smoke --json"/,
  );
});

it.each([
  ['SDK v4', { backend: 'emulator', sdk: sdk('4.2.6') }],
  ["the vendor's cloud", { backend: 'cloud', sdk: sdk('5.0.7') }],
  ['a run that came to no SDK', { backend: 'emulator', sdk: null }],
] as const)('has nothing to say of %s', (_name, run) => {
  expect(noticeFor(run)).toBeNull();
});

it('is told once of many runs, and not at all where there is none', () => {
  const runs = [
    { report: passedReport(), totalMs: 1, startedAt: 0 },
    { report: passedReport({ notice: 'Mind this.' }), totalMs: 1, startedAt: 0 },
  ];
  expect(reportRepetition(runs).notice).toBe('Mind this.');
  expect(reportRepetition(runs.slice(0, 1))).not.toHaveProperty('notice');
});
