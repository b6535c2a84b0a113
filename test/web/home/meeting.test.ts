import { describe, expect, it } from 'vitest';
import { filterMeetings, type Meeting, stateOf } from '../../../web/home/meeting.ts';
import { targetOf } from '../../../web/home/meeting-link.ts';
import { sayAccess, sayTimes } from '../../../web/home/meeting-words.ts';

const NOW = new Date(2026, 10, 20, 12).getTime();
const HOUR = 3_600_000;
const iso = (hours: number) => new Date(NOW + hours * HOUR).toISOString();

const meeting = (changes: Partial<Meeting> = {}): Meeting => ({
  sessionId: 'team-core',
  url: 'http://localhost/meet/team-core#key=k',
  title: 'Core team',
  strategy: 'team',
  access: 'link',
  allow: [],
  startsAt: null,
  expiresAt: iso(2),
  endedAt: null,
  opensAt: null,
  hours: null,
  zone: null,
  broadcast: false,
  revision: 1,
  people: 0,
  ...changes,
});

describe('a meeting in the list', () => {
  it.each<[string, Partial<Meeting>, string]>([
    ['open', {}, 'Open until today at 14:00'],
    ['early', { opensAt: iso(1) }, 'Opens today at 13:00, in 1 hour · Open until today at 14:00'],
    [
      'early',
      { startsAt: iso(1), opensAt: iso(0.9) },
      'Starts today at 13:00, in 1 hour · Open until today at 14:00',
    ],
    [
      'open',
      { hours: 'Fri 9:00-17:00', zone: 'Europe/Berlin' },
      'Fri 9:00-17:00 (Europe/Berlin) · Open until today at 14:00',
    ],
    ['expired', { expiresAt: iso(0) }, 'Expired today at 12:00'],
    ['ended', { endedAt: iso(-1), opensAt: iso(1), expiresAt: iso(-0.5) }, 'Ended today at 11:00'],
    // The list is a few seconds old: the door has opened since.
    ['open', { opensAt: iso(-0.001) }, 'Open until today at 14:00'],
  ])('is %s, in words: %j', (state, changes, words) => {
    expect(stateOf(meeting(changes), NOW)).toBe(state);
    expect(sayTimes(meeting(changes), NOW, 'en-GB')).toBe(words);
  });

  it.each<[Partial<Meeting>, string]>([
    [{}, 'Whoever has the link'],
    [{ access: 'public', broadcast: true }, 'Broadcast · Whoever knows the id'],
    [{ access: 'allow', allow: ['alice', 'bob'] }, 'Only alice, bob, by invite'],
    [{ access: 'allow', allow: [...'abcde'] }, 'Only a, b, c and 2 more, by invite'],
  ])('of %j tells who may join: %s', (changes, words) => {
    expect(sayAccess(meeting(changes))).toBe(words);
  });
});

describe('the search', () => {
  const all = [
    meeting({ sessionId: 'old', title: 'Old', endedAt: iso(-1) }),
    meeting(),
    meeting({ sessionId: 'room-42', title: 'Salle été', access: 'allow', allow: ['alice'] }),
    meeting({ sessionId: 'late', title: 'Late', opensAt: iso(1) }),
  ];

  it.each([
    ['', 'all', ['team-core', 'room-42', 'late', 'old']],
    ['CORE', 'all', ['team-core']],
    ['team core', 'all', ['team-core']],
    ['ÉTÉ', 'all', ['room-42']],
    ['alice', 'all', ['room-42']],
    ['', 'ended', ['old']],
    ['', 'early', ['late']],
    ['core', 'ended', []],
  ] as const)('for %j among %s finds %j', (text, state, ids) => {
    expect(filterMeetings(all, { text, state }, NOW).map(({ sessionId }) => sessionId)).toEqual(ids);
  });
});

describe('what somebody pastes', () => {
  it.each([
    ['team-core', '/meet/team-core'],
    ['  Team-Core ', '/meet/team-core'],
    ['http://localhost:4680/meet/team-core#key=abc', 'http://localhost:4680/meet/team-core#key=abc'],
    [
      'https://meet.example.com/meet/x?as=bob#invite=a.b.c',
      'https://meet.example.com/meet/x?as=bob#invite=a.b.c',
    ],
    ['https://meet.example.com/', null],
    ['https://meet.example.com/elsewhere/x', null],
    ['javascript:/meet/team-core', null],
    ['team core', null],
    ['', null],
  ])('as %j leads to %j', (text, target) => {
    expect(targetOf(text)).toBe(target);
  });
});
