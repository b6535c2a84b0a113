import type { Finding } from '../../../src/smoke/lint/finding.ts';
import { createPaint } from '../../../src/smoke/report/paint.ts';
import type { TimedReport } from '../../../src/smoke/report/repetition.ts';
import type { SmokeReport } from '../../../src/smoke/report/report.ts';

/** Without colours. */
export const plain = createPaint((_, text) => text);

export function passedReport(changes: Partial<SmokeReport> = {}): SmokeReport {
  return {
    ok: true,
    exitCode: 0,
    backend: 'emulator',
    sdk: { name: '@cometchat/calls-sdk-javascript', version: '4.2.6' },
    browser: 'chromium 156.0',
    phases: [
      { name: 'browser', ok: true, ms: 412, detail: 'chromium 156.0' },
      { name: 'media', ok: true, ms: 300 },
    ],
    media: {
      alice: { sees: ['bob'], hears: ['bob'], framesDecoded: 12 },
      bob: { sees: ['alice'], hears: ['alice'], framesDecoded: 9 },
    },
    leave: { gracefulMs: 43, closedMs: 31 },
    cleanup: { openConnections: 0, liveTracks: 0 },
    lint: [],
    ...changes,
  };
}

export function failedReport(): SmokeReport {
  return passedReport({
    ok: false,
    exitCode: 17,
    phases: [
      { name: 'browser', ok: true, ms: 500 },
      { name: 'camera', ok: false, ms: 10_000, detail: "bob's camera never started" },
    ],
    media: {},
    leave: { gracefulMs: null, closedMs: null },
    cleanup: { openConnections: null, liveTracks: null },
  });
}

/** As of a run that took its time. */
export function timed(report: SmokeReport): TimedReport {
  return { report, totalMs: 4130, startedAt: Date.UTC(2026, 10, 20, 15) };
}

export function finding(changes: Partial<Finding> = {}): Finding {
  const found = { ruleId: 'web/token-logged', severity: 'error', person: 'alice', t: 0 } as const;
  return { ...found, message: 'a token was logged', ...changes };
}
