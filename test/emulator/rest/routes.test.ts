import Fastify, { type FastifyInstance } from 'fastify';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDirectory } from '../../../src/emulator/rest/directory.ts';
import { createRoutes } from '../../../src/emulator/rest/routes.ts';
import { CALL_TOKEN_SECONDS, createTokens } from '../../../src/emulator/rest/tokens.ts';

let app: FastifyInstance;
let now: number;
let refused: Set<string>;

beforeEach(async () => {
  now = Date.UTC(2026, 10, 20);
  refused = new Set();
  let ids = 0;
  app = Fastify();
  const tokens = createTokens({ secret: 'secret', now: () => now, newId: () => String(ids++) });
  await app.register(
    createRoutes({
      tokens,
      directory: createDirectory(),
      appId: 'app',
      region: 'us',
      apiKey: 'api-key',
      authKey: 'auth-key',
      mayIssue: (uid, sessionId) => !refused.has(`${uid} ${sessionId}`),
      domainOf: () => 'localhost:4680',
      p2p: false,
      now: () => now,
    }),
    { prefix: '/cometchat' },
  );
});

type Headers = Record<string, string>;
const post = async (url: string, headers: Headers, payload: object = {}) => {
  const response = await app.inject({ method: 'POST', url: `/cometchat${url}`, headers, payload });
  return { status: response.statusCode, body: response.json() };
};
const get = async (url: string, headers: Headers) => {
  const response = await app.inject({ method: 'GET', url: `/cometchat${url}`, headers });
  return { status: response.statusCode, body: response.json() };
};
const API = { apikey: 'api-key' };
const authTokenOf = async (uid: string): Promise<string> =>
  (await post(`/v3/users/${uid}/auth_tokens`, API)).body.data.authToken;
const callTokenOf = async (uid: string, sessionId: string): Promise<string> =>
  (await post('/v3.0/call_tokens', { authtoken: await authTokenOf(uid) }, { sessionId })).body.data.token;

describe('users', () => {
  it('are created once, and the samples of every new app are there', async () => {
    expect(await post('/v3/users', API, { uid: 'alice', name: 'Alice' })).toMatchObject({
      status: 200,
      body: { data: { uid: 'alice' } },
    });
    expect(await post('/v3/users', API, { uid: 'alice', name: 'Alice' })).toMatchObject({
      status: 409,
      body: { error: { code: 'ERR_UID_ALREADY_EXISTS' } },
    });
    expect((await post('/v3/users/cometchat-uid-5/auth_tokens', API)).body.data).toMatchObject({
      uid: 'cometchat-uid-5',
    });
  });

  it('are renamed with the key of the server, and only those there are', async () => {
    const rename = async (uid: string, headers: Headers) =>
      (
        await app.inject({
          method: 'PUT',
          url: `/cometchat/v3/users/${uid}`,
          headers,
          payload: { name: 'Andy' },
        })
      ).statusCode;
    expect(await rename('nobody', API)).toBe(404);
    expect(await rename('cometchat-uid-1', { apikey: 'auth-key' })).toBe(403);
    expect(await rename('cometchat-uid-1', API)).toBe(200);
    const [, payload = ''] = (await authTokenOf('cometchat-uid-1')).split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString()).data.user.name).toBe('Andy');
  });

  it('come with a token where one is wanted, and are shown as the vendor shows them', async () => {
    const plain = await post('/v3/users', API, { uid: 'dana', name: 'Dana' });
    expect(plain.body.data).toEqual({
      uid: 'dana',
      name: 'Dana',
      status: 'offline',
      role: 'default',
      createdAt: expect.any(Number),
    });
    const { body } = await post('/v3/users', API, { uid: 'erin', name: 'Erin', withAuthToken: true });
    const call = await post('/v3.0/call_tokens', { authtoken: body.data.authToken }, { sessionId: 's' });
    expect(call.status).toBe(200);
  });

  it.each([
    ['true', 200],
    [true, 200],
    [false, 409],
    [undefined, 409],
  ])('deleted with permanent %s can be made again with %i', async (permanent, status) => {
    await post('/v3/users', API, { uid: 'dana', name: 'Dana' });
    const remove = () =>
      app.inject({ method: 'DELETE', url: '/cometchat/v3/users/dana', headers: API, payload: { permanent } });
    expect((await remove()).json().data.success).toBe(true);
    expect((await remove()).json().error.code).toBe('ERR_UID_NOT_FOUND');
    expect((await post('/v3/users/dana/auth_tokens', API, {})).status).toBe(404);
    expect((await post('/v3/users', API, { uid: 'dana', name: 'Dana' })).status).toBe(status);
  });

  it.each([
    ['without a key', '/v3/users', {}, { uid: 'a', name: 'A' }, 401, 'AUTH_ERR_EMPTY_APIKEY'],
    [
      'with a wrong key',
      '/v3/users',
      { apikey: 'guess' },
      { uid: 'a', name: 'A' },
      401,
      'AUTH_ERR_APIKEY_NOT_FOUND',
    ],
    [
      'with the key of a page',
      '/v3/users',
      { apikey: 'auth-key' },
      { uid: 'a', name: 'A' },
      403,
      'AUTH_ERR_NO_ACCESS',
    ],
    ['with a space in its uid', '/v3/users', API, { uid: 'a b', name: 'A' }, 400, 'ERR_BAD_REQUEST'],
    ['with a path for a uid', '/v3/users', API, { uid: '../a', name: 'A' }, 400, 'ERR_BAD_REQUEST'],
    ['without a name', '/v3/users', API, { uid: 'a' }, 400, 'ERR_BAD_REQUEST'],
    ['that does not exist', '/v3/users/nobody/auth_tokens', API, {}, 404, 'ERR_UID_NOT_FOUND'],
    [
      "for a token by the page's key on the server's base",
      '/v3/users/cometchat-uid-1/auth_tokens',
      { apikey: 'auth-key' },
      {},
      403,
      'AUTH_ERR_NO_ACCESS',
    ],
  ])('are refused %s', async (_name, url, headers, payload, status, code) => {
    expect(await post(url, headers as Headers, payload)).toMatchObject({ status, body: { error: { code } } });
  });

  it("get an auth token by the page's key on the SDK's base, as its login does", async () => {
    const { status, body } = await post('/v3.0/users/cometchat-uid-1/auth_tokens', { apikey: 'auth-key' });
    expect([status, typeof body.data.authToken]).toEqual([200, 'string']);
  });
});

describe('call tokens', () => {
  it('name one user and one session, and lead to the signalling', async () => {
    const callToken = await callTokenOf('cometchat-uid-1', 'stand-up');
    const claims = JSON.parse(Buffer.from(callToken.split('.')[1] ?? '', 'base64url').toString());
    expect(claims.data).toMatchObject({
      sessionId: 'stand-up',
      user: { uid: 'cometchat-uid-1', name: 'Andrew Joseph' },
    });
    expect((await get('/v3.0/call_tokens', { calltoken: callToken })).body.data).toMatchObject({
      callToken,
      settings: { WEBRTC_HOST: 'localhost:4680' },
      payload: { room: 'stand-up', data: { sessionId: 'stand-up', user: { uid: 'cometchat-uid-1' } } },
    });
  });

  it('live for five minutes', async () => {
    const callToken = await callTokenOf('cometchat-uid-1', 'stand-up');
    now += CALL_TOKEN_SECONDS * 1000 - 1000;
    expect((await get('/v3.0/call_tokens', { calltoken: callToken })).status).toBe(200);
    now += 1000;
    expect(await get('/v3.0/call_tokens', { calltoken: callToken })).toMatchObject({
      status: 401,
      body: { error: { code: 'AUTH_ERR_CALL_TOKEN_NOT_FOUND' } },
    });
  });

  it('are neither issued nor honoured without authorization', async () => {
    const callToken = await callTokenOf('cometchat-uid-1', 'secret');
    const authToken = await authTokenOf('cometchat-uid-1');
    refused.add('cometchat-uid-1 secret');
    const issued = await post('/v3.0/call_tokens', { authtoken: authToken }, { sessionId: 'secret' });
    expect(issued).toMatchObject({ status: 403, body: { error: { code: 'AUTH_ERR_NO_ACCESS' } } });
    expect(issued.body.data).toBeUndefined();
    expect((await get('/v3.0/call_tokens', { calltoken: callToken })).status).toBe(403);
  });

  it('cannot be swapped with auth tokens', async () => {
    const authToken = await authTokenOf('cometchat-uid-1');
    const callToken = await callTokenOf('cometchat-uid-1', 'stand-up');
    expect((await post('/v3.0/call_tokens', { authtoken: callToken }, { sessionId: 's' })).status).toBe(401);
    expect((await get('/v3.0/call_tokens', { calltoken: authToken })).status).toBe(401);
  });

  it.each([
    ['no auth token', {}, { sessionId: 's' }, 401, 'AUTH_ERR_EMPTY_AUTH_TOKEN'],
    ['a forged auth token', { authtoken: 'a.b.c' }, { sessionId: 's' }, 401, 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND'],
    ['no session', { authtoken: 'a.b.c' }, {}, 400, 'ERR_BAD_REQUEST'],
    ['an endless session id', { authtoken: 'a.b.c' }, { sessionId: 's'.repeat(101) }, 400, 'ERR_BAD_REQUEST'],
  ])('are refused with %s', async (_name, headers, payload, status, code) => {
    expect(await post('/v3.0/call_tokens', headers as Headers, payload)).toMatchObject({
      status,
      body: { error: { code } },
    });
  });

  it.each(['Stand-Up', 'stand up', 'a/b', 'a@b', 'a\u0000b'])(
    'are not made for %j, which no room can be called',
    async sessionId => {
      const headers = { authtoken: await authTokenOf('cometchat-uid-1') };
      const answer = await post('/v3.0/call_tokens', headers, { sessionId });
      expect(answer).toMatchObject({ status: 400, body: { error: { code: 'ERR_BAD_REQUEST' } } });
      expect(answer.body.error.message).toContain('use lower-case letters');
    },
  );

  it('die with the auth token after a day', async () => {
    const authToken = await authTokenOf('cometchat-uid-1');
    now += 24 * 60 * 60 * 1000;
    expect((await post('/v3.0/call_tokens', { authtoken: authToken }, { sessionId: 's' })).status).toBe(401);
  });

  it('are not known on other routes, in words', async () => {
    const { status, body } = await get('/v3.0/nothing?token=secret', {});
    expect([status, body.error.code]).toEqual([404, 'ERR_API_NOT_FOUND']);
    expect(JSON.stringify(body)).not.toContain('secret');
  });
});

describe('a body', () => {
  it.each([
    ['that is too long', { uid: 'a', name: 'A', more: 'x'.repeat(16 * 1024) }, /too large/],
    ['of an array', [], /body must be object/],
  ])('%s is refused, in words', async (_name, payload, words) => {
    const { status, body } = await post('/v3/users', API, payload);
    expect([status, body.error.code]).toEqual([400, 'ERR_BAD_REQUEST']);
    expect(body.error.message).toMatch(words);
  });

  it.each(['{"uid":', '{"__proto__":{"admin":true},"uid":"a","name":"A"}'])(
    'of %s is refused, in words',
    async payload => {
      const headers = { ...API, 'content-type': 'application/json' };
      const response = await app.inject({ method: 'POST', url: '/cometchat/v3/users', headers, payload });
      expect([response.statusCode, response.json().error.code]).toEqual([400, 'ERR_BAD_REQUEST']);
    },
  );

  it('may have fields that we do not know: a later SDK sends more', async () => {
    expect((await post('/v3/users', API, { uid: 'a', name: 'A', role: 'default' })).status).toBe(200);
  });
});
