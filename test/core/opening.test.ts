import { describe, expect, it } from 'vitest';
import { openingOf, readSchedule } from '../../src/core/opening.ts';
import { aMeeting, codeOf, DAY, HOUR, NOW } from './fixtures.ts';

/** `open until …`, `opens …` or `never`, in UTC. */
async function opening(hours: string, zone: string, at: string) {
  const found = (await readSchedule(hours)).openingAt(zone, Date.parse(at));
  const when = (ms: number) => new Date(ms).toISOString().replace(/:00\.000Z$/, 'Z');
  if (found.open) return `open until ${when(found.until)}`;
  return found.opensAt === null ? 'never' : `opens ${when(found.opensAt)}`;
}

// 2026: Berlin changes on 29 March and 25 October, New York on 8 March and 1 November, Lord Howe (by half an hour) on
// 5 April and 4 October.
const WEEKDAYS = 'Mon-Fri 14:00-16:00';

describe('hours', () => {
  it.each([
    ['before', WEEKDAYS, 'Europe/Berlin', '2026-11-20T12:59Z', 'opens 2026-11-20T13:00Z'],
    ['at their begin', WEEKDAYS, 'Europe/Berlin', '2026-11-20T13:00Z', 'open until 2026-11-20T15:00Z'],
    [
      'until just before their end',
      WEEKDAYS,
      'Europe/Berlin',
      '2026-11-20T14:59Z',
      'open until 2026-11-20T15:00Z',
    ],
    [
      'at their end, over the weekend',
      WEEKDAYS,
      'Europe/Berlin',
      '2026-11-20T15:00Z',
      'opens 2026-11-23T13:00Z',
    ],
    ['far west', WEEKDAYS, 'Pacific/Pago_Pago', '2026-11-20T12:00Z', 'opens 2026-11-21T01:00Z'],
    [
      'far east, where it is Saturday',
      WEEKDAYS,
      'Pacific/Kiritimati',
      '2026-11-20T11:00Z',
      'opens 2026-11-23T00:00Z',
    ],
    [
      'in a zone of quarters',
      WEEKDAYS,
      'Asia/Kathmandu',
      '2026-11-20T09:00Z',
      'open until 2026-11-20T10:15Z',
    ],
    [
      'in the first of two',
      'Mon 9-10; Mon 11-12',
      'UTC',
      '2026-11-23T09:30Z',
      'open until 2026-11-23T10:00Z',
    ],
    ['between two', 'Mon 9-10; Mon 11-12', 'UTC', '2026-11-23T10:30Z', 'opens 2026-11-23T11:00Z'],
    ['that touch, as one', 'Mon 9-10; Mon 10-12', 'UTC', '2026-11-23T09:30Z', 'open until 2026-11-23T12:00Z'],
    [
      'that overlap, as one',
      'Mon 9-11; Mon 10-12',
      'UTC',
      '2026-11-23T09:30Z',
      'open until 2026-11-23T12:00Z',
    ],
    ['over midnight, before it', 'Fri 22-2', 'UTC', '2026-11-20T23:00Z', 'open until 2026-11-21T02:00Z'],
    ['over midnight, after it', 'Fri 22-2', 'UTC', '2026-11-21T01:00Z', 'open until 2026-11-21T02:00Z'],
    ['over midnight, the day after', 'Fri 22-2', 'UTC', '2026-11-21T22:00Z', 'opens 2026-11-27T22:00Z'],
    [
      'over two days at midnight',
      'Fri 9-24; Sat 0-9',
      'UTC',
      '2026-11-20T12:00Z',
      'open until 2026-11-21T09:00Z',
    ],
    [
      'the day before the clock changes',
      'Sat,Sun 14-16',
      'Europe/Berlin',
      '2026-03-28T13:30Z',
      'open until 2026-03-28T15:00Z',
    ],
    [
      'after summer time began',
      'Sat,Sun 14-16',
      'Europe/Berlin',
      '2026-03-28T15:00Z',
      'opens 2026-03-29T12:00Z',
    ],
    [
      'after summer time ended',
      'Sat,Sun 14-16',
      'Europe/Berlin',
      '2026-10-24T14:00Z',
      'opens 2026-10-25T13:00Z',
    ],
    [
      'after it began in New York',
      'Sun 14-16',
      'America/New_York',
      '2026-03-08T12:00Z',
      'opens 2026-03-08T18:00Z',
    ],
    [
      'after it ended in New York',
      'Sun 14-16',
      'America/New_York',
      '2026-11-01T12:00Z',
      'opens 2026-11-01T19:00Z',
    ],
    [
      'after half an hour was skipped',
      'Sun 9-10',
      'Australia/Lord_Howe',
      '2026-10-03T20:00Z',
      'opens 2026-10-03T22:00Z',
    ],
    [
      'that begin in a gap: at once after it',
      'Sun 2-4',
      'Europe/Berlin',
      '2026-03-29T00:59Z',
      'opens 2026-03-29T01:00Z',
    ],
    ['that end in a gap', 'Sun 1-2:30', 'Europe/Berlin', '2026-03-29T00:30Z', 'open until 2026-03-29T01:30Z'],
    [
      'that the clock skips: a week later',
      'Sun 2-3',
      'Europe/Berlin',
      '2026-03-29T00:30Z',
      'opens 2026-04-05T00:00Z',
    ],
    [
      'that begin in the doubled hour: with the first',
      'Sun 2:30-4',
      'Europe/Berlin',
      '2026-10-25T00:00Z',
      'opens 2026-10-25T00:30Z',
    ],
    [
      'that hold the doubled hour: an hour longer',
      'Sun 1-4',
      'Europe/Berlin',
      '2026-10-24T23:00Z',
      'open until 2026-10-25T03:00Z',
    ],
    [
      'that end in the doubled hour: with the first',
      'Sun 1-2:30',
      'Europe/Berlin',
      '2026-10-25T00:00Z',
      'open until 2026-10-25T00:30Z',
    ],
    [
      'on a day that the zone skips: a day later',
      'Fri 9-17',
      'Pacific/Apia',
      '2011-12-30T09:00Z',
      'opens 2011-12-30T19:00Z',
    ],
  ])('%s: %s in %s at %s', async (_, hours, zone, at, expected) => {
    expect(await opening(hours, zone, at)).toBe(expected);
  });

  it('at all times of the week never end', async () => {
    const found = (await readSchedule('Mon-Sun 0-24')).openingAt('Europe/Berlin', NOW);
    expect(found).toMatchObject({ open: true });
    expect(found.open && found.until).toBeGreaterThan(NOW + 7 * DAY);
  });
});

describe('a meeting with hours', () => {
  // Friday, 16:00 in Berlin.
  const hours = { hours: WEEKDAYS, zone: 'Europe/Berlin' };

  it.each([
    ['is open within them', {}, NOW - HOUR, { open: true, until: NOW }],
    [
      'closes earlier when it expires earlier',
      { expiresAt: NOW - 1 },
      NOW - HOUR,
      { open: true, until: NOW - 1 },
    ],
    ['opens with the next', { expiresAt: NOW + 9 * DAY }, NOW, { open: false, opensAt: NOW + 70 * HOUR }],
    ['never opens again after the last before its expiry', {}, NOW, { open: false, opensAt: null }],
    [
      'opens at its start when that lies in them',
      { startsAt: NOW - HOUR },
      NOW - 90 * 60_000,
      { open: false, opensAt: NOW - HOUR },
    ],
    [
      'opens with the first after its start',
      { startsAt: NOW, expiresAt: NOW + 9 * DAY },
      NOW - HOUR,
      { open: false, opensAt: NOW + 70 * HOUR },
    ],
  ])('%s', async (_, change, at, expected) => {
    expect(await openingOf(aMeeting({ ...hours, ...change }), at)).toEqual(expected);
  });

  it('is not asked about where it has none', async () => {
    expect(await openingOf(aMeeting(), NOW)).toBeNull();
  });

  it('that were damaged in the database is told, not opened', async () => {
    expect(await codeOf(() => openingOf(aMeeting({ ...hours, hours: 'whenever' }), NOW))).toBe('BAD_TIME');
  });
});
