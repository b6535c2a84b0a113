import { describe, expect, it } from 'vitest';
import { rotateKey } from '../../src/core/link-key.ts';
import type { Meeting } from '../../src/core/meeting.ts';
import { endMeeting, patchMeeting } from '../../src/core/meeting-plan.ts';
import { kickPerson, revokePerson } from '../../src/core/removal.ts';
import { type Entry, reasonToGo } from '../../src/core/stay.ts';
import { aGuest, aMeeting, HOUR, NOW } from './fixtures.ts';

const { sessionId, accessVersion } = aMeeting();
const invite = { sessionId, role: 'guest' as const, accessVersion, issuedAt: NOW - HOUR };
const entry = (identity = aGuest(), role: Entry['role'] = 'guest'): Entry => ({
  ...{ identity, role, issuedAt: NOW - 2, at: NOW - 1 },
});

const PEOPLE: Record<string, Entry | null> = {
  'by the link': entry(),
  invited: entry(aGuest({ proof: 'invite', invite })),
  'invited as host': entry(aGuest({ proof: 'invite', invite: { ...invite, role: 'host' } }), 'host'),
  'of the app': entry(aGuest({ proof: 'app' })),
  'host of the app': entry(aGuest({ proof: 'app' }), 'host'),
  forgotten: null,
};

const key = () => 'the-new-key';
const open = aMeeting({ access: 'public' });
const CHANGES: Record<string, Meeting> = {
  nothing: aMeeting(),
  ended: endMeeting(aMeeting(), NOW),
  expired: aMeeting({ expiresAt: NOW - 1 }),
  kicked: kickPerson(aMeeting(), 'alice', NOW),
  'kicked before they came': kickPerson(aMeeting(), 'alice', NOW - 3),
  revoked: revokePerson(aMeeting(), 'alice', NOW),
  'another was kicked': kickPerson(aMeeting(), 'bob', NOW),
  'listed now': patchMeeting(aMeeting(), { allow: ['alice'] }, NOW),
  'not listed now': patchMeeting(aMeeting(), { allow: ['bob'] }, NOW),
  'another key': rotateKey(aMeeting(), {}, NOW, key),
  'another key, put out': rotateKey(aMeeting(), { putOut: true }, NOW, key),
  'put out before they came': rotateKey(aMeeting(), { putOut: true }, NOW - 2, key),
  'no longer public': patchMeeting(open, { public: false }, NOW),
  'public now': patchMeeting(aMeeting(), { public: true }, NOW),
  'without a key': aMeeting({ key: null }),
};

// In the order of PEOPLE: `.` stays, E ended, R removed, N not allowed.
const TABLE: Record<string, string> = {
  nothing: '. . . . . N',
  ended: 'E E E E E E',
  expired: '. . . . . N',
  kicked: 'R R R R R R',
  // Of who was forgotten nobody knows when they came.
  'kicked before they came': '. . . . . R',
  revoked: 'R R R R R R',
  'another was kicked': '. . . . . N',
  'listed now': 'N . . . . N',
  'not listed now': 'N N N N N N',
  'another key': '. . . . . N',
  'another key, put out': 'N . . N . N',
  'put out before they came': '. . . . . N',
  'no longer public': 'N . . N . N',
  'public now': '. . . . . .',
  // Its id cannot be guessed.
  'without a key': '. . . . . .',
};
const SIGNS: Record<string, string> = { E: 'MEETING_ENDED', R: 'REMOVED', N: 'NOT_ALLOWED' };

describe('people inside', () => {
  it.each(
    Object.entries(TABLE).flatMap(([change, row]) =>
      row.split(' ').map((sign, i) => ({ change, who: Object.keys(PEOPLE)[i] ?? '', reason: SIGNS[sign] })),
    ),
  )('$who, $change: $reason', ({ change, who, reason }) => {
    const meeting = CHANGES[change] ?? aMeeting();
    expect(reasonToGo(meeting, 'alice', PEOPLE[who] ?? null)).toBe(reason ?? null);
  });

  it('has a row for each change', () => expect(Object.keys(TABLE)).toEqual(Object.keys(CHANGES)));
});
