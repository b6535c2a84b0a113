import { describe, expect, it } from 'vitest';
import type { Identity, Meeting } from '../../src/core/meeting.ts';
import { patchMeeting } from '../../src/core/meeting-plan.ts';
import { isRemoved, kickPerson, readmit, revokePerson } from '../../src/core/removal.ts';
import { aGuest, aMeeting, codeOf, NOW } from './fixtures.ts';

const { sessionId, accessVersion } = aMeeting();
const invitedAt = (issuedAt: number): Identity =>
  aGuest({ proof: 'invite', invite: { sessionId, role: 'guest', accessVersion, issuedAt } });
const elsewhere = aGuest({
  proof: 'invite',
  invite: { sessionId: 'room-43', role: 'guest', accessVersion, issuedAt: NOW - 5 },
});

const MEETINGS: Record<string, Meeting> = {
  kicked: kickPerson(aMeeting(), 'alice', NOW),
  revoked: revokePerson(aMeeting(), 'alice', NOW),
  readmitted: readmit(revokePerson(aMeeting(), 'alice', NOW), ['alice']),
  'revoked, then kicked': kickPerson(revokePerson(aMeeting(), 'alice', NOW - 9), 'alice', NOW),
  'kicked twice': kickPerson(kickPerson(aMeeting(), 'alice', NOW - 9), 'alice', NOW),
  'somebody else was kicked': kickPerson(aMeeting(), 'bob', NOW),
};

// Columns: a guest with a token of before, of that moment, of after; invited before with a token of after; invited
// after with one; invited to another meeting, with a token of after. `-`: removed.
const TABLE: Record<string, string> = {
  kicked: '- - + + + +',
  revoked: '- - - - - -',
  readmitted: '- - + - + +',
  'revoked, then kicked': '- - - - - -',
  'kicked twice': '- - + + + +',
  'somebody else was kicked': '+ + + + + +',
};

const PEOPLE: readonly (readonly [string, Identity, number])[] = [
  ['a guest of before', aGuest(), NOW - 1],
  ['a guest of that moment', aGuest(), NOW],
  ['a guest of after', aGuest(), NOW + 1],
  ['somebody invited before', invitedAt(NOW - 5), NOW + 1],
  ['somebody invited after', invitedAt(NOW + 1), NOW + 2],
  ['somebody invited elsewhere', elsewhere, NOW + 1],
];

const cases = Object.entries(TABLE).flatMap(([how, row]) =>
  row.split(' ').map((sign, i) => {
    const [who, identity, issuedAt] = PEOPLE[i] ?? ['nobody', aGuest(), 0];
    return { how, who, identity, issuedAt, removed: sign === '-' };
  }),
);

describe('putting people out', () => {
  it.each(cases)('$who, $how: removed is $removed', ({ how, identity, issuedAt, removed }) => {
    expect(isRemoved(MEETINGS[how] ?? aMeeting(), identity, issuedAt)).toBe(removed);
    // CometChat folds uids.
    expect(isRemoved(MEETINGS[how] ?? aMeeting(), { ...identity, uid: 'ALICE' }, issuedAt)).toBe(removed);
  });

  it('keeps one entry per uid, and counts as a change', () => {
    const meeting = MEETINGS['kicked twice'] ?? aMeeting();
    expect(meeting.removals).toEqual([{ uid: 'alice', before: NOW, forever: false }]);
    expect([meeting.revision, meeting.accessVersion]).toEqual([2, accessVersion]);
  });

  it('takes a revoked uid off the list, and nobody else; listing it again lets it in again', () => {
    const listed = aMeeting({ access: 'allow', allow: ['Alice', 'bob'] });
    const revoked = revokePerson(listed, 'alice', NOW);
    expect([revoked.access, revoked.allow, revoked.accessVersion]).toEqual(['allow', ['bob'], accessVersion]);
    const { removals } = patchMeeting(revoked, { allow: ['alice', 'bob'] }, NOW);
    expect(removals).toEqual([{ uid: 'alice', before: NOW, forever: false, invitesBefore: NOW }]);
    expect(patchMeeting(revoked, { title: 'New' }, NOW).removals).toEqual(revoked.removals);
  });

  it('forgets the oldest kick when there are too many, and nobody who was revoked', async () => {
    const removal = (i: number, forever: boolean) => ({ uid: `u${i}`, before: NOW, forever });
    const kicks = Array.from({ length: 1000 }, (_, i) => removal(i, i === 0));
    const { removals } = kickPerson(aMeeting({ removals: kicks }), 'alice', NOW);
    expect([removals.length, removals[0]?.uid, removals[1]?.uid]).toEqual([1000, 'u0', 'u2']);
    const invited = kicks.map((each, i) => ({ ...each, ...(i === 1 && { invitesBefore: NOW }) }));
    expect(kickPerson(aMeeting({ removals: invited }), 'alice', NOW).removals[1]?.uid).toBe('u1');
    const full = aMeeting({ removals: kicks.map(each => ({ ...each, forever: true })) });
    expect(await codeOf(() => kickPerson(full, 'alice', NOW))).toBe('BAD_REQUEST');
  });

  it('leaves the admin room to put out a host who put out everybody', async () => {
    const removals = Array.from({ length: 200 }, (_, i) => ({ uid: `u${i}`, before: NOW, forever: true }));
    const meeting = aMeeting({ removals });
    expect(await codeOf(() => revokePerson(meeting, 'alice', NOW, 'host'))).toBe('BAD_REQUEST');
    expect(revokePerson(meeting, 'u7', NOW, 'host').removals).toHaveLength(200);
    expect(revokePerson(meeting, 'alice', NOW).removals).toHaveLength(201);
    expect(kickPerson(meeting, 'alice', NOW).removals).toHaveLength(201);
  });

  it.each([kickPerson, revokePerson])('takes no nonsense for a uid', async put => {
    expect(await codeOf(() => put(aMeeting(), '*', NOW))).toBe('BAD_REQUEST');
  });
});
