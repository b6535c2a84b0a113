import { describe, expect, it } from 'vitest';
import { describeDetails } from '../../../web/drawer/describe.ts';

const event = { seq: 1, at: '2026-11-20T15:04:05.123Z', session: 'team', who: 'alice', endpoint: 'a1' };

describe('the details of an event', () => {
  it.each([
    [
      { kind: 'rest', method: 'POST', route: '/v3.0/call_tokens', status: 200, ms: 4 },
      'POST /v3.0/call_tokens 200 4 ms',
    ],
    [
      { kind: 'rest', method: 'GET', route: '/v3.0/call_tokens', status: 401, code: 'AUTH_ERR', ms: 1 },
      'GET /v3.0/call_tokens 401 AUTH_ERR 1 ms',
    ],
    [
      { kind: 'stanza', direction: 'out', name: 'iq', type: 'set', about: 'jingle', action: 'source-add' },
      '← iq set source-add',
    ],
    [
      { kind: 'stanza', direction: 'in', name: 'presence', changed: ['nick', 'audiomuted true'] },
      '→ presence (nick, audiomuted true)',
    ],
    [
      { kind: 'stanza', direction: 'out', name: 'iq', type: 'error', error: 'conflict' },
      '← iq error conflict',
    ],
    [{ kind: 'bitrate', upKbps: 1200, downKbps: 640 }, '↑ 1200  ↓ 640 kbit/s'],
    [{ kind: 'bitrate', upKbps: 1200, downKbps: 640, downLost: 7 }, '↑ 1200  ↓ 640 kbit/s, lost ↓ 7'],
    [{ kind: 'layer', state: 'sent', track: 'b-v0', layer: 2 }, 'sent · track b-v0 · layer 2'],
    [{ kind: 'demand', heights: { 'a-v0': 360, 'a-v1': 0 } }, 'heights a-v0=360 a-v1=0'],
    [{ kind: 'tracks', added: ['a-a0', 'a-v0 camera'] }, 'added a-a0, a-v0 camera'],
    [{ kind: 'leave' }, ''],
  ])('%j are %j', (details, text) => {
    expect(describeDetails({ ...event, ...details })).toBe(text);
  });
});
