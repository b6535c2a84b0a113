import { describe, expect, it } from 'vitest';
import { describeMeeting } from '../../src/core/facts.ts';
import { inviteUrl, meetingUrl, parseLink } from '../../src/core/links.ts';
import { aMeeting, codeOf, NOW } from './fixtures.ts';

const BASE = 'http://localhost:4680';

describe('a link', () => {
  it.each([
    ['has the key after the #', {}, `${BASE}/meet/room-42#key=the-right-key`],
    ['has no key where the id is secret', { key: null }, `${BASE}/meet/room-42`],
    ['has no key for listed people', { access: 'allow', allow: ['bob'] } as const, `${BASE}/meet/room-42`],
    ['has no key where all may join', { access: 'public' } as const, `${BASE}/meet/room-42`],
  ])('%s', (_, change, url) => {
    expect(meetingUrl(BASE, aMeeting(change))).toBe(url);
  });

  it('keeps the path of its base, with or without a slash at the end', () => {
    expect(meetingUrl('https://example.com/app//', aMeeting({ key: null }))).toBe(
      'https://example.com/app/meet/room-42',
    );
  });

  it('with an invite has it after the #', () => {
    expect(inviteUrl(BASE, 'room-42', 'a.b.c')).toBe(`${BASE}/meet/room-42#invite=a.b.c`);
  });

  it.each([
    ['room-42', { sessionId: 'room-42' }],
    [` ${BASE}/meet/room-42 `, { sessionId: 'room-42' }],
    [`${BASE}/meet/room-42/#key=k`, { sessionId: 'room-42', key: 'k' }],
    ['https://example.com/app/meet/room-42?x=1#invite=a.b.c', { sessionId: 'room-42', invite: 'a.b.c' }],
    [meetingUrl(BASE, aMeeting()), { sessionId: 'room-42', key: 'the-right-key' }],
  ])('is read from %j', (text, expected) => {
    expect(parseLink(text)).toEqual(expected);
  });

  it.each([
    '',
    'Room-42',
    'room 42',
    `${BASE}/room-42`,
    `${BASE}/meet/`,
    `${BASE}/meet/a/b`,
    `${BASE}/meet/A`,
    '/meet/a',
  ])('is not read from %j', async text => {
    expect(await codeOf(() => parseLink(text))).toBe('BAD_ID');
  });
});

describe('the facts of a meeting', () => {
  it('have ISO 8601 times, and a link', () => {
    expect(describeMeeting(aMeeting({ startsAt: NOW }), BASE)).toEqual({
      sessionId: 'room-42',
      url: `${BASE}/meet/room-42#key=the-right-key`,
      title: 'room 42',
      strategy: 'stable',
      access: 'link',
      startsAt: '2026-11-20T15:00:00.000Z',
      expiresAt: '2026-11-21T15:00:00.000Z',
      hours: null,
      zone: null,
      broadcast: false,
      revision: 0,
    });
  });

  it('have no start where there is none', () => {
    expect(describeMeeting(aMeeting(), BASE).startsAt).toBeNull();
  });
});
