import { describe, expect, it } from 'vitest';
import { createCometChatClient } from '../../src/cometchat/client.ts';
import type { MeetError } from '../../src/core/errors.ts';
import { type Answer, startVendor, vendorError } from './vendor.ts';

const KEY = 'f00dfeedf00dfeed';

async function start(
  answers: (Answer | null)[],
  extra: { keyKind?: 'auth'; timeoutMs?: number; renames?: boolean } = {},
) {
  const vendor = await startVendor(answers);
  const client = createCometChatClient({
    appId: 'app1',
    adminBase: `${vendor.origin}/v3`,
    callBase: `${vendor.origin}/v3.0`,
    apiKey: KEY,
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

describe('createCometChatClient', () => {
  it('makes a user with the api key', async () => {
    const { client, requests } = await start([{ status: 200, body: { data: { uid: 'alice' } } }]);
    await client.ensureUser({ uid: 'alice', name: 'Alice' });
    expect(requests[0]).toMatchObject({
      method: 'POST',
      path: '/v3/users',
      body: { uid: 'alice', name: 'Alice' },
    });
    expect(requests[0]?.headers).toMatchObject({ apikey: KEY, 'content-type': 'application/json' });
  });

  it('takes a user that exists already', async () => {
    const { client, requests } = await start([vendorError(409, 'ERR_UID_ALREADY_EXISTS')]);
    await expect(client.ensureUser({ uid: 'alice', name: 'Alice' })).resolves.toBeUndefined();
    expect(requests).toHaveLength(1);
  });

  it('renames one that exists where names are ours to give', async () => {
    const answers = [vendorError(409, 'ERR_UID_ALREADY_EXISTS'), { status: 200, body: { data: {} } }];
    const { client, requests } = await start(answers, { renames: true });
    await client.ensureUser({ uid: 'alice', name: 'Alice B.' });
    expect(requests[1]).toMatchObject({ method: 'PUT', path: '/v3/users/alice', body: { name: 'Alice B.' } });
  });

  it('makes an auth token', async () => {
    const { client, requests } = await start([
      { status: 200, body: { data: { uid: 'a-1', authToken: 'T' } } },
    ]);
    expect(await client.createAuthToken('a-1')).toBe('T');
    expect(requests[0]).toMatchObject({ path: '/v3/users/a-1/auth_tokens', body: {} });
  });

  it('logs in as the sdk does where it has an auth key', async () => {
    const { client, requests } = await start([{ status: 200, body: { data: { authToken: 'T' } } }], {
      keyKind: 'auth',
    });
    await client.createAuthToken('a');
    expect(requests[0]?.body).toEqual({
      platform: 'web',
      deviceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('makes a call token with the auth token and without the key', async () => {
    const { client, requests } = await start([{ status: 200, body: { data: { token: 'C' } } }]);
    expect(await client.createCallToken('T', 'room-1')).toBe('C');
    expect(requests[0]).toMatchObject({ path: '/v3.0/call_tokens', body: { sessionId: 'room-1' } });
    expect(requests[0]?.headers).toMatchObject({ authtoken: 'T', appid: 'app1' });
    expect(requests[0]?.headers.apikey).toBeUndefined();
  });

  it.each([
    [
      'an error body',
      vendorError(404, 'ERR_UID_NOT_FOUND'),
      { vendorCode: 'ERR_UID_NOT_FOUND', status: 404 },
    ],
    ['a page instead of JSON', { status: 503, body: '<html>' }, { vendorCode: null, status: 503 }],
    ['an answer without data', { status: 200, body: {} }, { vendorCode: null, status: 200 }],
    ['an answer without the token', { status: 200, body: { data: {} } }, { vendorCode: null, status: 200 }],
    [
      'a code that is none',
      { status: 400, body: { error: { code: KEY } } },
      { vendorCode: null, status: 400 },
    ],
    ['too many requests', vendorError(429, 'ERR_TOO_MANY'), { vendorCode: 'ERR_TOO_MANY', status: 429 }],
  ])('types %s', async (_, answer, detail) => {
    const { client } = await start([answer]);
    expect(await failureOf(client.createAuthToken('a'))).toMatchObject({ code: 'COMETCHAT_FAILED', detail });
  });

  it.each([401, 403])('names the setting when the key is refused with %i', async status => {
    const { client } = await start([vendorError(status, 'AUTH_ERR_APIKEY_NOT_FOUND')]);
    const failure = await failureOf(client.ensureUser({ uid: 'a', name: 'A' }));
    expect(failure.message).toContain('COMETCHAT_API_KEY');
  });

  it('does not blame the key when a call token is refused', async () => {
    const { client } = await start([vendorError(403, 'AUTH_ERR_NO_ACCESS')]);
    const failure = await failureOf(client.createCallToken('T', 'room-1'));
    expect(failure).toMatchObject({ code: 'COMETCHAT_FAILED', detail: { vendorCode: 'AUTH_ERR_NO_ACCESS' } });
    expect(failure.message).not.toContain('COMETCHAT_API_KEY');
  });

  it('gives up after the time limit', async () => {
    const { client } = await start([null], { timeoutMs: 50 });
    expect(await failureOf(client.createAuthToken('a'))).toMatchObject({
      code: 'COMETCHAT_UNREACHABLE',
      detail: { reason: 'TIMEOUT' },
    });
  });

  it('tells a host that nobody listens on', async () => {
    const client = createCometChatClient({
      appId: 'app1',
      adminBase: 'http://127.0.0.1:1/v3',
      callBase: 'http://127.0.0.1:1/v3.0',
      apiKey: KEY,
    });
    const failure = await failureOf(client.createAuthToken('a'));
    expect(failure.code).toBe('COMETCHAT_UNREACHABLE');
    expect(failure.message).toContain('127.0.0.1:1');
  });

  it('follows no redirect, which would carry the key away', async () => {
    const elsewhere = await startVendor([]);
    const { client } = await start([{ status: 302, body: `${elsewhere.origin}/v3/users` }]);
    expect((await failureOf(client.createAuthToken('a'))).code).toBe('COMETCHAT_UNREACHABLE');
    expect(elsewhere.requests).toEqual([]);
  });

  it.each([
    ['refused', vendorError(401, 'AUTH_ERR_APIKEY_NOT_FOUND', `bad key ${KEY}`)],
    ['echoed', vendorError(400, 'ERR_BAD_REQUEST', `you sent ${KEY}`)],
  ])('carries no key in an error when the key is %s', async (_, answer) => {
    const { client } = await start([answer]);
    expect(textOf(await failureOf(client.createAuthToken('a')))).not.toContain(KEY);
  });

  it('carries no token in an error when the token is echoed', async () => {
    const { client } = await start([vendorError(400, 'ERR_BAD_REQUEST', 'you sent tok-secret')]);
    expect(textOf(await failureOf(client.createCallToken('tok-secret', 'r')))).not.toContain('tok-secret');
  });
});
