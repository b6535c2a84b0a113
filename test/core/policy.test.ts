import { describe, expect, it } from 'vitest';
import type { Identity, Meeting } from '../../src/core/meeting.ts';
import type { Opening } from '../../src/core/opening.ts';
import { type Decision, decideJoin, decideView, EARLY_MS } from '../../src/core/policy.ts';
import { aGuest, aMeeting, HOUR, NOW } from './fixtures.ts';

const { sessionId, accessVersion } = aMeeting();
const invite = { sessionId, role: 'guest' as const, accessVersion };

const PEOPLE: Record<string, Identity | null> = {
  nobody: null,
  'a guest': aGuest(),
  'a listed name, claimed': aGuest({ uid: 'bob' }),
  'a stranger of the app': aGuest({ proof: 'app' }),
  'bob of the app': aGuest({ uid: 'bob', proof: 'app' }),
  'alice, invited': aGuest({ proof: 'invite', invite }),
  'bob, invited': aGuest({ uid: 'bob', proof: 'invite', invite }),
  'bob, invited as host': aGuest({ uid: 'bob', proof: 'invite', invite: { ...invite, role: 'host' } }),
  'bob, invite withdrawn': aGuest({
    uid: 'bob',
    proof: 'invite',
    invite: { ...invite, accessVersion: accessVersion - 1 },
  }),
  'bob, invited elsewhere': aGuest({
    uid: 'bob',
    proof: 'invite',
    invite: { ...invite, sessionId: 'room-43', role: 'host' },
  }),
  'bob, claiming an invite': aGuest({ uid: 'bob', proof: 'claimed', invite: { ...invite, role: 'host' } }),
};

const DOORS: Record<string, { access: Partial<Meeting>; key: string | undefined }> = {
  'link, no key': { access: {}, key: undefined },
  'link, wrong key': { access: {}, key: 'the-wrong-key' },
  'link, right key': { access: {}, key: 'the-right-key' },
  'link of a uuid': { access: { key: null }, key: undefined },
  allow: { access: { access: 'allow', allow: ['bob', 'carol'] }, key: 'the-right-key' },
  public: { access: { access: 'public' }, key: undefined },
};

// One column per door, in the order above; `-` NOT_ALLOWED, `g` guest, `h` host, `?` NO_IDENTITY.
const TABLE: Record<string, string> = {
  nobody: '? ? ? ? ? ?',
  'a guest': '- - g g - g',
  'a listed name, claimed': '- - g g - g',
  'a stranger of the app': '- - g g - g',
  'bob of the app': '- - g g g g',
  'alice, invited': 'g g g g - g',
  'bob, invited': 'g g g g g g',
  'bob, invited as host': 'h h h h h h',
  'bob, invite withdrawn': '- - g g - g',
  'bob, invited elsewhere': '- - g g - g',
  'bob, claiming an invite': '- - g g - g',
};

const STATES: Record<string, { change: Partial<Meeting> | null; outcome: (open: string) => string }> = {
  open: { change: {}, outcome: open => open },
  'not yet open': {
    change: { startsAt: NOW + EARLY_MS + 1 },
    outcome: open => (open === 'guest' || open === 'host' ? 'MEETING_NOT_STARTED' : open),
  },
  'open early': { change: { startsAt: NOW + EARLY_MS }, outcome: open => open },
  started: { change: { startsAt: NOW - HOUR }, outcome: open => open },
  'about to expire': { change: { expiresAt: NOW + 1 }, outcome: open => open },
  expired: {
    change: { expiresAt: NOW },
    outcome: open => (open === 'NO_IDENTITY' ? open : 'MEETING_EXPIRED'),
  },
  ended: { change: { endedAt: NOW }, outcome: open => (open === 'NO_IDENTITY' ? open : 'MEETING_ENDED') },
  'ended and expired': {
    change: { endedAt: NOW, expiresAt: NOW },
    outcome: open => (open === 'NO_IDENTITY' ? open : 'MEETING_ENDED'),
  },
  unknown: { change: null, outcome: open => (open === 'NO_IDENTITY' ? open : 'MEETING_NOT_FOUND') },
};

const SIGNS: Record<string, string> = { '-': 'NOT_ALLOWED', g: 'guest', h: 'host', '?': 'NO_IDENTITY' };
const outcomeOf = (decision: Decision) => (decision.ok ? decision.role : decision.code);

const cases = Object.entries(STATES).flatMap(([state, { change, outcome }]) =>
  Object.entries(TABLE).flatMap(([who, row]) =>
    row.split(' ').map((sign, i) => {
      const [name, door] = Object.entries(DOORS)[i] ?? [];
      if (!name || !door) throw new Error(`no door ${i}`);
      const meeting = change && aMeeting({ ...door.access, ...change });
      const visit = { meeting, identity: PEOPLE[who] ?? null, key: door.key, now: NOW };
      return { state, who, door: name, visit, expected: outcome(SIGNS[sign] ?? sign) };
    }),
  ),
);

describe('joining', () => {
  it('has a case for every person, door and state', () => {
    expect(cases).toHaveLength(11 * 6 * 9);
    expect(Object.keys(TABLE)).toEqual(Object.keys(PEOPLE));
  });

  it.each(cases)('a meeting that is $state by $door as $who: $expected', ({ visit, expected }) => {
    expect(outcomeOf(decideJoin(visit))).toBe(expected);
  });

  it('lasts until the meeting expires', () => {
    const visit = { meeting: aMeeting(), identity: aGuest(), key: 'the-right-key', now: NOW };
    expect(decideJoin(visit)).toEqual({ ok: true, role: 'guest', expiresAt: aMeeting().expiresAt });
  });

  it.each([
    ['a key that is a prefix', 'the-right'],
    ['a key with more behind it', 'the-right-key-'],
    ['an empty key', ''],
    ['a key in other letters', 'THE-RIGHT-KEY'],
  ])('is refused with %s', (_, key) => {
    expect(outcomeOf(decideJoin({ meeting: aMeeting(), identity: aGuest(), key, now: NOW }))).toBe(
      'NOT_ALLOWED',
    );
  });
});

describe('joining a meeting with hours', () => {
  const door = { key: null, hours: 'Mon-Fri 14:00-16:00', zone: 'Europe/Berlin' };
  const decide = (opening: Opening, change: Partial<Meeting> = {}, identity = aGuest()) =>
    decideJoin({ meeting: aMeeting({ ...door, ...change }), identity, key: undefined, now: NOW, opening });

  it('lasts until they end', () => {
    expect(decide({ open: true, until: NOW + HOUR })).toEqual({
      ok: true,
      role: 'guest',
      expiresAt: NOW + HOUR,
    });
  });

  it('is refused outside of them, with the next opening', () => {
    expect(decide({ open: false, opensAt: NOW + HOUR })).toMatchObject({
      code: 'MEETING_NOT_STARTED',
      message:
        'This meeting is open Mon-Fri 14:00-16:00 (Europe/Berlin) only; you can join from 2026-11-20T16:00:00.000Z.',
      detail: { opensAt: '2026-11-20T16:00:00.000Z', hours: door.hours, zone: door.zone },
    });
  });

  it('is refused for good when none are left', () => {
    expect(decide({ open: false, opensAt: null })).toMatchObject({
      code: 'MEETING_EXPIRED',
      detail: { expiresAt: '2026-11-21T15:00:00.000Z' },
    });
  });

  it('is for listed people in them only, and for nobody else at any time', () => {
    const listed = { access: 'allow', allow: ['bob'] } as const;
    const bob = aGuest({ uid: 'bob', proof: 'invite', invite });
    expect(outcomeOf(decide({ open: true, until: NOW + 1 }, listed, bob))).toBe('guest');
    expect(outcomeOf(decide({ open: false, opensAt: NOW + 1 }, listed, bob))).toBe('MEETING_NOT_STARTED');
    expect(outcomeOf(decide({ open: true, until: NOW + 1 }, listed))).toBe('NOT_ALLOWED');
    expect(outcomeOf(decide({ open: false, opensAt: NOW + 1 }, listed))).toBe('NOT_ALLOWED');
  });

  it('counts them alone, not the ten minutes before a start', () => {
    const soon = { startsAt: NOW + EARLY_MS };
    expect(outcomeOf(decide({ open: false, opensAt: NOW + EARLY_MS }, soon))).toBe('MEETING_NOT_STARTED');
  });

  it('is never decided without having looked at them', () => {
    const visit = { meeting: aMeeting(door), identity: aGuest(), key: undefined, now: NOW };
    expect(() => decideJoin(visit)).toThrow('hours that nobody looked at');
  });
});

describe('a refusal', () => {
  const refusal = (change: Partial<Meeting>, identity = aGuest()) =>
    decideJoin({ meeting: aMeeting(change), identity, key: undefined, now: NOW });

  it('tells a guest of a meeting for listed people to ask for an invite', () => {
    expect(refusal({ access: 'allow', allow: ['alice'] })).toMatchObject({
      message: expect.stringContaining('ask the host for an invite'),
    });
  });

  it('tells when the door opens', () => {
    const startsAt = NOW + HOUR;
    expect(refusal({ key: null, startsAt })).toMatchObject({
      code: 'MEETING_NOT_STARTED',
      detail: { startsAt: '2026-11-20T16:00:00.000Z', opensAt: '2026-11-20T15:50:00.000Z' },
    });
  });

  it('tells when the meeting expired', () => {
    expect(refusal({ expiresAt: NOW - HOUR })).toMatchObject({
      detail: { expiresAt: '2026-11-20T14:00:00.000Z' },
    });
  });

  it('never carries the key', () => {
    for (const { visit } of cases) expect(JSON.stringify(decideJoin(visit))).not.toContain('the-right-key');
  });
});

describe('reading the facts of a meeting', () => {
  it.each(cases)(
    'that is $state by $door as $who is allowed as joining is, but for who and when',
    ({ visit, who, state }) => {
      const joining = outcomeOf(decideJoin(visit));
      if (who === 'nobody') {
        const guest = outcomeOf(decideView({ ...visit, identity: aGuest() }));
        expect(outcomeOf(decideView(visit))).toBe(guest);
      } else if (state === 'not yet open') {
        const open = { ...visit, meeting: visit.meeting && { ...visit.meeting, startsAt: null } };
        expect(outcomeOf(decideView(visit))).toBe(outcomeOf(decideJoin(open)));
      } else {
        expect(outcomeOf(decideView(visit))).toBe(joining);
      }
    },
  );
});
