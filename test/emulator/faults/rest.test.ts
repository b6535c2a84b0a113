import Fastify, { type FastifyInstance } from 'fastify';
import { SignJWT } from 'jose';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createFaults, type Faults } from '../../../src/emulator/faults/faults.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { restSpec } from './specs.ts';

const POST = 'POST /v3.0/call_tokens';

let clock: FakeClock;
let faults: Faults;
let app: FastifyInstance;

beforeEach(async () => {
  clock = createFakeClock();
  faults = createFaults({ clock, now: () => 0 });
  app = Fastify();
  await app.register(
    faults.around((routes, _options, done) => {
      routes.post('/v3.0/call_tokens', async () => 'served');
      routes.get('/v3.0/call_tokens', async () => 'served');
      routes.post('/v3/users/:uid/auth_tokens', async () => 'served');
      done();
    }),
    { prefix: '/cometchat' },
  );
  onTestFinished(() => app.close());
});

const tokenOf = (data: object) =>
  new SignJWT({ data }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from('somebody else’s secret'));
async function ask(route: string, headers: Record<string, string> = {}, body?: object) {
  const [method, url] = route.split(' ') as ['GET' | 'POST', string];
  const { statusCode, payload } = await app.inject({
    method,
    url: `/cometchat${url}`,
    headers,
    ...(body && { payload: body }),
  });
  return { status: statusCode, payload };
}
const statusOf = async (...request: Parameters<typeof ask>) => (await ask(...request)).status;

it('knows the routes that are mounted, without their prefix', () => {
  expect(faults.routes).toEqual(['GET /v3.0/call_tokens', POST, 'POST /v3/users/:uid/auth_tokens']);
});

describe('an error on purpose', () => {
  it('has its status and, in the vendor’s form, its code', async () => {
    faults.add(restSpec({ route: POST, status: 503, code: 'ERR_MAINTENANCE' }));
    const { status, payload } = await ask(POST);
    expect(status).toBe(503);
    expect(JSON.parse(payload)).toEqual({
      error: {
        code: 'ERR_MAINTENANCE',
        message: 'A fault on purpose (f1).',
        devMessage: 'A fault on purpose (f1).',
      },
    });
  });

  it.each([
    [429, 'ERR_TOO_MANY_REQUESTS'],
    [401, 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND'],
    [500, 'ERR_EXCEPTION'],
    [418, 'ERR_EXCEPTION'],
  ])('with %i and no code of its own says %s', async (status, code) => {
    faults.add(restSpec({ status }));
    expect(JSON.parse((await ask(POST)).payload).error.code).toBe(code);
  });

  it('is for its route alone, a pattern standing for all its addresses', async () => {
    faults.add(restSpec({ route: 'POST /v3/users/:uid/auth_tokens', status: 500 }));
    expect(await statusOf('POST /v3/users/alice/auth_tokens')).toBe(500);
    expect(await statusOf(POST)).toBe(200);
  });

  it('is over after as many requests as it was for, then or before by its time', async () => {
    faults.add(restSpec({ status: 500, times: 2 }));
    expect([await statusOf(POST), await statusOf(POST), await statusOf(POST)]).toEqual([500, 500, 200]);
    faults.add(restSpec({ status: 500, times: 2, forMs: 1000 }));
    expect(await statusOf(POST)).toBe(500);
    clock.advance(1000);
    expect(await statusOf(POST)).toBe(200);
    expect(faults.list()).toEqual([]);
  });
});

describe('a person’s fault', () => {
  it.each([
    ['the path', 'POST /v3/users/alice/auth_tokens', async () => ({}), { uid: 'alice' }],
    [
      'the auth token',
      POST,
      async () => ({ authtoken: await tokenOf({ user: { uid: 'alice' } }) }),
      { uid: 'alice' },
    ],
    [
      'the call token',
      'GET /v3.0/call_tokens',
      async () => ({ calltoken: await tokenOf({ user: { uid: 'alice' }, sessionId: 'daily' }) }),
      { uid: 'alice', sessionId: 'daily' },
    ],
  ])('is found by %s', async (_name, route, headers, scope) => {
    faults.add(restSpec({ ...scope, status: 500 }));
    expect(await statusOf(route, await headers())).toBe(500);
    expect(await statusOf('GET /v3.0/call_tokens')).toBe(200);
  });

  it('is found by the session in the body', async () => {
    faults.add(restSpec({ sessionId: 'daily', status: 500 }));
    expect(await statusOf(POST, {}, { sessionId: 'daily' })).toBe(500);
    expect(await statusOf(POST, {}, { sessionId: 'weekly' })).toBe(200);
    expect(await statusOf(POST, {}, { sessionId: 7 })).toBe(200);
  });

  it.each(['not a token', 'a.b.c', ''])('does not mind %j for a token', async authtoken => {
    faults.add(restSpec({ uid: 'alice', status: 500 }));
    expect(await statusOf(POST, { authtoken })).toBe(200);
  });
});

describe('slowness', () => {
  it('answers as ever, only later', async () => {
    faults.add(restSpec({ route: POST, slowMs: 3000 }));
    let answer: unknown = null;
    const asked = ask(POST).then(each => {
      answer = each;
    });
    // A request is at its fault after some turns of the loop.
    while (clock.timers === 0) await new Promise(setImmediate);
    clock.advance(2999);
    await new Promise(setImmediate);
    expect(answer).toBeNull();
    clock.advance(1);
    await asked;
    expect(answer).toEqual({ status: 200, payload: 'served' });
  });

  it('comes before the error, also of the last one that counts', async () => {
    faults.add(restSpec({ slowMs: 3000, status: 500, times: 1 }));
    const asked = statusOf(POST);
    while (clock.timers === 0) await new Promise(setImmediate);
    expect(await statusOf(POST)).toBe(200);
    clock.advance(3000);
    expect(await asked).toBe(500);
    expect(faults.list()).toEqual([]);
  });

  it('is the same for all that a counted fault was for', async () => {
    faults.add(restSpec({ slowMs: 1000, status: 500, times: 2 }));
    const first = statusOf(POST);
    while (clock.timers < 1) await new Promise(setImmediate);
    clock.advance(500);
    let second: unknown = null;
    const asked = statusOf(POST).then(status => {
      second = status;
    });
    while (clock.timers < 2) await new Promise(setImmediate);
    clock.advance(500);
    expect({ first: await first, second }).toEqual({ first: 500, second: null });
    clock.advance(500);
    await asked;
    expect({ second, left: faults.list() }).toEqual({ second: 500, left: [] });
  });

  it.each([null, 1])('ends at once when it is taken back, and leaves no timer (times: %j)', async times => {
    faults.add(restSpec({ slowMs: 60_000, times }));
    const asked = statusOf(POST);
    while (clock.timers === 0) await new Promise(setImmediate);
    faults.clear();
    expect(await asked).toBe(200);
    expect(clock.timers).toBe(0);
  });
});
