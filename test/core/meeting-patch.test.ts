import { describe, expect, it } from 'vitest';
import { type MeetingPatch, patchMeeting } from '../../src/core/meeting-plan.ts';
import { aMeeting, codeOf, DAY, HOUR, NOW } from './fixtures.ts';

describe('patching a meeting', () => {
  it.each<[string, MeetingPatch, object]>([
    ['nothing', {}, {}],
    ['its title', { title: ' Retro ' }, { title: 'Retro' }],
    ['its start', { startsAt: NOW + HOUR }, { startsAt: NOW + HOUR }],
    ['its expiry', { expiresAt: NOW + HOUR }, { expiresAt: NOW + HOUR }],
    ['its expiry by a duration', { extendBy: HOUR }, { expiresAt: NOW + DAY + HOUR }],
    ['its list', { allow: ['bob'] }, { access: 'allow', allow: ['bob'], accessVersion: 4 }],
    ['it to a broadcast', { broadcast: true }, { broadcast: true }],
    ['its zone', { zone: 'Asia/Tokyo' }, { zone: 'Asia/Tokyo' }],
    ['nothing by saying it again', { title: 'room 42', startsAt: null, broadcast: false }, {}],
    ['it to public', { public: true }, { access: 'public' }],
  ])('changes %s and no more', (_, patch, change) => {
    const meeting = aMeeting();
    const revision = Object.keys(change).length > 0 ? 1 : 0;
    expect(patchMeeting(meeting, patch, NOW)).toEqual({ ...meeting, ...change, revision });
  });

  it('takes a start back', () => {
    expect(patchMeeting(aMeeting({ startsAt: NOW }), { startsAt: null }, NOW).startsAt).toBeNull();
  });

  it('lets an expired one be renamed', () => {
    expect(patchMeeting(aMeeting({ expiresAt: NOW - 1 }), { title: 'Old' }, NOW).title).toBe('Old');
  });

  it('withdraws what was given out when public is taken back', () => {
    const meeting = aMeeting({ access: 'public' });
    expect(patchMeeting(meeting, { public: false }, NOW)).toEqual({
      ...meeting,
      access: 'link',
      linkBefore: NOW,
      accessVersion: 4,
      revision: 1,
    });
  });

  it.each<[string, MeetingPatch, string]>([
    ['an expiry in the past', { expiresAt: NOW }, 'BAD_TIME'],
    ['a start after its expiry', { startsAt: NOW + 2 * DAY }, 'BAD_TIME'],
    ['two expiries', { expiresAt: NOW + HOUR, extendBy: HOUR }, 'BAD_TIME'],
    ['an empty title', { title: '' }, 'BAD_REQUEST'],
    ['an empty list', { allow: [] }, 'BAD_REQUEST'],
  ])('refuses %s', async (_, patch, code) => {
    expect(await codeOf(() => patchMeeting(aMeeting(), patch, NOW))).toBe(code);
  });

  it('is refused once it was ended', async () => {
    expect(await codeOf(() => patchMeeting(aMeeting({ endedAt: NOW }), { title: 'x' }, NOW))).toBe(
      'MEETING_ENDED',
    );
  });
});
