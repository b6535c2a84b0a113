import { randomUUID } from 'node:crypto';
import Fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDirectory } from '../../../src/emulator/rest/directory.ts';
import { createRoutes } from '../../../src/emulator/rest/routes.ts';
import { createTokens } from '../../../src/emulator/rest/tokens.ts';

/**
 * The requests of SDK v5 as its 5.0.4 bundle was read to make them, against our routes. They guard what we answer
 * against changes of our own. They prove nothing of v5 itself, which cannot be installed here.
 */

const APP_ID = 'app-of-v5';
const BASE = '/cometchat/v3.0';
const DEVICE = { platform: 'web', deviceId: '5f6c1a5e-0000-4000-8000-000000000001' };

let app: FastifyInstance;
let now: number;

/** `behindTls`: as a proxy that ends TLS would have the server see it. */
async function openApp({ p2p = false, behindTls = false } = {}): Promise<FastifyInstance> {
  const opened = Fastify({ ajv: { customOptions: { removeAdditional: false, coerceTypes: false } } });
  const routes = createRoutes({
    tokens: createTokens({ secret: 'secret', now: () => now, newId: randomUUID }),
    directory: createDirectory(),
    appId: APP_ID,
    region: 'us',
    apiKey: 'api-key',
    authKey: 'auth-key',
    mayIssue: () => true,
    domainOf: () => 'localhost:4680',
    ...(behindTls && { originOf: ({ host }) => `https://${host}` }),
    p2p,
    now: () => now,
  });
  await opened.register(routes, { prefix: '/cometchat' });
  return opened;
}

beforeEach(async () => {
  now = Date.UTC(2026, 10, 21, 9);
  app = await openApp();
});

interface Asked {
  readonly headers?: Record<string, string>;
  readonly payload?: InjectOptions['payload'];
  readonly to?: FastifyInstance;
}

/** Every request of v5's carries the app's id. */
async function ask(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { headers, payload, to = app }: Asked = {},
) {
  const response = await to.inject({
    ...{ method, url: `${BASE}${path}` },
    headers: { appId: APP_ID, host: 'localhost:4680', ...headers },
    ...(payload !== undefined && { payload }),
  });
  return { status: response.statusCode, type: response.headers['content-type'], body: response.json() };
}

const login = async (to = app, uid = 'cometchat-uid-1'): Promise<string> =>
  (await ask('POST', `/users/${uid}/auth_tokens`, { headers: { apiKey: 'auth-key' }, payload: DEVICE, to }))
    .body.data.authToken;
const generateToken = async (authToken: string, sessionId = 'stand-up', to = app): Promise<string> =>
  (await ask('POST', '/call_tokens', { headers: { authToken }, payload: { sessionId }, to })).body.data.token;
const verify = (calltoken: string, asked: Asked = {}, query = '?configVersion=1') =>
  ask('GET', `/call_tokens${query}`, { ...asked, headers: { calltoken, ...asked.headers } });

const refusal = (code: string) => ({
  error: { code, message: expect.stringMatching(/\.$/), devMessage: expect.any(String), source: 'emulator' },
});

describe('login of SDK v5', () => {
  it('gets an auth token by the auth key', async () => {
    const answer = await ask('POST', '/users/cometchat-uid-1/auth_tokens', {
      headers: { apiKey: 'auth-key' },
      payload: DEVICE,
    });
    expect(answer).toEqual({
      status: 200,
      type: 'application/json; charset=utf-8',
      body: { data: { uid: 'cometchat-uid-1', authToken: expect.any(String), createdAt: now / 1000 } },
    });
  });

  it('learns with the auth token who it is', async () => {
    const answer = await ask('PUT', '/me', { headers: { authToken: await login() }, payload: DEVICE });
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        data: {
          uid: 'cometchat-uid-1',
          name: 'Andrew Joseph',
          avatar: '',
          status: 'available',
          role: 'default',
          lastActiveAt: now / 1000,
          jwt: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        },
      },
    ]);
  });

  it('gets a jwt that opens nothing', async () => {
    const me = await ask('PUT', '/me', { headers: { authToken: await login() }, payload: DEVICE });
    const { jwt } = me.body.data;
    const session = { payload: { sessionId: 's' } };
    expect((await ask('POST', '/call_tokens', { headers: { authToken: jwt }, ...session })).status).toBe(401);
    expect((await verify(jwt)).status).toBe(401);
  });

  it.each([
    ['POST', '/user_sessions', DEVICE],
    ['PUT', '/user_sessions', DEVICE],
    ['POST', '/me/user_sessions', undefined],
    ['POST', '/users/cometchat-uid-1/user_sessions', {}],
  ] as const)('may report by %s %s what nobody waits for', async (method, path, payload) => {
    const authToken = await login();
    const answer = await ask(method, path, { headers: { authToken }, ...(payload && { payload }) });
    expect([answer.status, answer.body]).toEqual([200, { data: { success: true } }]);
    expect((await ask(method, path, payload && { payload })).status).toBe(401);
  });

  it.each([
    ['no auth key', {}, 401, 'AUTH_ERR_EMPTY_APIKEY'],
    ['a wrong auth key', { apiKey: 'guess' }, 401, 'AUTH_ERR_APIKEY_NOT_FOUND'],
    ["another app's id", { apiKey: 'auth-key', appId: 'other' }, 401, 'AUTH_ERR_INVALID_APPID'],
  ])('is refused with %s', async (_name, headers, status, code) => {
    const path = '/users/cometchat-uid-1/auth_tokens';
    const answer = await ask('POST', path, { headers: headers as Record<string, string>, payload: DEVICE });
    expect([answer.status, answer.body]).toEqual([status, refusal(code)]);
  });

  it('is refused for somebody who is no user', async () => {
    const answer = await ask('POST', '/users/nobody/auth_tokens', {
      headers: { apiKey: 'auth-key' },
      payload: DEVICE,
    });
    expect([answer.status, answer.body]).toEqual([404, refusal('ERR_UID_NOT_FOUND')]);
  });

  it.each([
    ['no token', '', 'AUTH_ERR_EMPTY_AUTH_TOKEN'],
    ['a forged one', 'a.b.c', 'AUTH_ERR_AUTH_TOKEN_NOT_FOUND'],
  ])('with a token is refused with %s', async (_name, authToken, code) => {
    const answer = await ask('PUT', '/me', { headers: { authToken }, payload: DEVICE });
    expect([answer.status, answer.body]).toEqual([401, refusal(code)]);
  });

  it('names the fix when the app is another', async () => {
    const { body } = await ask('PUT', '/me', { headers: { appId: 'other' }, payload: DEVICE });
    expect(body.error.message).toContain(`give init the appId ${APP_ID}`);
  });
});

describe('logout of SDK v5', () => {
  it.each([
    ['nothing', {}],
    ['JSON that is empty', { 'content-type': 'application/json' }],
  ])('withdraws the one token, sent with %s', async (_name, headers) => {
    const [gone, other] = [await login(), await login()];
    const logout = () => ask('DELETE', '/me', { headers: { authToken: gone, ...headers } });
    expect([(await logout()).status, (await logout()).status]).toEqual([200, 401]);
    const statusWith = async (authToken: string) =>
      (await ask('POST', '/call_tokens', { headers: { authToken }, payload: { sessionId: 's' } })).status;
    expect([await statusWith(gone), await statusWith(other)]).toEqual([401, 200]);
  });

  it('leaves a call token as it is: a join needs no login', async () => {
    const authToken = await login();
    const callToken = await generateToken(authToken);
    await ask('DELETE', '/me', { headers: { authToken } });
    expect((await verify(callToken)).status).toBe(200);
  });
});

describe('joinSession of SDK v5', () => {
  it('learns everything lib-jitsi-meet needs', async () => {
    const callToken = await generateToken(await login());
    const answer = await verify(callToken);
    expect([answer.status, answer.body]).toEqual([
      200,
      {
        data: {
          callToken,
          sessionId: 'stand-up',
          user: { uid: 'cometchat-uid-1', name: 'Andrew Joseph', avatar: '' },
          settings: {
            WEBRTC_HOST: 'localhost:4680',
            ANALYTICS_HOST: 'localhost:4680',
            ANALYTICS_VERSION: 'v1',
            PRESENTER_MODE_ENABLED: true,
            connectionConfig: {
              serviceUrl: 'ws://localhost:4680/xmpp-websocket',
              hosts: { domain: 'localhost:4680', muc: 'conference.localhost:4680' },
              p2p: { enabled: false },
              bridgeChannel: { preferSctp: false },
              flags: {
                sourceNameSignaling: true,
                sendMultipleVideoStreams: true,
                receiveMultipleVideoStreams: true,
                ssrcRewritingEnabled: false,
              },
            },
          },
        },
      },
    ]);
  });

  it.each(['localhost:4680', '127.0.0.1:4680', '[::1]:4680', 'app.localhost'])(
    'signals to the host that it asked, %s',
    async host => {
      const answer = await verify(await generateToken(await login()), { headers: { host } });
      expect(answer.body.data.settings.connectionConfig.serviceUrl).toBe(`ws://${host}/xmpp-websocket`);
    },
  );

  it('signals by TLS where the page came by TLS', async () => {
    const to = await openApp({ behindTls: true });
    const callToken = await generateToken(await login(to), 'stand-up', to);
    const answer = await verify(callToken, { to, headers: { host: 'meet.example' } });
    expect(answer.body.data.settings.connectionConfig.serviceUrl).toBe('wss://meet.example/xmpp-websocket');
  });

  it('sends media directly, and asks no STUN server of others, when told to', async () => {
    const to = await openApp({ p2p: true });
    const answer = await verify(await generateToken(await login(to), 'stand-up', to), { to });
    expect(answer.body.data.settings.connectionConfig.p2p).toEqual({ enabled: true, stunServers: [] });
  });

  it.each([
    ['a forged call token', 'a.b.c', 401, 'AUTH_ERR_CALL_TOKEN_NOT_FOUND'],
    ['no call token', '', 401, 'AUTH_ERR_CALL_TOKEN_NOT_FOUND'],
  ])('is refused with %s', async (_name, callToken, status, code) => {
    const answer = await verify(callToken);
    expect([answer.status, answer.body]).toEqual([status, refusal(code)]);
  });

  it('is refused with a call token that is five minutes old', async () => {
    const callToken = await generateToken(await login());
    now += 5 * 60 * 1000;
    expect((await verify(callToken)).body).toEqual(refusal('AUTH_ERR_CALL_TOKEN_NOT_FOUND'));
  });

  it('is told when it asks for a configuration that we do not know', async () => {
    const answer = await verify(await generateToken(await login()), {}, '?configVersion=2');
    expect([answer.status, answer.body]).toEqual([400, refusal('ERR_BAD_REQUEST')]);
  });
});
