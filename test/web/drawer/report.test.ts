import { describe, expect, it } from 'vitest';
import type { Rates } from '../../../web/drawer/rates.ts';
import { writeReport } from '../../../web/drawer/report.ts';

const now = Date.parse('2026-11-20T15:00:00Z');
const rates = (at: number, downKbps: number | null): Rates => ({
  at,
  downKbps,
  upKbps: null,
  upFps: null,
  downFps: 29.97,
  upLossPercent: 0,
  downLossPercent: 0,
  roundTripMs: 12.34,
});

const input = {
  now,
  config: {
    sdk: {
      name: '@cometchat/calls-sdk-javascript',
      version: '4.2.6',
      major: 4,
      source: 'project',
      url: '/sdk/x.js',
    },
    backend: 'cloud',
  },
  state: 'joined',
  sessionId: 'f47ac10b-58cc-4372-a567-0e02b2c3d479',
  role: 'guest',
  loopback: false,
  userAgent: 'Mozilla/5.0 Chrome/131.0.0.0',
  route: { local: 'host 192.168.1.7:5000' },
  rates: [rates(now - 9_000, 100), rates(now - 4_000, null), rates(now, 201)],
  tokens: new Map([
    [
      'identity',
      { uid: 'alice', role: 'host', exp: now / 1000 + 60, custom: 'a secret of the host application' },
    ],
    ['auth', null],
  ]),
  moments: [{ at: now - 1_500, kind: 'sdk', who: 'alice', text: 'onParticipantJoined' }],
  known: { secrets: [], people: new Map([['alice', 'Alice']]) },
} as const;

describe('the report', () => {
  it('has what helps, and nothing that opens or names', () => {
    expect(JSON.parse(writeReport(input))).toEqual({
      report: 'meet drawer',
      at: '2026-11-20T15:00:00.000Z',
      sdk: { name: '@cometchat/calls-sdk-javascript', version: '4.2.6', source: 'project' },
      backend: 'cloud',
      server: 'elsewhere',
      browser: 'Mozilla/5.0 Chrome/131.0.0.0',
      session: 'f47a…',
      state: 'joined',
      role: 'guest',
      connection: { local: 'host private 192.168.x:5000' },
      statistics: {
        seconds: 9,
        downKbps: { mean: 150.5, min: 100, max: 201, last: 201 },
        upKbps: null,
        upFps: null,
        downFps: { mean: 30, min: 30, max: 30, last: 30 },
        upLossPercent: { mean: 0, min: 0, max: 0, last: 0 },
        downLossPercent: { mean: 0, min: 0, max: 0, last: 0 },
        roundTripMs: { mean: 12.3, min: 12.3, max: 12.3, last: 12.3 },
      },
      tokens: {
        identity: {
          uid: '[hidden]',
          role: 'host',
          exp: now / 1000 + 60,
          custom: '[hidden]',
          secondsLeft: 60,
        },
        auth: null,
      },
      timeline: ['2026-11-20T14:59:58.500Z  sdk  person-1  onParticipantJoined'],
    });
  });

  it('says so where nothing was measured', () => {
    expect(JSON.parse(writeReport({ ...input, rates: [] }))).toMatchObject({ statistics: null });
  });
});
