import { describe, expect, it } from 'vitest';
import { keyOpens, rotateKey } from '../../src/core/link-key.ts';
import { decideJoin } from '../../src/core/policy.ts';
import { aGuest, aMeeting, codeOf, NOW } from './fixtures.ts';

const OLD = 'the-right-key';
const GRACE = 600_000;
const rotate = (change = {}, rotation = {}) =>
  rotateKey(aMeeting(change), rotation, NOW, () => 'the-new-key');

describe('a key that was changed', () => {
  it.each([
    ['at once', rotate(), OLD, NOW, false],
    ['by the new one', rotate(), 'the-new-key', NOW, true],
    ['within the grace', rotate({}, { graceMs: GRACE }), OLD, NOW + GRACE - 1, true],
    ['within the grace by no key', rotate({}, { graceMs: GRACE }), undefined, NOW, false],
    ['within the grace by another', rotate({}, { graceMs: GRACE }), 'the-wrong-key', NOW, false],
    ['at the end of the grace', rotate({}, { graceMs: GRACE }), OLD, NOW + GRACE, false],
    ['by the new one in the grace', rotate({}, { graceMs: GRACE }), 'the-new-key', NOW, true],
    ['where there was none, without one', rotate({ key: null }), undefined, NOW, false],
    ['where there was none, in the grace', rotate({ key: null }, { graceMs: GRACE }), undefined, NOW, true],
    ['where there was none, after it', rotate({ key: null }, { graceMs: 1 }), undefined, NOW + 1, false],
  ])('opens %s: %o', (_, meeting, key, now, opens) => {
    expect(keyOpens(meeting, key, now)).toBe(opens);
    expect(decideJoin({ meeting, identity: aGuest(), issuedAt: NOW, key, now }).ok).toBe(opens);
  });

  it('twice: the grace of the first is over', () => {
    const twice = rotateKey(rotate({}, { graceMs: GRACE }), {}, NOW, () => 'the-third-key');
    expect([OLD, 'the-new-key', 'the-third-key'].map(key => keyOpens(twice, key, NOW))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('opens no longer than the meeting lives, whatever the grace', () => {
    expect(rotate({ expiresAt: NOW + 9 }, { graceMs: GRACE }).oldKeyUntil).toBe(NOW + 9);
    expect(rotate({ expiresAt: NOW - 1 }, { graceMs: GRACE }).oldKeyUntil).toBe(NOW + GRACE);
  });

  it('leaves invites, and counts as a change', () => {
    const { accessVersion, revision } = rotate();
    expect([accessVersion, revision]).toEqual([aMeeting().accessVersion, 1]);
  });

  it.each([
    ['an ended meeting', { endedAt: NOW }, {}, 'MEETING_ENDED'],
    ['a public one', { access: 'public' }, {}, 'BAD_REQUEST'],
    ['one with a list', { access: 'allow' }, {}, 'BAD_REQUEST'],
    ['a grace for those who are put out', {}, { graceMs: 1, putOut: true }, 'BAD_REQUEST'],
  ])('is refused: %s', async (_, change, rotation, code) => {
    expect(await codeOf(() => rotate(change, rotation))).toBe(code);
  });
});
