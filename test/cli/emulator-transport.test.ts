import { expect, it, onTestFinished } from 'vitest';
import { transportTo } from '../../src/cli/emulator-transport.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';
import type { TraceEvent } from '../../src/emulator/trace/trace.ts';
import { restSpec } from '../emulator/faults/specs.ts';

const KEYS = {
  secret: 'a secret',
  apiKey: 'the-api-key',
  authKey: 'the-auth-key',
  appId: 'app',
  region: 'us',
};
const UID = 'cometchat-uid-1';
const AUTH = `/v3/users/${UID}/auth_tokens`;
const CALL = '/v3.0/call_tokens';

async function open() {
  const emulator = await createEmulator({ ...KEYS, mayIssue: (_uid, sessionId) => sessionId !== 'shut' });
  onTestFinished(() => emulator.close());
  const heard: TraceEvent[] = [];
  emulator.trace.subscribe(null, event => heard.push(event));
  const transport = transportTo(emulator);
  const ask = async (path: string, headers: Record<string, string>, body: object = {}, timeoutMs = 5_000) => {
    const url = `http://localhost/cometchat${path}`;
    const answer = await transport({
      method: 'POST',
      url,
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
      timeoutMs,
    });
    const { data, error } = JSON.parse(answer.text);
    return { status: answer.status, data, code: error?.code };
  };
  const told = () =>
    heard.splice(0).map(({ session, who, method, route, status, code }) => ({
      session,
      who,
      method,
      route,
      status,
      code,
    }));
  return { emulator, ask, told };
}

type Opened = Awaited<ReturnType<typeof open>>;

/** All that a server asks, right and wrong. */
async function askEverything({ ask, told }: Opened) {
  const authToken = (await ask(AUTH, { apikey: KEYS.apiKey, appId: 'app' })).data.authToken;
  const answers = [
    await ask(AUTH, { apikey: KEYS.authKey }),
    await ask(AUTH, { apikey: KEYS.apiKey, appId: 'other' }),
    await ask('/v3/users/nobody/auth_tokens', { apikey: KEYS.apiKey }),
    await ask(CALL, { authToken: 'forged' }, { sessionId: 'team' }),
    await ask(CALL, { authToken }, { sessionId: 'shut' }),
    await ask(CALL, { authToken }, { sessionId: 'TEAM' }),
    await ask(CALL, { authToken }, { sessionId: 'team' }),
    await ask('/v3/users', { apikey: KEYS.apiKey }, { uid: 'dana', name: 'Dana' }),
    await ask('/v3/nothing', { apikey: KEYS.apiKey }),
  ];
  return { answers: answers.map(({ status, code }) => [status, code]), told: told() };
}

it('is answered as over HTTP, and told of in the trace alike', async () => {
  const [direct, routed] = [await open(), await open()];
  // Any fault leads all requests through the routes; this one hits none of them.
  routed.emulator.faults.add(restSpec({ route: 'GET /v3.0/call_tokens', status: 500 }));
  // The fault itself is told of.
  routed.told();
  const ours = await askEverything(direct);
  expect(ours.answers.map(([status]) => status)).toEqual([403, 401, 404, 401, 403, 400, 200, 200, 404]);
  expect(ours).toEqual(await askEverything(routed));
});

it('fails where a fault says so', async () => {
  const { emulator, ask } = await open();
  emulator.faults.add(
    restSpec({ route: 'POST /v3/users/:uid/auth_tokens', status: 503, code: 'ERR_X', times: 1 }),
  );
  expect(await ask(AUTH, { apikey: KEYS.apiKey })).toMatchObject({ status: 503, code: 'ERR_X' });
  expect(await ask(AUTH, { apikey: KEYS.apiKey })).toMatchObject({ status: 200 });
});

it('is given up like a cloud that does not answer, where a fault makes it slow', async () => {
  const { emulator, ask } = await open();
  emulator.faults.add(restSpec({ route: 'POST /v3/users/:uid/auth_tokens', slowMs: 5_000 }));
  await expect(ask(AUTH, { apikey: KEYS.apiKey }, {}, 50)).rejects.toMatchObject({
    code: 'COMETCHAT_UNREACHABLE',
    detail: { reason: 'TIMEOUT' },
  });
});
