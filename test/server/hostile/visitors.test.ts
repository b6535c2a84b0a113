import { describe, expect, it } from 'vitest';
import { createHostPolicy } from '../../../src/server/hosts.ts';
import { signIdentity, signInvite } from '../../../src/server/tokens.ts';
import { ADMIN_KEY, createMeeting, guest, HOUR, NOON, SECRET, startHarness } from '../harness.ts';
import { listening } from './listening.ts';
import { sendRaw, statusOf } from './raw.ts';

const alice = { uid: 'alice', name: 'Alice', proof: 'claimed' } as const;
const times = { now: NOON, expiresAt: NOON + HOUR };

describe('a site whose name leads to this machine (DNS rebinding)', () => {
  // The browser takes it for the site's own server: no Origin with GET, the site's own with POST.
  it.each([
    'evil.example',
    'evil.example:4680',
    '127.0.0.1.nip.io',
    'localhost.evil.example',
    '0.0.0.0',
    '2130706433.evil',
  ])('reads and writes nothing as %s', async host => {
    const { app } = await startHarness();
    const origin = `http://${host}`;
    for (const url of [
      '/',
      '/api/meetings',
      '/healthz',
      '/metrics',
      '/openapi.json',
      '/meet/x',
      '/meet-shim.js',
    ]) {
      const answer = await app.inject({ url, headers: { host } });
      expect([url, answer.statusCode, answer.json().code]).toEqual([url, 421, 'BAD_HOST']);
      expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    }
    const named = { method: 'POST', url: '/api/identity', payload: { uid: 'alice' } } as const;
    expect((await app.inject({ ...named, headers: { host, origin } })).statusCode).toBe(421);
    expect((await app.inject({ ...named, headers: { host: 'localhost', origin } })).statusCode).toBe(403);
  });

  it('opens no socket either', async () => {
    const { port } = await listening();
    const upgrade =
      'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: x\r\n\r\n';
    const answer = await sendRaw(port, `GET /xmpp-websocket HTTP/1.1\r\nHost: evil.example\r\n${upgrade}`);
    expect(statusOf(answer)).toBe(421);
  });
});

describe('a token in an address', () => {
  it('is nobody’s, in whatever field', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    const token = await guest(harness);
    for (const field of [
      'token',
      'access_token',
      'authorization',
      'Authorization',
      'bearer',
      'apikey',
      'key',
    ]) {
      for (const secret of [token, ADMIN_KEY]) {
        const query = `?${field}=${encodeURIComponent(secret)}`;
        const anonymous = harness.as(undefined);
        expect((await anonymous('POST', `/api/meetings/${sessionId}/authorize${query}`)).status).toBe(401);
        expect((await anonymous('GET', `/api/meetings${query}`)).status).toBe(401);
        expect((await anonymous('GET', `/api/sessions/${sessionId}/events${query}`)).status).toBe(401);
      }
    }
  });

  it('opens no link: its key counts in the body and the header only', async () => {
    const harness = await startHarness();
    const { sessionId, url } = await createMeeting(harness, { strategy: 'stable', id: '1' });
    const key = new URLSearchParams(new URL(url).hash.slice(1)).get('key') ?? '';
    const caller = harness.as(await guest(harness));
    expect((await caller('GET', `/api/meetings/${sessionId}?key=${key}`)).status).toBe(403);
    expect((await caller('POST', `/api/meetings/${sessionId}/authorize?key=${key}`)).status).toBe(403);
    expect((await caller('POST', `/api/meetings/${sessionId}/authorize`, { key })).status).toBe(200);
  });

  it('goes to no other site: no page, error or file lets its address out as a referrer', async () => {
    const { app } = await startHarness();
    for (const url of ['/', '/meet/x?key=secret', '/nowhere?token=secret', '/api/nowhere', '/meet/%zz']) {
      const answer = await app.inject({ url });
      expect(answer.body).not.toContain('secret');
      if (answer.statusCode !== 400) expect(answer.headers['referrer-policy']).toBe('no-referrer');
      expect(answer.headers.location).toBeUndefined();
    }
  });
});

describe('a replayed or foreign token', () => {
  const foreign = 'another secret of enough bytes, 32+';
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { ...alice, kind: 'identity', iss: 'meet', aud: 'meet:identity', exp: 1e11, jti: 'x' };

  it.each([
    ['signed by another server', () => signIdentity({ ...times, identity: alice, secret: foreign })],
    [
      'that has expired',
      () => signIdentity({ ...times, identity: alice, secret: SECRET, expiresAt: NOON - 1000 }),
    ],
    [
      'that is an invite',
      () =>
        signInvite({
          ...times,
          secret: SECRET,
          uid: 'alice',
          name: 'A',
          role: 'host',
          sessionId: 'x',
          accessVersion: 1,
        } as never),
    ],
    ['without a signature', async () => `${encode({ alg: 'none' })}.${encode(claims)}.`],
    [
      'whose header names an empty key',
      async () => `${encode({ alg: 'HS256', jwk: { k: '' } })}.${encode(claims)}.AAAA`,
    ],
    ['with a signature of nothing', async () => `${encode({ alg: 'HS256' })}.${encode(claims)}.`],
    ['that is the admin key', async () => ADMIN_KEY],
    ['that is no token', async () => 'x'.repeat(5000)],
  ])('%s is refused', async (_, make) => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    const caller = harness.as(await make());
    expect((await caller('POST', `/api/meetings/${sessionId}/authorize`)).body.code).toBe('NO_IDENTITY');
    expect((await caller('POST', `/api/meetings/${sessionId}/token`)).body.code).toBe('NO_IDENTITY');
  });

  it('whose claims were changed is refused, and so is one with another header', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    const [header = '', payload = '', signature = ''] = (await guest(harness)).split('.');
    const claimsOf = JSON.parse(Buffer.from(payload, 'base64url').toString());
    for (const forged of [
      `${header}.${encode({ ...claimsOf, uid: 'bob' })}.${signature}`,
      `${header}.${encode({ ...claimsOf, kind: 'admin' })}.${signature}`,
      `${encode({ alg: 'HS512', typ: 'JWT' })}.${payload}.${signature}`,
      `${header}.${payload}.${signature.slice(0, -2)}`,
    ]) {
      const answer = await harness.as(forged)('POST', `/api/meetings/${sessionId}/authorize`);
      expect(answer.body.code).toBe('NO_IDENTITY');
    }
  });

  it('of one meeting opens no other: an invite is for its own', async () => {
    const harness = await startHarness();
    const mine = await createMeeting(harness, { strategy: 'stable', id: '1', allow: ['alice'] });
    const other = await createMeeting(harness, { strategy: 'stable', id: '2', allow: ['alice'] });
    const invited = await harness.as(ADMIN_KEY)('POST', `/api/meetings/${mine.sessionId}/invites`, {
      uid: 'alice',
    });
    const invite = new URLSearchParams(new URL(invited.body.url).hash.slice(1)).get('invite');
    const { token } = (await harness.as(undefined)('POST', '/api/identity', { invite })).body;
    expect((await harness.as(token)('POST', `/api/meetings/${mine.sessionId}/authorize`)).status).toBe(200);
    expect((await harness.as(token)('POST', `/api/meetings/${other.sessionId}/authorize`)).status).toBe(403);
  });
});

describe('tricks in the id of a meeting', () => {
  it.each([
    '%2e%2e%2f%2e%2e%2fetc%2fpasswd',
    '..%5c..%5cwindows',
    '%00',
    'a%00b',
    'a%0d%0aX-Injected:%20yes',
    '%E2%80%AEevil',
    '%F0%9F%A6%8A',
    '%EF%BC%A1',
    'A',
    '%252e%252e%252f',
    '__proto__',
    'constructor',
    'a;b=c',
    'a,b',
    'a'.repeat(200),
  ])('%s is no meeting, and nothing else', async id => {
    const harness = await startHarness();
    const caller = harness.as(await guest(harness));
    for (const [method, url] of [
      ['GET', `/api/meetings/${id}`],
      ['POST', `/api/meetings/${id}/authorize`],
      ['POST', `/api/meetings/${id}/token`],
    ] as const) {
      const answer = await caller(method, url);
      expect([url, answer.status, answer.body.code]).toEqual([url, 404, 'MEETING_NOT_FOUND']);
      expect(answer.headers['x-injected']).toBeUndefined();
    }
    const page = await caller('GET', `/meet/${id}`);
    expect([page.status, page.headers['x-injected']]).toEqual([200, undefined]);
    expect(page.body).toBe((await caller('GET', '/meet/x')).body);
    for (const files of ['/sdk/abc123/', '/assets/']) {
      const answer = await caller('GET', `${files}${id}`);
      expect([400, 403, 404]).toContain(answer.status);
    }
    expect(harness.failures).toEqual([]);
  });

  it.each(['%', '%zz', '%c0%ae%c0%ae', '%ed%a0%80', '%ff'])('%s is no address', async id => {
    const { app, failures } = await startHarness();
    for (const url of [`/api/meetings/${id}`, `/meet/${id}`]) {
      const answer = await app.inject({ url });
      expect([answer.statusCode, answer.json().code]).toEqual([400, 'BAD_REQUEST']);
      expect(answer.headers['content-security-policy']).toBe("default-src 'none'; frame-ancestors 'none'");
    }
    expect(failures).toEqual([]);
  });

  it.each([
    '/sdk/abc123/..%2f.env',
    '/sdk/abc123/.env',
    '/sdk/abc123/%2e%2e/%2e%2e/etc/passwd',
    '/sdk/abc123/%00index.js',
  ])('%s is no file of ours', async url => {
    const { app } = await startHarness();
    const answer = await app.inject({ url });
    expect([400, 403, 404]).toContain(answer.statusCode);
    expect(answer.body).not.toContain('SECRET=1');
  });
});

describe('line breaks in what people type', () => {
  const broken = 'Plan\r\nX-Injected: yes\r\n\r\n<b>\u2028x';

  it('reach no header of an answer', async () => {
    const harness = await startHarness();
    const admin = harness.as(ADMIN_KEY);
    for (const body of [
      { title: broken },
      { strategy: 'stable', id: 'a', prefix: broken },
      { strategy: 'team', id: broken },
    ]) {
      const answer = await admin('POST', '/api/meetings', body);
      expect(answer.status).toBeLessThan(500);
      expect(answer.headers['x-injected']).toBeUndefined();
      if (answer.status < 300) expect(answer.body.title).not.toMatch(/\p{Cc}/u);
    }
    const named = await harness.as(undefined)('POST', '/api/identity', { name: broken });
    expect(named).toMatchObject({ status: 400, body: { code: 'BAD_REQUEST' } });
    const invited = await createMeeting(harness);
    const answer = await admin('POST', `/api/meetings/${invited.sessionId}/invites`, {
      uid: 'a',
      name: broken,
    });
    expect(answer.status).toBe(400);
  });

  it('cannot come in a header, and a redirect leads to our own name only', async () => {
    const { app } = await startHarness({
      tls: { required: true, authority: null },
      baseUrl: 'https://localhost:4680',
      hosts: createHostPolicy({ baseUrl: 'https://localhost:4680', allowed: [], tls: true }),
    });
    for (const url of [
      '//evil.example/',
      '/\\evil.example',
      '/%0d%0aX-Injected:yes',
      '/meet/x?to=https://evil.example',
    ]) {
      const answer = await app.inject({
        url,
        remoteAddress: '192.0.2.1',
        headers: { host: 'localhost:4680' },
      });
      const location = String(answer.headers.location ?? 'https://localhost:4680/');
      expect(new URL(location).origin).toBe('https://localhost:4680');
      expect(answer.headers['x-injected']).toBeUndefined();
    }
  });
});

describe('JSON that reaches for what every object has', () => {
  it.each([
    '{"uid":"alice","__proto__":{"claimedUids":true,"role":"host"}}',
    '{"__proto__":null}',
    '{"constructor":{"prototype":{"role":"host"}}}',
    '{"uid":"alice","constructor":{"prototype":{}}}',
    '{"uid":{"__proto__":{"length":3}}}',
  ])('%s is refused', async payload => {
    const { app, failures } = await startHarness();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${ADMIN_KEY}` };
    for (const url of ['/api/identity', '/api/meetings', '/api/meetings/x/authorize']) {
      const answer = await app.inject({ method: 'POST', url, headers, payload });
      expect(answer.statusCode).toBe(400);
    }
    expect(({} as Record<string, unknown>).role).toBeUndefined();
    expect(failures).toEqual([]);
  });

  it.each([
    ['arrays', '['.repeat(8_000) + ']'.repeat(8_000)],
    ['objects', `${'{"a":'.repeat(2_600)}1${'}'.repeat(2_600)}`],
    ['objects in a field', `{"uid":${'{"a":'.repeat(2_600)}1${'}'.repeat(2_600)}}`],
  ])('%s in each other as deep as 16 KB allow are refused', async (_, payload) => {
    const { app, failures } = await startHarness();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/identity',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect(answer.statusCode).toBe(400);
    expect(failures).toEqual([]);
  });
});

it('no route sets a cookie, or reads one', async () => {
  const routes: [method: string, url: string][] = [];
  const harness = await startHarness();
  for (const line of harness.app.printRoutes({ commonPrefix: false, includeHooks: false }).split('\n')) {
    const [, url, methods] = /(\/[^ ]*|\*) \(([A-Z, ]+)\)/.exec(line) ?? [];
    for (const method of methods?.split(', ') ?? [])
      routes.push([method, (url ?? '/').replaceAll(/:\w+|\*/g, 'x')]);
  }
  const { sessionId } = await createMeeting(harness);
  const token = await guest(harness);
  const all = [
    ...routes,
    ['GET', `/api/meetings/${sessionId}`],
    ['POST', `/api/meetings/${sessionId}/authorize`],
  ] as const;
  expect(all.length).toBeGreaterThan(25);
  for (const [method, url] of all) {
    // As a cookie a page of another site would send them too.
    const cookie = `token=${token}; authorization=Bearer ${ADMIN_KEY}; admin=${ADMIN_KEY}`;
    const answer = await harness.app.inject({
      method: method as 'GET',
      url: `${url}?follow=false`,
      headers: { cookie },
    });
    expect([url, answer.headers['set-cookie']]).toEqual([url, undefined]);
    if (/^\/api\/(meetings$|faults|audit)|authorize|token/.test(url))
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
  }
});

it('every answer says what it is and to whom it belongs', async () => {
  const { app } = await startHarness();
  for (const url of [
    '/',
    '/meet/x',
    '/nowhere',
    '/api/meetings',
    '/healthz',
    '/openapi.json',
    '/sdk/abc123/index.js',
  ]) {
    const { headers } = await app.inject({ url });
    expect([url, headers['content-security-policy']]).toEqual([
      url,
      expect.stringContaining("default-src 'none'"),
    ]);
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'origin-agent-cluster': '?1',
      'referrer-policy': 'no-referrer',
    });
    expect(headers['x-powered-by'] ?? headers.server).toBeUndefined();
  }
});
