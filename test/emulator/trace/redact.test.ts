import { randomBytes, randomUUID } from 'node:crypto';
import { SignJWT } from 'jose';
import { nanoid } from 'nanoid';
import { describe, expect, it } from 'vitest';
import { REDACTED, redact, redactText } from '../../../src/emulator/trace/redact.ts';

describe('a detail', () => {
  it.each([
    'token',
    'authToken',
    'callToken',
    'apiKey',
    'apikey',
    'key',
    'link-key',
    'pwd',
    'password',
    'passwd',
    'secret',
    'authorization',
    'Cookie',
    'ufrag',
    'jwt',
    'auth',
  ])('named %s is redacted, whatever it holds', name => {
    expect(redact({ [name]: 'x' })).toEqual({ [name]: REDACTED });
    expect(redact({ [name]: { inside: 'x' } })).toEqual({ [name]: REDACTED });
  });

  it('is redacted at any depth', () => {
    const text = JSON.stringify(redact({ a: [{ b: { token: 't-secret' } }], c: { pwd: 'p-secret' } }));
    expect(text).not.toContain('secret');
  });

  it('of counts, names and states is left as it is', () => {
    const detail = {
      keyFrames: 3,
      keyframe: true,
      source: 'a1b2c3d4-v0',
      profile: 'AEAD_AES_128_GCM',
      expired: false,
      session: randomUUID(),
      uid: 'guest-k3v9x0a1b2c3d4e5f6g7h',
      route: '/cometchat/v3.0/users/:uid/auth_tokens',
      event: 'onLeaveSessionButtonClicked',
      none: null,
    };
    expect(redact(detail)).toEqual(detail);
  });

  it('keeps no more than a summary has room for', () => {
    const wide = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [`field ${i}`, 'v'.repeat(1_000)]),
    );
    const deep = Array.from({ length: 1_000 }).reduce<Record<string, unknown>>(inner => ({ inner }), {});
    for (const detail of [
      wide,
      deep,
      { list: Array.from({ length: 100_000 }, () => 'x') },
      { text: 'x '.repeat(1e6) },
    ])
      expect(JSON.stringify(redact(detail)).length).toBeLessThan(10_000);
  });

  it('that is no plain value is described, not kept', () => {
    expect(redact({ bytes: Buffer.alloc(20), gone: undefined, infinite: Infinity, when: 10n })).toEqual({
      bytes: '20 bytes',
      infinite: null,
      when: '10',
    });
  });
});

describe('a text', () => {
  const key = randomBytes(32).toString('base64url');

  it.each([
    ['an address', `/xmpp-websocket?room=team&token=${key}`],
    ['a short one in an address', '/colibri-ws/a/b?pwd=short'],
    ['a link', `http://localhost:4680/meet/team-1#key=${key}`],
    ['an attribute', `<transport pwd='${key}'/>`],
    ['SDP', `a=ice-pwd:${key}`],
    ['JSON', `{"authToken":"${key}"}`],
    ['a header', `Authorization: Bearer ${key}`],
    ['itself', key],
    ['hexadecimal', randomBytes(16).toString('hex')],
  ])('loses a key in %s', (_, text) => {
    const clean = redactText(text);
    expect(clean).toContain(REDACTED);
    expect(clean).not.toContain(key);
    expect(clean).not.toContain('short');
  });

  it('loses a JSON Web Token wherever it stands, whole or cut off', async () => {
    const jwt = await new SignJWT({ uid: 'alice' })
      .setProtectedHeader({ alg: 'HS256' })
      .sign(Buffer.alloc(32));
    for (const text of [jwt, `told ${jwt}!`, jwt.slice(0, 30)]) {
      expect(redactText(text)).toContain(REDACTED);
      expect(redactText(text)).not.toContain(jwt.slice(0, 20));
    }
  });

  it('loses keys as they are drawn: of links, of ICE, of the channel', () => {
    const drawn = Array.from({ length: 300 }, () => [
      nanoid(21),
      randomBytes(18).toString('base64url'),
    ]).flat();
    const mixed = drawn.filter(each => /[a-z]/.test(each) && /[A-Z]/.test(each) && /\d/.test(each));
    expect(mixed.length).toBeGreaterThan(300);
    expect(mixed.filter(each => redactText(each) === each)).toEqual([]);
  });

  it.each(['kDXnBqzFsIeAwRTuHpLmV', 'ZrTgYbHnUjMkIoLpQaWsEdRf'])(
    'loses the key %s, which has no digit',
    key => {
      expect(redactText(`at ${key}`)).toBe(`at ${REDACTED}`);
    },
  );

  it.each(['-key', 'token-', 'pwd-', 'a-'])('full of %s, which names nothing, is gone through once', half => {
    const text = half.repeat(1_200 / half.length);
    const begun = performance.now();
    for (let i = 0; i < 1_000; i += 1) redactText(text);
    expect(performance.now() - begun).toBeLessThan(1_000);
    expect(redactText(text)).toBe(text);
  });

  it('keeps ids that are no secret', () => {
    for (const text of [
      randomUUID(),
      'team-acme-web',
      'room-42@conference.localhost:4680/a1b2c3d4',
      'Bob: hello',
    ])
      expect(redactText(text)).toBe(text);
  });
});
