import { describe, expect, it } from 'vitest';
import { type ClientOptions, createCometChatClient } from '../../src/cometchat/client.ts';
import type { MeetError } from '../../src/core/errors.ts';
import { type Answer, manualClock, type Recorded, type Silence, startVendor, vendorError } from './vendor.ts';

const KEY = 'f00dfeedf00dfeed';
const ALICE = { uid: 'alice', name: 'Alice' };
const CREATED: Answer = { status: 200, body: { data: { uid: 'alice', name: 'Alice', authToken: 'T' } } };
const TOKEN: Answer = { status: 200, body: { data: { uid: 'alice', authToken: 'T2' } } };
const EXISTS = vendorError(400, 'ERR_UID_ALREADY_EXISTS');
const NOT_FOUND = vendorError(404, 'ERR_UID_NOT_FOUND');
const DONE: Answer = { status: 200, body: { data: {} } };

async function start(answers: Parameters<typeof startVendor>[0], extra: Partial<ClientOptions> = {}) {
  const vendor = await startVendor(answers);
  const client = createCometChatClient({
    appId: 'app1',
    adminBase: `${vendor.origin}/v3`,
    callBase: `${vendor.origin}/v3.0`,
    apiKey: KEY,
    clock: manualClock(),
    ...extra,
  });
  return { ...vendor, client };
}

const failureOf = (promise: Promise<unknown>): Promise<MeetError> =>
  promise.then(
    () => expect.fail('resolved'),
    error => error,
  );

const textOf = (failure: MeetError) =>
  `${failure.stack}${JSON.stringify(failure.detail)}${String(failure.cause)}`;

const asked = (requests: Recorded[]) => requests.map(({ method, path }) => `${method} ${path}`);
const CREATE = 'POST /v3/users';
const RENAME = 'PUT /v3/users/alice';
const ISSUE = 'POST /v3/users/alice/auth_tokens';

describe('an auth token', () => {
  it('comes with the user that is made for it, in one request', async () => {
    const { client, requests } = await start([CREATED]);
    expect(await client.createAuthToken(ALICE)).toBe('T');
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/v3/users',
      body: { uid: 'alice', name: 'Alice', withAuthToken: true },
    });
    expect(requests[0]?.headers).toMatchObject({ apikey: KEY, 'content-type': 'application/json' });
  });

  it.each<[string, (Answer | Silence)[], Partial<ClientOptions>, string[]]>([
    ['of a user that exists', [EXISTS, TOKEN], {}, [CREATE, ISSUE]],
    ['of one whose answer had no token', [DONE, TOKEN], {}, [CREATE, ISSUE]],
    [
      'of one that is renamed where names are ours',
      [EXISTS, DONE, TOKEN],
      { renames: true },
      [CREATE, RENAME, ISSUE],
    ],
    ['of one that must exist', [TOKEN], { createUsers: false }, [ISSUE]],
  ])('%s is asked for', async (_, answers, extra, requests) => {
    const started = await start(answers, extra);
    expect(await started.client.createAuthToken(ALICE)).toBe('T2');
    expect(asked(started.requests)).toEqual(requests);
  });

  it('takes one request for who was seen lately, and two again after some minutes', async () => {
    const clock = manualClock();
    const { client, requests } = await start([CREATED, TOKEN, EXISTS, TOKEN], { clock });
    await client.createAuthToken(ALICE);
    await client.createAuthToken(ALICE);
    clock.at += 11 * 60_000;
    await client.createAuthToken(ALICE);
    expect(asked(requests)).toEqual([CREATE, ISSUE, CREATE, ISSUE]);
  });

  it('finds out by itself that somebody deleted the user', async () => {
    const { client, requests } = await start([CREATED, NOT_FOUND, CREATED]);
    await client.createAuthToken(ALICE);
    expect(await client.createAuthToken(ALICE)).toBe('T');
    expect(asked(requests)).toEqual([CREATE, ISSUE, CREATE]);
  });

  it('is not to be had for a deactivated user, who exists and is not found', async () => {
    const { client } = await start([EXISTS, NOT_FOUND, EXISTS, NOT_FOUND]);
    expect(await failureOf(client.createAuthToken(ALICE))).toMatchObject({
      code: 'USER_UNKNOWN',
      message: expect.stringContaining('reactivate it'),
    });
  });

  it('is not to be had for a user that is missing where none may be made, and the refusal names the setting', async () => {
    const { client, requests } = await start([NOT_FOUND], { createUsers: false });
    expect(await failureOf(client.createAuthToken(ALICE))).toMatchObject({
      code: 'USER_UNKNOWN',
      message: expect.stringMatching(/alice.*MEET_CREATE_USERS=off.*create it/),
    });
    expect(asked(requests)).toEqual([ISSUE]);
  });

  it('is got as the sdk logs in where there is an auth key', async () => {
    const { client, requests } = await start([EXISTS, TOKEN], { keyKind: 'auth' });
    await client.createAuthToken(ALICE);
    expect(requests[0]?.body).toEqual(ALICE);
    expect(requests[1]?.body).toEqual({
      platform: 'web',
      deviceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});

describe('many at once', () => {
  it('who are one user make it once, and get a token each', async () => {
    const { client, requests } = await start(({ path }, count) =>
      path === '/v3/users' ? CREATED : { status: 200, body: { data: { authToken: `T-${count}` } } },
    );
    const tokens = await Promise.all(Array.from({ length: 50 }, () => client.createAuthToken(ALICE)));
    expect(new Set(tokens).size).toBe(50);
    expect(asked(requests).filter(line => line === CREATE)).toHaveLength(1);
    expect(requests).toHaveLength(50);
  });

  it('fail together when their user cannot be made', async () => {
    const { client, requests } = await start(() => vendorError(402, 'ERR_PLAN_QUOTA_RESTRICTION'));
    const failures = await Promise.all(
      Array.from({ length: 20 }, () => failureOf(client.createAuthToken(ALICE))),
    );
    expect(new Set(failures.map(({ code }) => code))).toEqual(new Set(['COMETCHAT_FAILED']));
    expect(requests).toHaveLength(1);
  });

  it('are no more than 32 requests at a time', async () => {
    const open = { now: 0, most: 0 };
    const { client, requests } = await start(async () => {
      open.now += 1;
      open.most = Math.max(open.most, open.now);
      await new Promise(resolve => setImmediate(resolve));
      open.now -= 1;
      return CREATED;
    });
    const people = Array.from({ length: 200 }, (_, i) => ({ uid: `guest-${i}`, name: 'G' }));
    await Promise.all(people.map(person => client.createAuthToken(person)));
    expect(requests).toHaveLength(200);
    expect(open.most).toBeLessThanOrEqual(32);
    expect(open.most).toBeGreaterThan(1);
  });
});

describe('a call token', () => {
  it('is made with the auth token and without the key', async () => {
    const { client, requests } = await start([{ status: 200, body: { data: { token: 'C' } } }]);
    expect(await client.createCallToken('T', 'room-1')).toBe('C');
    expect(requests[0]).toMatchObject({ path: '/v3.0/call_tokens', body: { sessionId: 'room-1' } });
    expect(requests[0]?.headers).toMatchObject({ authtoken: 'T', appid: 'app1' });
    expect(requests[0]?.headers.apikey).toBeUndefined();
  });

  it('is refused without blaming the key', async () => {
    const { client } = await start([vendorError(403, 'AUTH_ERR_NO_ACCESS')]);
    const failure = await failureOf(client.createCallToken('T', 'room-1'));
    expect(failure).toMatchObject({ code: 'COMETCHAT_FAILED', detail: { vendorCode: 'AUTH_ERR_NO_ACCESS' } });
    expect(failure.message).not.toContain('COMETCHAT_API_KEY');
  });

  it('carries no token in an error when the token is echoed', async () => {
    const { client } = await start([vendorError(400, 'ERR_BAD_REQUEST', 'you sent tok-secret')]);
    expect(textOf(await failureOf(client.createCallToken('tok-secret', 'r')))).not.toContain('tok-secret');
  });
});

describe('the other side', () => {
  it.each<[string, Answer, object]>([
    ['a page instead of JSON', { status: 404, body: '<html>' }, { vendorCode: null, status: 404 }],
    ['an answer without data', { status: 200, body: {} }, { vendorCode: null, status: 200 }],
    [
      'a code that is none',
      { status: 400, body: { error: { code: KEY } } },
      { vendorCode: null, status: 400 },
    ],
  ])('may say %s', async (_, answer, detail) => {
    const { client } = await start([answer]);
    expect(await failureOf(client.createAuthToken(ALICE))).toMatchObject({
      code: 'COMETCHAT_FAILED',
      detail,
    });
  });

  it('may give no token', async () => {
    const { client } = await start([EXISTS, DONE]);
    const failure = await failureOf(client.createAuthToken(ALICE));
    expect(failure).toMatchObject({ code: 'COMETCHAT_FAILED', detail: { vendorCode: null, status: 200 } });
  });

  it('may never answer', async () => {
    const { client } = await start([null], { timeoutMs: 50, attempts: 1 });
    expect(await failureOf(client.createAuthToken(ALICE))).toMatchObject({
      code: 'COMETCHAT_UNREACHABLE',
      detail: { reason: 'TIMEOUT' },
    });
  });

  it('may not be there', async () => {
    const base = 'http://127.0.0.1:1/v3';
    const options = { appId: 'app1', adminBase: base, callBase: base, apiKey: KEY, clock: manualClock() };
    const failure = await failureOf(createCometChatClient(options).createAuthToken(ALICE));
    expect(failure.code).toBe('COMETCHAT_UNREACHABLE');
    expect(failure.message).toContain('127.0.0.1:1');
  });

  it('leads nobody elsewhere: a redirect would carry the key away', async () => {
    const elsewhere = await startVendor([]);
    const { client } = await start([{ status: 302, body: `${elsewhere.origin}/v3/users` }], { attempts: 1 });
    expect((await failureOf(client.createAuthToken(ALICE))).code).toBe('COMETCHAT_UNREACHABLE');
    expect(elsewhere.requests).toEqual([]);
  });

  it.each([
    ['refused', vendorError(404, 'AUTH_ERR_APIKEY_NOT_FOUND', `The key ${KEY} does not exist.`)],
    ['echoed', vendorError(400, 'ERR_BAD_REQUEST', `you sent ${KEY}`)],
  ])('finds no key in an error when the key is %s', async (_, answer) => {
    const { client } = await start([answer]);
    expect(textOf(await failureOf(client.createAuthToken(ALICE)))).not.toContain(KEY);
  });
});
