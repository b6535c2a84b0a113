import { describe, expect, it } from 'vitest';
import type { RateLimits } from '../../src/server/rate-limits.ts';
import { DEFAULT_LIMITS } from '../../src/server/rate-limits.ts';
import { ADMIN_KEY, createMeeting, guest, type Harness, startHarness } from './harness.ts';

const CLASS = 30;

const keyOf = (url: string) => new URLSearchParams(new URL(url).hash.slice(1)).get('key') ?? '';

async function meetingWith(limits?: RateLimits) {
  const harness = await startHarness(limits && { rateLimits: limits }, true);
  const { sessionId, url } = await createMeeting(harness, { strategy: 'stable', id: '1', prefix: 'room' });
  return { harness, sessionId, key: keyOf(url) };
}

async function authorize(
  { app }: Harness,
  sessionId: string,
  token: string,
  key: string,
  from = '192.0.2.1',
) {
  const response = await app.inject({
    method: 'POST',
    url: `/api/meetings/${sessionId}/authorize`,
    remoteAddress: from,
    headers: { authorization: `Bearer ${token}` },
    payload: { key },
  });
  return response.statusCode;
}

it('a class behind one address gets in, all in one minute, and comes back twice', async () => {
  const { harness, sessionId, key } = await meetingWith();
  const from = { remoteAddress: '192.0.2.1' };
  for (let pupil = 0; pupil < CLASS; pupil += 1) {
    const named = { method: 'POST', url: '/api/identity', payload: { uid: `pupil-${pupil}` } } as const;
    for (const _ of [1, 2, 3]) {
      const { token } = (await harness.app.inject({ ...named, ...from })).json();
      const headers = { authorization: `Bearer ${token}`, 'meet-key': key };
      const facts = { url: `/api/meetings/${sessionId}`, headers };
      expect((await harness.app.inject({ ...facts, ...from })).statusCode).toBe(200);
      expect(await authorize(harness, sessionId, token, key)).toBe(200);
      const asked = { method: 'POST', url: `/api/meetings/${sessionId}/token`, headers } as const;
      expect((await harness.app.inject({ ...asked, ...from })).statusCode).toBe(200);
    }
  }
});

describe('beside its address', () => {
  it('an identity is limited, from however many addresses it asks', async () => {
    const { harness, sessionId, key } = await meetingWith({ visits: 10, api: 1000 });
    const [alice, bob] = [await guest(harness), await guest(harness, 'bob')];
    const statuses = [];
    for (let count = 0; count < 21; count += 1)
      statuses.push(await authorize(harness, sessionId, alice, key, `192.0.2.${count}`));
    expect(statuses).toEqual([...Array(20).fill(200), 429]);
    expect(await authorize(harness, sessionId, bob, key)).toBe(200);
  });

  it('an invite is one identity, however often it is swapped for a token', async () => {
    const { harness, sessionId, key } = await meetingWith({ visits: 10, api: 1000 });
    const invite = async (uid: string) =>
      (await harness.as(ADMIN_KEY)('POST', `/api/meetings/${sessionId}/invites`, { uid })).body.url.split(
        '=',
      )[1];
    const enter = async (shown: string, count: number) => {
      const from = { remoteAddress: `192.0.2.${count}` };
      const named = { method: 'POST', url: '/api/identity', payload: { invite: shown }, ...from } as const;
      const { token } = (await harness.app.inject(named)).json();
      return authorize(harness, sessionId, token, key, from.remoteAddress);
    };
    const shown = await invite('alice');
    const statuses = [];
    for (let count = 0; count < 21; count += 1) statuses.push(await enter(shown, count));
    expect(statuses).toEqual([...Array(20).fill(200), 429]);
    expect(await enter(await invite('Alice'), 30)).toBe(429);
    expect(await enter(await invite('bob'), 31)).toBe(200);
  });

  it('a meeting is limited, whoever asks from wherever', async () => {
    const { harness, sessionId, key } = await meetingWith({ visits: 2, api: 1000 });
    const other = await createMeeting(harness);
    const ask = async (count: number, id: string) => {
      const from = `198.51.100.${count}`;
      const named = { method: 'POST', url: '/api/identity', remoteAddress: from, payload: {} } as const;
      return authorize(harness, id, (await harness.app.inject(named)).json().token, key, from);
    };
    for (let count = 0; count < 20; count += 1) expect(await ask(count, sessionId)).toBe(200);
    expect(await ask(20, sessionId)).toBe(429);
    expect(await ask(21, other.sessionId)).toBe(200);
  });

  it('strangers, by whatever names from wherever, keep nobody out who has the key', async () => {
    const { harness, sessionId, key } = await meetingWith({ visits: 2, api: 1000 });
    const alice = await guest(harness);
    for (let count = 0; count < 45; count += 1) {
      const from = `198.51.100.${count}`;
      const named = { method: 'POST', url: '/api/identity', remoteAddress: from, payload: {} } as const;
      const { token } = (await harness.app.inject(named)).json();
      expect(await authorize(harness, sessionId, token, 'guess', from)).toBe(403);
      const facts = { url: `/api/meetings/${sessionId}`, remoteAddress: from };
      expect((await harness.app.inject(facts)).statusCode).toBe(403);
    }
    expect(await authorize(harness, sessionId, alice, key)).toBe(200);
    const facts = { url: `/api/meetings/${sessionId}`, headers: { 'meet-key': key } };
    expect((await harness.app.inject(facts)).statusCode).toBe(200);
  });

  it('addresses of one IPv6 network are one', async () => {
    const { app } = await startHarness({ rateLimits: { visits: 2, api: 100 } });
    const from = async (remoteAddress: string) =>
      (await app.inject({ method: 'POST', url: '/api/identity', payload: {}, remoteAddress })).statusCode;
    const statuses = [];
    for (const host of ['1', '2', 'ffff:ffff:ffff:ffff'])
      statuses.push(await from(`2001:db8::${host}`.replace('::ffff', ':0:0:ffff')));
    expect(statuses).toEqual([200, 200, 429]);
    expect(await from('2001:db8:0:1::1')).toBe(200);
  });
});

describe('whoever guesses the key of a link', () => {
  const guessed = async (from: (count: number) => string) => {
    const { harness, sessionId, key } = await meetingWith(DEFAULT_LIMITS);
    const statuses: number[] = [];
    for (let count = 0; count < CLASS; count += 1) {
      const token = await guest(harness, `guest-${count}`);
      statuses.push(await authorize(harness, sessionId, token, `wrong-${count}`, from(count)));
    }
    return { harness, sessionId, key, statuses, alice: await guest(harness) };
  };

  it('is not told any more, not even of the right one, by whatever name and way', async () => {
    const { harness, sessionId, key, statuses, alice } = await guessed(() => '192.0.2.1');
    expect(new Set(statuses)).toEqual(new Set([403]));
    expect(await authorize(harness, sessionId, alice, key)).toBe(429);
    const facts = { url: `/api/meetings/${sessionId}`, headers: { 'meet-key': key } };
    expect((await harness.app.inject({ ...facts, remoteAddress: '192.0.2.1' })).statusCode).toBe(429);
    const other = await createMeeting(harness, { strategy: 'stable', id: '2', prefix: 'room' });
    expect(await authorize(harness, other.sessionId, alice, keyOf(other.url))).toBe(200);
  });

  it('keeps nobody out who is elsewhere', async () => {
    const { harness, sessionId, key, alice } = await guessed(() => '192.0.2.1');
    expect(await authorize(harness, sessionId, alice, key, '192.0.2.2')).toBe(200);
  });

  it('is no member of a class with an old link, where each tries once', async () => {
    const { statuses } = await guessed(() => '192.0.2.1');
    expect(statuses).toEqual(Array(CLASS).fill(403));
  });
});
