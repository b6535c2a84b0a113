import { describe, expect, it } from 'vitest';
import { planKind } from '../../src/core/kind.ts';
import { type CreateOptions, patchMeeting, planCreate } from '../../src/core/meeting-plan.ts';
import { readSchedule } from '../../src/core/opening.ts';
import { planSessionId } from '../../src/core/session-id.ts';
import { aMeeting, codeOf, DAY, HOUR, NOW } from './fixtures.ts';

const schedule = await readSchedule('mon-fri 14-16');
const HOURS = 'Mon-Fri 14:00-16:00';
const PLAIN = { hours: null, zone: null, broadcast: false };

describe('the kind of a meeting', () => {
  it.each([
    ['nothing', null, {}, PLAIN],
    ['nothing, of one that has all', { hours: HOURS, zone: 'Asia/Tokyo', broadcast: true }, {}, {}],
    [
      'hours, in the zone of this machine',
      null,
      { schedule, localZone: 'Asia/Tokyo' },
      { hours: HOURS, zone: 'Asia/Tokyo' },
    ],
    [
      'hours, in the zone that was named',
      null,
      { schedule, zone: 'Asia/Tokyo', localZone: 'UTC' },
      { hours: HOURS, zone: 'Asia/Tokyo' },
    ],
    [
      'hours, in the zone it has',
      { ...PLAIN, zone: 'Asia/Tokyo' },
      { schedule, localZone: 'UTC' },
      { hours: HOURS },
    ],
    ['another zone', { ...PLAIN, hours: HOURS, zone: 'Asia/Tokyo' }, { zone: 'UTC' }, { zone: 'UTC' }],
    ['no hours any more', { ...PLAIN, hours: HOURS, zone: 'UTC' }, { schedule: null }, { hours: null }],
    ['a broadcast', null, { broadcast: true }, { broadcast: true }],
    ['no broadcast any more', { ...PLAIN, broadcast: true }, { broadcast: false }, { broadcast: false }],
  ] as const)('follows a wish for %s', (_, existing, wish, change) => {
    expect(planKind(existing, wish)).toEqual({ ...PLAIN, ...existing, ...change });
  });

  it.each([
    ['no zone', {}],
    ['an offset, which knows no daylight saving', { zone: '+01:00' }],
  ])('refuses hours with %s', async (_, wish) => {
    expect(await codeOf(() => planKind(null, { schedule, ...wish }))).toBe('BAD_ZONE');
  });
});

describe('a meeting with hours', () => {
  const create = async (options: CreateOptions) => {
    const plan = await planSessionId({}, NOW, () => 'some-uuid');
    return planCreate(null, plan, { schedule, zone: 'Europe/Berlin', ...options }, NOW, () => '').meeting;
  };

  it('lives as long as a standing one, whatever its id', async () => {
    expect((await create({})).expiresAt).toBe(NOW + 30 * DAY);
    expect((await create({ expiresIn: 4 * DAY })).expiresAt).toBe(NOW + 4 * DAY);
  });

  it('is refused when none of them lie in its life', async () => {
    // Friday at 16:00 in Berlin: the next are on Monday.
    await expect(create({ expiresIn: 2 * DAY })).rejects.toThrow('let it expire later');
    expect(await codeOf(() => create({ startsAt: NOW + HOUR, expiresIn: DAY }))).toBe('BAD_TIME');
    const meeting = aMeeting({ zone: 'Europe/Berlin' });
    expect(await codeOf(() => patchMeeting(meeting, { schedule }, NOW))).toBe('BAD_TIME');
  });

  it('gets and loses them by a patch, each counted as a change', () => {
    const meeting = aMeeting({ expiresAt: NOW + 9 * DAY });
    const timed = patchMeeting(meeting, { schedule, localZone: 'Europe/Berlin' }, NOW);
    expect(timed).toEqual({ ...meeting, hours: HOURS, zone: 'Europe/Berlin', revision: 1 });
    expect(patchMeeting(timed, { schedule: null }, NOW)).toMatchObject({ hours: null, revision: 2 });
  });
});
