import type { Evidence, PersonEvidence } from '../../../src/smoke/evidence/evidence.ts';
import type { SmokeReport } from '../../../src/smoke/report/report.ts';

export function reportWith(values: Partial<SmokeReport>): SmokeReport {
  return {
    ...{
      ok: true,
      exitCode: 0,
      backend: 'emulator',
      sdk: null,
      browser: null,
      phases: [],
      media: {},
      lint: [],
    },
    leave: { gracefulMs: null, closedMs: null },
    cleanup: { openConnections: null, liveTracks: null },
    ...values,
  };
}

export function personWith(values: Partial<PersonEvidence>): PersonEvidence {
  return {
    ...{
      name: 'alice',
      role: 'full',
      hue: 0,
      events: [],
      lines: [],
      requests: [],
      rates: [],
      connections: [],
    },
    reason: null,
    ...values,
  };
}

/** A run of nothing. */
export function evidenceWith(values: Partial<Evidence>): Evidence {
  return {
    report: reportWith({}),
    ...{ startedAt: 0, totalMs: 5000, acts: [], people: [], server: [], pictures: [], traces: [] },
    versions: { meet: '0.1.0', node: '20', system: 'Linux' },
    ...values,
  };
}
