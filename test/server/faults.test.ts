import fastify from 'fastify';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createFaults, type Faults } from '../../src/emulator/faults/faults.ts';
import { ADMIN_KEY, guest, type Harness, NOON, startHarness } from './harness.ts';

const CALL_TOKENS = 'POST /v3.0/call_tokens';

let faults: Faults;
let harness: Harness;

beforeEach(async () => {
  faults = createFaults({ now: () => NOON });
  onTestFinished(faults.close);
  const emulator = fastify();
  await emulator.register(
    faults.around((routes, _options, done) => {
      routes.post('/v3.0/call_tokens', async () => 'served');
      routes.get('/v3.0/call_tokens', async () => 'served');
      done();
    }),
  );
  harness = await startHarness({ faults });
});

const admin: ReturnType<Harness['as']> = (...request) => harness.as(ADMIN_KEY)(...request);
const add = (body: object) => admin('POST', '/api/faults', body);

describe('POST /api/faults', () => {
  it.each([
    [
      { sessionId: 'daily', uid: 'alice', direction: 'up', loss: 20, delay: '100ms', for: '30s' },
      {
        kind: 'network',
        sessionId: 'daily',
        uid: 'alice',
        direction: 'up',
        loss: 20,
        delayMs: 100,
        jitterMs: 0,
        reorder: false,
        bitsPerSecond: null,
        until: '2026-11-20T12:00:30.000Z',
      },
    ],
    [
      { jitter: '30ms', reorder: true, bandwidth: '300k' },
      {
        kind: 'network',
        sessionId: null,
        uid: null,
        direction: 'both',
        loss: 0,
        delayMs: 0,
        jitterMs: 30,
        reorder: true,
        bitsPerSecond: 300_000,
        until: null,
      },
    ],
    [
      { sessionId: 'daily', outage: '7s' },
      { kind: 'outage', sessionId: 'daily', uid: null, direction: 'both', until: '2026-11-20T12:00:07.000Z' },
    ],
    [
      { socket: 'dead', sockets: 'all', for: '5s' },
      {
        kind: 'socket',
        how: 'dead',
        which: 'all',
        sessionId: null,
        uid: null,
        until: '2026-11-20T12:00:05.000Z',
      },
    ],
    [
      { rest: { route: CALL_TOKENS, status: 503, code: 'ERR_MAINTENANCE', slow: '3s', times: 2 } },
      {
        kind: 'rest',
        route: CALL_TOKENS,
        status: 503,
        code: 'ERR_MAINTENANCE',
        slowMs: 3000,
        times: 2,
        sessionId: null,
        uid: null,
        until: null,
      },
    ],
    [{ expireTokens: 'auth' }, { kind: 'tokens', which: 'auth', sessionId: null, uid: null, until: null }],
    [{ refuseBridge: true }, { kind: 'bridge', sessionId: null, uid: null, until: null }],
  ])('of %j turns it on, and tells of it in numbers', async (body, fault) => {
    const { status, body: answer } = await add(body);
    expect({ status, answer }).toEqual({
      status: 201,
      answer: { id: 'f1', createdAt: '2026-11-20T12:00:00.000Z', ...fault },
    });
    expect((await admin('GET', '/api/faults')).body.faults).toEqual([answer]);
  });

  it('of a clean cut that does not last is done when it answers', async () => {
    expect(await add({ socket: 'clean' })).toMatchObject({
      status: 201,
      body: { how: 'clean', which: 'signalling', until: '2026-11-20T12:00:00.000Z' },
    });
    expect(faults.list()).toEqual([]);
  });

  it.each([
    [{}, 'What should go wrong? Give one of loss, delay, jitter,'],
    [{ for: '3s' }, 'What should go wrong?'],
    [{ loss: 20, outage: '2s' }, 'One fault does one thing, and loss and outage are several; add each.'],
    [{ loss: 20, los: 1 }, 'Unknown field "los" in the body; leave it out.'],
    [{ rest: { slow: '3s', path: '/' } }, 'Unknown field "path" in the body'],
    [{ loss: 0 }, 'loss in the body must be > 0'],
    [{ loss: 101 }, 'loss in the body must be <= 100'],
    [{ loss: '20' }, 'loss in the body must be number'],
    [{ delay: '61s' }, 'delay is 61s; 1m is the most.'],
    [{ delay: '100' }, '"100" is not a duration'],
    [{ loss: 5, for: '2d' }, 'for is 2d; 1d is the most.'],
    [{ outage: '2d' }, 'outage is 2d; 1d is the most.'],
    [{ outage: '7s', for: '3s' }, 'for does not go with outage; leave it out.'],
    [{ bandwidth: '300kB' }, '"300kB" is not a bandwidth'],
    [{ loss: 5, reorder: true }, 'reorder needs a jitter'],
    [{ socket: 'cut' }, 'socket in the body must be equal to one of the allowed values: clean, dead'],
    [{ socket: 'dead', direction: 'up' }, 'direction does not go with socket; leave it out.'],
    [{ loss: 5, sockets: 'all' }, 'sockets does not go with loss; leave it out.'],
    [{ rest: {} }, 'rest needs a status, slow or both.'],
    [{ rest: { slow: '3s', code: 'ERR_X' } }, 'rest.code goes with a rest.status'],
    [{ rest: { status: 200 } }, 'rest.status in the body must be >= 400'],
    [{ rest: { status: 500, times: 0 } }, 'rest.times in the body must be >= 1'],
    [
      { rest: { status: 500, route: 'POST /v3.0/call_token' } },
      `The emulator has no route "POST /v3.0/call_token"; did you mean ${CALL_TOKENS}?`,
    ],
    [{ rest: { status: 500, route: 'post /v3.0/call_tokens' } }, `did you mean ${CALL_TOKENS}?`],
    [
      { rest: { status: 500, route: 'GET /' } },
      `The emulator has no route "GET /"; choose GET /v3.0/call_tokens, ${CALL_TOKENS}.`,
    ],
    [{ sessionId: 'daily', expireTokens: 'auth' }, 'An auth token is for no session; leave out sessionId'],
    [{ uid: 'a b', loss: 5 }, 'uid in the body is not a uid; use letters, digits, _ and -'],
    [{ uid: '', loss: 5 }, 'uid in the body is not a uid'],
    [{ refuseBridge: false }, 'refuseBridge in the body must be equal to one of the allowed values'],
  ])('refuses %j', async (body, message) => {
    const { status, body: answer } = await add(body);
    expect({ status, error: answer.error }).toEqual({ status: 400, error: expect.stringContaining(message) });
    expect(faults.list()).toEqual([]);
  });
});

describe('DELETE', () => {
  it('takes one back, and answers 404 when there is none', async () => {
    await add({ loss: 5 });
    await add({ refuseBridge: true });
    expect(await admin('DELETE', '/api/faults/f1')).toMatchObject({ status: 200, body: { id: 'f1' } });
    expect(faults.list().map(({ id }) => id)).toEqual(['f2']);
    const gone = await admin('DELETE', '/api/faults/f1');
    expect({ status: gone.status, code: gone.body.code }).toEqual({ status: 404, code: 'FAULT_NOT_FOUND' });
  });

  it('leaves rows in the audit trail, which name no meeting', async () => {
    const { body } = await add({ socket: 'dead' });
    await admin('DELETE', `/api/faults/${body.id}`);
    await admin('DELETE', '/api/faults');
    await harness.as('wrong')('DELETE', `/api/faults/${body.id}`);
    const rows = await harness.store.audit.find({ limit: 9 });
    expect(rows.map(({ action, outcome, sessionId }) => [action, outcome, sessionId])).toEqual([
      ['fault', 'NOT_ADMIN', null],
      ['fault', 'ok', null],
      ['fault', 'ok', null],
      ['fault', 'ok', null],
    ]);
    expect(rows.slice(1, 3).map(({ detail }) => detail)).toEqual([
      'all taken back: 0',
      `taken back: ${body.id}`,
    ]);
  });

  it('takes all back, and says how many', async () => {
    await add({ loss: 5 });
    await add({ refuseBridge: true });
    expect(await admin('DELETE', '/api/faults')).toMatchObject({ status: 200, body: { cleared: 2 } });
    expect(faults.list()).toEqual([]);
  });
});

const EVERY_ROUTE = [
  ['POST', '/api/faults', { loss: 5 }],
  ['GET', '/api/faults', undefined],
  ['DELETE', '/api/faults/f1', undefined],
  ['DELETE', '/api/faults', undefined],
] as const;

describe.each(EVERY_ROUTE)('%s %s', (method, url, body) => {
  it('is for the admin key alone', async () => {
    for (const token of [undefined, 'wrong', await guest(harness)]) {
      const { status, body: answer } = await harness.as(token)(method, url, body);
      expect({ status, code: answer.code }).toEqual({ status: 401, code: 'NOT_ADMIN' });
    }
  });

  it.each([null, undefined])('answers 409 without the emulator', async none => {
    const cloud = await startHarness({ emulatorOn: false, ...(none === null && { faults: null }) });
    const { status, body: answer } = await cloud.as(ADMIN_KEY)(method, url, body);
    expect({ status, code: answer.code }).toEqual({ status: 409, code: 'NO_EMULATOR' });
  });
});

it('is described in /openapi.json', async () => {
  const { body } = await harness.as(undefined)('GET', '/openapi.json');
  expect(Object.keys(body.paths['/api/faults'])).toEqual(['post', 'get', 'delete']);
  expect(Object.keys(body.paths['/api/faults/{id}'])).toEqual(['delete']);
});
