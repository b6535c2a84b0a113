import { describe, expect, it } from 'vitest';
import { type IdRequest, namedAt, planSessionId } from '../../src/core/session-id.ts';
import { codeOf, DAY, NOW } from './fixtures.ts';

const UUID = '3f2b6c1e-8a54-4f0e-9d0b-5f6f0e8f1a2b';
const plan = (request: IdRequest) => planSessionId(request, NOW, () => UUID);

describe('a session id', () => {
  it.each<[IdRequest, string, string]>([
    [{}, UUID, 'Meeting'],
    [{ strategy: 'uuid' }, UUID, 'Meeting'],
    [{ strategy: 'stable', prefix: 'room', id: '42' }, 'room-42', 'room 42'],
    [{ strategy: 'stable', id: '42' }, '42', '42'],
    [{ strategy: 'stable', prefix: 'Room', id: 'Größe №5' }, 'room-grosse-no5', 'Room Größe №5'],
    [{ strategy: 'team', id: '@acme/web' }, 'team-acme-web', 'Team @acme/web'],
    [{ strategy: 'appointment', id: ' 2026/17 ' }, 'appt-2026-17', 'Appointment 2026/17'],
    [{ strategy: 'office-hours', zone: 'UTC' }, 'office-hours-20261120', 'Office hours 2026-11-20'],
    [{ strategy: 'office-hours', zone: 'UTC', prefix: 'Sales' }, 'sales-20261120', 'Sales 2026-11-20'],
    [
      { strategy: 'time', zone: 'UTC', prefix: 'standup', bucket: 'hour' },
      'standup-2026112015',
      'standup 2026-11-20 15:00',
    ],
    [
      { strategy: 'time', zone: 'UTC', prefix: 'standup', bucket: 'week' },
      'standup-2026w47',
      'standup 2026 week 47',
    ],
    [
      { strategy: 'time', zone: 'UTC', prefix: 'standup', bucket: 'month' },
      'standup-202611',
      'standup 2026-11',
    ],
    [
      { strategy: 'time', zone: 'Pacific/Kiritimati', prefix: 'standup' },
      'standup-20261121',
      'standup 2026-11-21',
    ],
  ])('for %j is %s', async (request, sessionId, title) => {
    expect(await plan(request)).toMatchObject({ sessionId, title });
  });

  it.each<[string, IdRequest, object]>([
    ['24 hours', { strategy: 'uuid' }, { kind: 'lifetime', ms: DAY }],
    ['30 days', { strategy: 'stable', id: '1' }, { kind: 'lifetime', ms: 30 * DAY }],
    ['30 days', { strategy: 'team', id: '1' }, { kind: 'lifetime', ms: 30 * DAY }],
    ['30 days', { strategy: 'appointment', id: '1' }, { kind: 'lifetime', ms: 30 * DAY }],
    [
      'the day',
      { strategy: 'office-hours', zone: 'UTC' },
      { kind: 'bucket-end', at: Date.parse('2026-11-21T00:00Z') },
    ],
    [
      'the hour',
      { strategy: 'time', prefix: 'a', bucket: 'hour', zone: 'UTC' },
      { kind: 'bucket-end', at: Date.parse('2026-11-20T16:00Z') },
    ],
  ])('lives %s by default with %j', async (_, request, defaultExpiry) => {
    const { strategy } = request;
    const { renewable, guessable, ...rest } = await plan(request);
    expect(rest).toMatchObject({ strategy, defaultExpiry });
    expect(renewable).toBe(['stable', 'team', 'appointment'].includes(strategy ?? ''));
    expect(guessable).toBe(strategy !== 'uuid');
  });

  it.each<[string, IdRequest, string]>([
    ['an unknown strategy', { strategy: 'random' }, 'BAD_STRATEGY'],
    ['a strategy in capitals', { strategy: 'UUID' }, 'BAD_STRATEGY'],
    ['a missing id', { strategy: 'stable', prefix: 'room' }, 'BAD_ID'],
    ['an empty id', { strategy: 'team', id: '  ' }, 'BAD_ID'],
    ['an empty prefix', { strategy: 'stable', id: '42', prefix: '' }, 'BAD_ID'],
    ['a missing appointment', { strategy: 'appointment' }, 'BAD_ID'],
    ['a missing prefix', { strategy: 'time', zone: 'UTC' }, 'BAD_ID'],
    ['an id without letters', { strategy: 'team', id: '日本' }, 'BAD_ID'],
    ['a prefix without letters', { strategy: 'stable', prefix: '::', id: '1' }, 'BAD_ID'],
    ['101 characters', { strategy: 'team', id: 'x'.repeat(96) }, 'BAD_ID'],
    ['an id for a uuid', { id: '42' }, 'BAD_REQUEST'],
    ['a prefix for a team', { strategy: 'team', id: '1', prefix: 'x' }, 'BAD_REQUEST'],
    ['a bucket for a team', { strategy: 'team', id: '1', bucket: 'day' }, 'BAD_REQUEST'],
    ['an id for a bucket', { strategy: 'office-hours', id: '1', zone: 'UTC' }, 'BAD_REQUEST'],
    ['an unknown bucket', { strategy: 'office-hours', bucket: 'year', zone: 'UTC' }, 'BAD_REQUEST'],
    ['an unknown zone', { strategy: 'office-hours', zone: 'Mars/Base' }, 'BAD_ZONE'],
    ['no zone for a bucket', { strategy: 'office-hours' }, 'BAD_ZONE'],
  ])('is refused for %s', async (_, request, code) => {
    expect(await codeOf(() => plan(request))).toBe(code);
  });

  it('may be 100 characters long', async () => {
    expect((await plan({ strategy: 'team', id: 'x'.repeat(95) })).sessionId).toHaveLength(100);
  });

  it('of an unknown strategy is answered with the nearest and all of them', async () => {
    await expect(plan({ strategy: 'stabel' })).rejects.toThrow(
      'Unknown strategy "stabel" (did you mean stable?); choose uuid, stable, team, appointment, office-hours, time.',
    );
  });
});

describe('the origin of a session id', () => {
  it.each<[string, IdRequest, IdRequest]>([
    ['two ids that slug alike', { strategy: 'stable', id: 'a b' }, { strategy: 'stable', id: 'a-b' }],
    ['two splits of one id', { strategy: 'stable', prefix: 'a', id: 'b' }, { strategy: 'stable', id: 'a-b' }],
    ['two strategies', { strategy: 'team', id: 'web' }, { strategy: 'stable', prefix: 'team', id: 'web' }],
    [
      'two zones of one day',
      { strategy: 'office-hours', zone: 'UTC' },
      { strategy: 'office-hours', zone: 'Europe/London' },
    ],
  ])('tells %s apart', async (_, one, other) => {
    const [a, b] = [await plan(one), await plan(other)];
    expect(a.sessionId).toBe(b.sessionId);
    expect(a.origin).not.toBe(b.origin);
  });

  it('is the same for inputs that differ in space around them, or in the case of the zone', async () => {
    expect((await plan({ strategy: 'team', id: ' web ' })).origin).toBe(
      (await plan({ strategy: 'team', id: 'web' })).origin,
    );
    const [a, b] = [
      await plan({ strategy: 'office-hours', zone: 'europe/berlin' }),
      await plan({ strategy: 'office-hours', zone: 'Europe/Berlin', bucket: 'day' }),
    ];
    expect(a.origin).toBe(b.origin);
  });
});

describe('a title made from an id', () => {
  it('has no control characters and an end', async () => {
    const { title } = await plan({ strategy: 'team', id: `web\u001b[2J${'-'.repeat(300)}` });
    expect(title).toMatch(/^Team web \[2J-+$/);
    expect(title).toHaveLength(200);
  });
});

describe('a bucket’s id', () => {
  it.each([
    ['that of a start to come', NOW + 3 * DAY, NOW + 3 * DAY],
    ['that of now where the start has passed', NOW - DAY, NOW],
    ['that of now without a start', null, NOW],
    ['that of now where nobody spoke of a start', undefined, NOW],
  ])('is %s', (_, startsAt, expected) => {
    expect(namedAt(NOW, startsAt)).toBe(expected);
  });
});
