import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { createEmulator } from '../../../src/emulator/emulator.ts';
import type { TraceEvent } from '../../../src/emulator/trace/trace.ts';

const KEYS = {
  secret: 'a secret',
  apiKey: 'the-api-key',
  authKey: 'the-auth-key',
  appId: 'app',
  region: 'us',
};

async function open(refuse = false) {
  const emulator = await createEmulator({ ...KEYS, mayIssue: () => !refuse });
  const app = Fastify();
  await app.register(emulator.routes, { prefix: '/cometchat' });
  onTestFinished(async () => {
    await app.close();
    await emulator.close();
  });
  const heard: TraceEvent[] = [];
  emulator.trace.subscribe(null, event => heard.push(event));
  const call = async (
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    payload?: object,
  ) => (await app.inject({ method, url: `/cometchat${url}`, headers, ...(payload && { payload }) })).json();
  return { heard, call, recent: emulator.trace.recent };
}

const told = (events: readonly TraceEvent[]) =>
  events.map(({ session, kind, who, method, route, status, code }) =>
    [session, kind, who, method, route, status, code].filter(each => each !== undefined).join(' '),
  );

it('every REST call is told: who, in which session, what for and how it ended, and no token', async () => {
  const { heard, call, recent } = await open();
  const uid = 'cometchat-uid-1';
  const { authToken } = (await call('POST', `/v3/users/${uid}/auth_tokens`, { apikey: KEYS.apiKey })).data;
  const { token } = (await call('POST', '/v3.0/call_tokens', { authtoken: authToken }, { sessionId: 'team' }))
    .data;
  await call('GET', '/v3.0/call_tokens', { calltoken: token });
  expect(told(heard)).toEqual([
    ` rest ${uid} POST /cometchat/v3/users/:uid/auth_tokens 200`,
    `team rest ${uid} POST /cometchat/v3.0/call_tokens 200`,
    `team rest ${uid} GET /cometchat/v3.0/call_tokens 200`,
  ]);
  expect(told(recent('team'))).toHaveLength(2);
  expect(heard.every(event => Number.isInteger(event.ms))).toBe(true);
  for (const secret of [authToken, token, KEYS.apiKey]) expect(JSON.stringify(heard)).not.toContain(secret);
});

it('a refused REST call is told with its code, an unknown one without its address', async () => {
  const { heard, call } = await open(true);
  const uid = 'cometchat-uid-2';
  await call('POST', `/v3/users/${uid}/auth_tokens`, { apikey: 'wrong-key' });
  const { authToken } = (await call('POST', `/v3/users/${uid}/auth_tokens`, { apikey: KEYS.apiKey })).data;
  await call('POST', '/v3.0/call_tokens', { authtoken: authToken }, { sessionId: 'team' });
  await call('POST', '/v3.0/call_tokens', { authtoken: 't-secret' }, { sessionId: 'team' });
  await call('GET', '/v3.0/nothing?token=t-secret', {});
  expect(told(heard)).toEqual([
    ` rest ${uid} POST /cometchat/v3/users/:uid/auth_tokens 401 AUTH_ERR_APIKEY_NOT_FOUND`,
    ` rest ${uid} POST /cometchat/v3/users/:uid/auth_tokens 200`,
    `team rest ${uid} POST /cometchat/v3.0/call_tokens 403 AUTH_ERR_NO_ACCESS`,
    'team rest POST /cometchat/v3.0/call_tokens 401 AUTH_ERR_AUTH_TOKEN_NOT_FOUND',
    ' rest GET none 404',
  ]);
  expect(JSON.stringify(heard)).not.toMatch(/t-secret|wrong-key/);
});
