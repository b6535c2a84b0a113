import { describe, expect, it } from 'vitest';
import { createHostPolicy } from '../../src/server/hosts.ts';
import { ADMIN_KEY, createMeeting, guest, startHarness } from './harness.ts';

describe('the Host check', () => {
  it.each([
    'localhost',
    'localhost:4680',
    'LOCALHOST:1',
    'team.localhost:4680',
    '127.0.0.1:4680',
    '[::1]:4680',
    'meet.example.com',
    'box.local:80',
    '[fd00::1]:4680',
  ])('lets %s in', host => {
    const policy = createHostPolicy({
      baseUrl: 'https://meet.example.com',
      allowed: ['box.local', 'fd00::1'],
    });
    expect(() => policy.checkHost({ host })).not.toThrow();
  });

  it.each([
    'evil.example',
    'localhost.evil.example',
    'evillocalhost',
    '127.0.0.1.evil.example',
    '192.168.0.7:4680',
    'evil.example@localhost',
    'localhost/evil.example',
    '',
    undefined,
  ])('answers %s with BAD_HOST', host => {
    const policy = createHostPolicy({ baseUrl: 'https://meet.example.com', allowed: [] });
    expect(() => policy.checkHost({ host })).toThrow(expect.objectContaining({ code: 'BAD_HOST' }));
  });

  it.each(['/', '/healthz', '/api/meetings', '/nowhere', '/metrics'])('guards %s with 421', async url => {
    const { as } = await startHarness();
    expect(await as(undefined)('GET', url, undefined, { host: 'evil.example' })).toMatchObject({
      status: 421,
      body: { code: 'BAD_HOST' },
    });
  });
});

describe('the Origin check', () => {
  it.each(['http://localhost:80', 'http://localhost'])('lets the own origin %s in', async origin => {
    const { as } = await startHarness();
    const answer = await as(undefined)(
      'POST',
      '/api/identity',
      { uid: 'alice' },
      { host: 'localhost:80', origin },
    );
    expect(answer.status).toBe(origin === 'http://localhost' ? 200 : 403);
  });

  it.each(['https://evil.example', 'http://localhost:4681', 'http://127.0.0.1:4680', 'null'])(
    'answers 403 to the page of %s',
    async origin => {
      const { as } = await startHarness();
      const headers = { host: 'localhost:4680', origin };
      expect(await as(undefined)('POST', '/api/identity', { uid: 'alice' }, headers)).toMatchObject({
        status: 403,
        body: { code: 'BAD_ORIGIN' },
      });
    },
  );

  it('knows its own origin behind a proxy that ends TLS', async () => {
    const { as } = await startHarness({ baseUrl: 'https://meet.example.com' });
    const headers = { host: 'meet.example.com', origin: 'https://meet.example.com' };
    expect((await as(undefined)('POST', '/api/identity', { uid: 'alice' }, headers)).status).toBe(200);
  });
});

describe('the Origin check behind TLS', () => {
  const policy = createHostPolicy({
    baseUrl: 'https://a.example',
    allowed: ['b.example'],
    direct: () => ['192.168.0.7'],
  });

  it.each([
    ['a.example', 'https://a.example'],
    ['A.example:443', 'https://a.example'],
    ['b.example', 'https://b.example'],
    ['b.example:443', 'https://b.example'],
    ['b.example:8443', 'https://b.example:8443'],
    // Past the proxy.
    ['b.example:80', 'http://b.example'],
    ['localhost:4680', 'http://localhost:4680'],
    ['192.168.0.7:4680', 'http://192.168.0.7:4680'],
  ])('lets %s in from %s, and takes that for its own', (host, origin) => {
    expect(() => policy.checkHost({ host })).not.toThrow();
    expect(() => policy.checkOrigin({ host, origin })).not.toThrow();
    expect(policy.originOf({ host, origin })).toBe(origin);
  });

  it.each([
    ['a.example', 'http://a.example'],
    ['a.example', 'https://b.example'],
    ['b.example', 'https://a.example'],
    ['b.example:8443', 'https://b.example'],
    ['localhost:4680', 'https://localhost:4680'],
    ['192.168.0.7:4680', 'https://192.168.0.7:4680'],
  ])('refuses %s from %s', (host, origin) => {
    expect(() => policy.checkOrigin({ host, origin })).toThrow(
      expect.objectContaining({ code: 'BAD_ORIGIN' }),
    );
  });

  it.each([
    ['b.example', 'https://b.example'],
    ['192.168.0.7:4680', 'http://192.168.0.7:4680'],
  ])('takes %s without an Origin for %s', (host, origin) => {
    expect(policy.originOf({ host })).toBe(origin);
  });
});

describe('the Origin check with TLS of our own', () => {
  const policy = createHostPolicy({ baseUrl: 'http://localhost:4680', allowed: [], tls: true });
  const host = 'localhost:4680';

  it.each(['http://localhost:4680', 'https://localhost:4680'])('takes %s for its own', origin => {
    expect(() => policy.checkOrigin({ host, origin })).not.toThrow();
  });

  it.each(['https://localhost', 'https://127.0.0.1:4680', 'https://localhost:4681'])('refuses %s', origin => {
    expect(() => policy.checkOrigin({ host, origin })).toThrow(
      expect.objectContaining({ code: 'BAD_ORIGIN' }),
    );
  });

  it('knows where the browser sees it, with an Origin and without', () => {
    expect(policy.originOf({ host }, true)).toBe('https://localhost:4680');
    expect(policy.originOf({ host, origin: 'https://localhost:4680' }, true)).toBe('https://localhost:4680');
    expect(policy.originOf({ host }, false)).toBe('http://localhost:4680');
  });

  it('has no https without TLS', () => {
    const plain = createHostPolicy({ baseUrl: 'http://localhost:4680', allowed: [] });
    expect(() => plain.checkOrigin({ host, origin: 'https://localhost:4680' })).toThrow();
  });
});

describe('bodies', () => {
  it('answers 413 to more than 16 KB', async () => {
    const { as } = await startHarness();
    expect(await as(undefined)('POST', '/api/identity', { name: 'a'.repeat(17_000) })).toMatchObject({
      status: 413,
      body: { code: 'BODY_TOO_LARGE' },
    });
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'nonsense'])(
    'answers 415 to %s, which a form of another site could send',
    async type => {
      const { app } = await startHarness();
      const response = await app.inject({
        method: 'POST',
        url: '/api/identity',
        headers: { 'content-type': type },
        payload: '{"uid":"alice"}',
      });
      expect({ status: response.statusCode, code: response.json().code }).toEqual({
        status: 415,
        code: 'NOT_JSON',
      });
    },
  );

  it.each(['{', '"text"', '', 'null'])('answers 400 to the JSON %j', async payload => {
    const { app } = await startHarness();
    const response = await app.inject({
      method: 'POST',
      url: '/api/identity',
      headers: { 'content-type': 'application/json' },
      payload,
    });
    expect({ status: response.statusCode, code: response.json().code }).toEqual({
      status: 400,
      code: 'BAD_REQUEST',
    });
  });
});

describe('unknown addresses', () => {
  it.each([
    ['GET', '/nowhere', 404],
    ['GET', '/api/nowhere', 404],
    ['PATCH', '/api/identity', 404],
    ['GET', '/meet/%zz', 400],
    ['GET', '/sdk/../package.json', 404],
  ] as const)('answers %s %s with %i and a code', async (method, url, status) => {
    const { as } = await startHarness();
    expect(await as(undefined)(method, url)).toMatchObject({
      status,
      body: { code: expect.any(String), error: expect.any(String) },
    });
  });
});

describe('rate limits', () => {
  it.each([
    ['/api/identity', { uid: 'alice' }],
    ['/api/meetings/x/authorize', {}],
    ['/api/meetings/x/token', {}],
  ])('answer 429 to a flood of %s, and to no other address', async (url, body) => {
    const { app } = await startHarness({ rateLimits: { visits: 3, api: 100 } });
    const call = (remoteAddress: string) => app.inject({ method: 'POST', url, payload: body, remoteAddress });
    for (const _ of [1, 2, 3]) expect((await call('192.0.2.1')).statusCode).not.toBe(429);
    const refused = await call('192.0.2.1');
    expect({ status: refused.statusCode, body: refused.json() }).toEqual({
      status: 429,
      body: {
        code: 'RATE_LIMITED',
        error: expect.stringContaining('try again in'),
        detail: { retryAfterSeconds: expect.any(Number) },
      },
    });
    expect(refused.headers['retry-after']).toBeDefined();
    expect((await call('192.0.2.2')).statusCode).not.toBe(429);
  });

  it.each([
    ['guesses of the admin key', '/api/meetings', 401],
    ['unknown addresses of the API', '/api/nowhere', 404],
  ])('hold for %s', async (_, url, status) => {
    const { as } = await startHarness({ rateLimits: { visits: 100, api: 2 } });
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await as('wrong')('GET', url)).status);
    expect(statuses).toEqual([status, status, 429]);
  });
});

describe('rate limits beside the API', () => {
  it.each(['/metrics', '/readyz'])('answer 429 to a flood of %s', async url => {
    const { as } = await startHarness({ rateLimits: { visits: 1, api: 1 } });
    for (let count = 0; count < 10; count += 1) expect((await as(undefined)('GET', url)).status).toBe(200);
    expect(await as(undefined)('GET', url)).toMatchObject({ status: 429, body: { code: 'RATE_LIMITED' } });
    expect((await as(undefined)('GET', '/healthz')).status).toBe(200);
  });
});

describe('failures inside', () => {
  it('answer 500 without their text, and are told to the operator', async () => {
    const harness = await startHarness();
    const { sessionId } = await createMeeting(harness);
    const alice = await guest(harness);
    const broken = await startHarness({
      store: {
        ...harness.store,
        find: async () => {
          throw new Error('disk password is hunter2');
        },
      },
    });
    const answer = await broken.as(alice)('POST', `/api/meetings/${sessionId}/authorize`, {});
    expect(answer).toMatchObject({ status: 500, body: { code: 'INTERNAL' } });
    expect(JSON.stringify(answer.body)).not.toContain('hunter2');
    expect(broken.failures).toMatchObject([{ message: 'disk password is hunter2' }]);
  });
});

describe('the log', () => {
  it('has no secret in any line', async () => {
    const lines: string[] = [];
    const harness = await startHarness({ log: { level: 'trace', write: line => lines.push(line) } });
    const { url } = await createMeeting(harness, { strategy: 'team', id: 'core' });
    const alice = await guest(harness);
    const key = new URL(url).hash.slice('#key='.length);
    await harness.as(alice)('POST', '/api/meetings/team-core/token', { key }, { 'meet-key': key });
    await harness.as(alice)('GET', `/nowhere?token=${alice}&x=1`);
    await harness.as(alice)('GET', '/colibri-ws/a/b?pwd=of-a-channel');
    const text = lines.join('');
    expect(text).toContain('/nowhere?token=***&x=***');
    expect(text).toContain('/colibri-ws/a/b?pwd=***');
    for (const secret of [ADMIN_KEY, alice, key]) expect(text).not.toContain(secret);
  });

  it('redacts the headers where somebody logs them', async () => {
    const lines: string[] = [];
    const { app } = await startHarness({ log: { level: 'info', write: line => lines.push(line) } });
    const headers = {
      authorization: 'Bearer s1',
      'meet-key': 's2',
      apikey: 's3',
      authtoken: 's4',
      calltoken: 's5',
    };
    app.log.info({ headers });
    app.log.info({ request: { headers } });
    expect(lines.join('')).not.toMatch(/s[1-5]"/);
    expect(lines).toHaveLength(2);
  });
});
