import { describe, expect, it } from 'vitest';
import type { Meeting, Removal } from '../../src/core/meeting.ts';
import { patchMeeting } from '../../src/core/meeting-plan.ts';
import { IDENTITY_MS, isRemoved, kickPerson, readmit, revokePerson } from '../../src/core/removal.ts';
import { aGuest, aMeeting, codeOf, NOW } from './fixtures.ts';

const { accessVersion } = aMeeting();

const MEETINGS: Record<string, Meeting> = {
  kicked: kickPerson(aMeeting(), 'alice', NOW),
  revoked: revokePerson(aMeeting(), 'alice', NOW),
  readmitted: readmit(revokePerson(aMeeting(), 'alice', NOW), ['alice']),
  'revoked, then kicked': kickPerson(revokePerson(aMeeting(), 'alice', NOW - 9), 'alice', NOW),
  'kicked twice': kickPerson(kickPerson(aMeeting(), 'alice', NOW - 9), 'alice', NOW),
  'somebody else was kicked': kickPerson(aMeeting(), 'bob', NOW),
};

// Columns: what was issued before, at that moment, after. `-`: removed.
const TABLE: Record<string, string> = {
  kicked: '- - +',
  revoked: '- - -',
  readmitted: '- - +',
  'revoked, then kicked': '- - -',
  'kicked twice': '- - +',
  'somebody else was kicked': '+ + +',
};

const PEOPLE: readonly (readonly [string, number])[] = [
  ['before', NOW - 1],
  ['at that moment', NOW],
  ['after', NOW + 1],
];

const cases = Object.entries(TABLE).flatMap(([how, row]) =>
  row.split(' ').map((sign, i) => {
    const [when, issuedAt] = PEOPLE[i] ?? ['never', 0];
    return { how, when, issuedAt, removed: sign === '-' };
  }),
);

describe('putting people out', () => {
  it.each(cases)('$how, with a token of $when: removed is $removed', ({ how, issuedAt, removed }) => {
    expect(isRemoved(MEETINGS[how] ?? aMeeting(), aGuest(), issuedAt)).toBe(removed);
    // CometChat folds uids.
    expect(isRemoved(MEETINGS[how] ?? aMeeting(), aGuest({ uid: 'ALICE' }), issuedAt)).toBe(removed);
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

  describe('when there are too many', () => {
    const LONG_AGO = NOW - IDENTITY_MS - 1;
    const kicks = (count: number, more: Partial<Removal> = {}) =>
      Array.from({ length: count }, (_, i) => ({
        uid: `${more.by ?? 'u'}${i}`,
        before: LONG_AGO,
        forever: false,
        ...more,
      }));
    const uidsAfter = ({ removals }: Meeting) => removals.map(({ uid }) => uid);

    it('forgets the oldest kick, and nobody who was revoked', async () => {
      const [first, second, ...others] = kicks(1000);
      const removals = [
        { ...first, forever: true } as Removal,
        { ...second, invitesBefore: NOW } as Removal,
        ...others,
      ];
      const after = kickPerson(aMeeting({ removals }), 'alice', NOW);
      expect(uidsAfter(after)).toEqual(['u0', 'u1', ...uidsAfter(aMeeting({ removals })).slice(3), 'alice']);
      const full = aMeeting({ removals: kicks(1000, { forever: true }) });
      expect(await codeOf(() => kickPerson(full, 'alice', NOW))).toBe('BAD_REQUEST');
      expect(uidsAfter(kickPerson(full, 'u7', NOW))).toHaveLength(1000);
    });

    it('forgets none whose identity token may be alive: the new one is refused', async () => {
      const removals = kicks(1000, { before: NOW - IDENTITY_MS });
      expect(await codeOf(() => kickPerson(aMeeting({ removals }), 'alice', NOW))).toBe('BAD_REQUEST');
      expect(await codeOf(() => revokePerson(aMeeting({ removals }), 'alice', NOW))).toBe('BAD_REQUEST');
      expect(uidsAfter(kickPerson(aMeeting({ removals }), 'u7', NOW))).toHaveLength(1000);
    });

    it('forgets for a host only what hosts did, who have 200', async () => {
      const admins = kicks(5);
      const removals = [...admins, ...kicks(200, { by: 'host' })];
      const after = kickPerson(aMeeting({ removals }), 'alice', NOW, 'host');
      expect(uidsAfter(after).slice(0, 7)).toEqual(['u0', 'u1', 'u2', 'u3', 'u4', 'host1', 'host2']);
      expect(after.removals).toHaveLength(205);
      expect(kickPerson(aMeeting({ removals }), 'alice', NOW).removals).toHaveLength(206);
      const young = [...admins, ...kicks(200, { by: 'host', before: NOW - 1 })];
      expect(await codeOf(() => kickPerson(aMeeting({ removals: young }), 'alice', NOW, 'host'))).toBe(
        'BAD_REQUEST',
      );
      const full = aMeeting({ removals: kicks(1000) });
      expect(await codeOf(() => kickPerson(full, 'alice', NOW, 'host'))).toBe('BAD_REQUEST');
    });

    it("keeps whom the admin kicked the admin's, also when a host kicks them again", () => {
      const byAdmin = kickPerson(aMeeting(), 'alice', NOW - 9);
      expect(kickPerson(byAdmin, 'alice', NOW, 'host').removals).toEqual([
        { uid: 'alice', before: NOW, forever: false },
      ]);
      const byHost = kickPerson(aMeeting(), 'alice', NOW - 9, 'host');
      expect(byHost.removals).toEqual([{ uid: 'alice', before: NOW - 9, forever: false, by: 'host' }]);
      expect(kickPerson(byHost, 'alice', NOW, 'host').removals).toMatchObject([{ by: 'host' }]);
      expect(kickPerson(byHost, 'alice', NOW).removals).toEqual([
        { uid: 'alice', before: NOW, forever: false },
      ]);
    });
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
