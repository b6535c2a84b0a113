import { describe, expect, it } from 'vitest';
import { type InviteWish, planInvite } from '../../src/core/invite-plan.ts';
import type { Meeting } from '../../src/core/meeting.ts';
import { decideJoin } from '../../src/core/policy.ts';
import { aMeeting, codeOf, DAY, HOUR, NOW } from './fixtures.ts';

const LISTED: Partial<Meeting> = { access: 'allow', allow: ['alice'] };

describe('an invite', () => {
  it('names one person and one meeting, as long as it lives', () => {
    expect(planInvite(aMeeting(), { uid: 'alice' }, NOW)).toEqual({
      sessionId: 'room-42',
      accessVersion: 3,
      uid: 'alice',
      name: 'alice',
      role: 'guest',
      expiresAt: NOW + DAY,
    });
  });

  it.each<[string, InviteWish, object]>([
    ['a name', { uid: 'alice', name: ' Alice A. ' }, { name: 'Alice A.' }],
    ['a host', { uid: 'alice', role: 'host' }, { role: 'host' }],
    ['a shorter life', { uid: 'alice', expiresIn: HOUR }, { expiresAt: NOW + HOUR }],
    ['no longer life than the meeting', { uid: 'alice', expiresIn: 9 * DAY }, { expiresAt: NOW + DAY }],
  ])('may be given %s', (_, wish, expected) => {
    expect(planInvite(aMeeting(), wish, NOW)).toMatchObject(expected);
  });

  it.each([{}, LISTED])('lets its holder into the meeting %j', change => {
    const meeting = aMeeting(change);
    const { name, role, ...invite } = planInvite(meeting, { uid: 'alice', role: 'host' }, NOW);
    const identity = { uid: invite.uid, name, proof: 'invite' as const, invite: { ...invite, role } };
    expect(decideJoin({ meeting, identity, key: undefined, now: NOW })).toMatchObject({
      ok: true,
      role: 'host',
    });
  });

  it.each<[string, Partial<Meeting>, InviteWish, string]>([
    ['for somebody who is not listed', LISTED, { uid: 'bob' }, 'NOT_ALLOWED'],
    ['to an expired meeting', { expiresAt: NOW }, { uid: 'alice' }, 'MEETING_EXPIRED'],
    ['to an ended meeting', { endedAt: NOW }, { uid: 'alice' }, 'MEETING_ENDED'],
    ['for what is no uid', {}, { uid: 'a b' }, 'BAD_REQUEST'],
    ['with an empty name', {}, { uid: 'alice', name: ' ' }, 'BAD_REQUEST'],
    ['with a name of two lines', {}, { uid: 'alice', name: 'a\nb' }, 'BAD_REQUEST'],
    ['with a name without end', {}, { uid: 'alice', name: 'x'.repeat(101) }, 'BAD_REQUEST'],
  ])('%s is refused', async (_, change, wish, code) => {
    expect(await codeOf(() => planInvite(aMeeting(change), wish, NOW))).toBe(code);
  });

  it('for somebody who is not listed is answered with how to list them', () => {
    expect(() => planInvite(aMeeting(LISTED), { uid: 'bob' }, NOW)).toThrow(
      'create it again with --allow alice,bob first',
    );
  });
});
