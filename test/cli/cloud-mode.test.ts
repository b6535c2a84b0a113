import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type RunningServer, type ServerOptions, startServer } from '../../src/cli/compose.ts';
import { temporaryFolder } from '../server/harness.ts';

async function start(env: ServerOptions['env'] = {}): Promise<RunningServer> {
  const projectDir = await temporaryFolder();
  const server = await startServer({ dataDir: join(projectDir, '.meet'), projectDir, env, port: 0 });
  onTestFinished(() => server.stop());
  return server;
}

/** What leads a server to the emulator of another one, as if that were CometChat's cloud. */
function envFor({ local, emulatorKeys: { appId, apiKey, region } }: RunningServer) {
  const host = `${local}/cometchat/v3.0`;
  return {
    COMETCHAT_APP_ID: appId,
    COMETCHAT_REGION: region,
    COMETCHAT_API_KEY: apiKey,
    COMETCHAT_HOST: host,
    COMETCHAT_ADMIN_HOST: host,
  };
}

async function post(url: string, body: object, token: string) {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  // biome-ignore lint/suspicious/noExplicitAny: each test states the shape it expects.
  return { status: response.status, headers: response.headers, body: (await response.json()) as any };
}

/** A guest of a new meeting asks for what the call needs. */
async function askToken({ local, adminKey }: RunningServer) {
  const { body } = await post(`${local}/api/meetings`, { public: true }, adminKey);
  const identity = await post(`${local}/api/identity`, { name: 'Dana' }, '');
  return post(`${local}/api/meetings/${body.sessionId}/token`, {}, identity.body.token);
}

describe('a server with a cloud', () => {
  it('gives a call token only, which the cloud takes, and its dedicated hosts', async () => {
    const cloud = await start();
    const env = envFor(cloud);
    const server = await start(env);
    expect([server.backend, server.strict]).toEqual(['cloud', true]);
    const { status, body } = await askToken(server);
    expect([status, body.authToken, body.cometchat]).toEqual([
      200,
      undefined,
      {
        appId: env.COMETCHAT_APP_ID,
        region: env.COMETCHAT_REGION,
        host: env.COMETCHAT_HOST,
        adminHost: env.COMETCHAT_ADMIN_HOST,
      },
    ]);
    const headers = { calltoken: body.callToken };
    const shown = await fetch(`${env.COMETCHAT_HOST}/call_tokens?configVersion=1`, { headers });
    const { data } = (await shown.json()) as { data: { user: { uid: string; name: string } } };
    expect(data.user).toMatchObject({ uid: body.user.uid, name: 'Dana' });
  });

  it('makes no users where it may not, and says which setting that is', async () => {
    const server = await start({ ...envFor(await start()), MEET_CREATE_USERS: 'off' });
    const { status, body } = await askToken(server);
    expect([status, body.code]).toEqual([403, 'USER_UNKNOWN']);
    expect(body.error).toContain('MEET_CREATE_USERS=off');
  });

  it("tells a visitor of the cloud's limit until when, and does not ask again before", async () => {
    const cloud = await start({ MEET_RATE_LIMIT: '1' });
    const server = await start(envFor(cloud));
    let answer = await askToken(server);
    for (let i = 0; i < 20 && answer.status === 200; i += 1) answer = await askToken(server);
    expect([answer.status, answer.body.code]).toEqual([503, 'COMETCHAT_BUSY']);
    const wait = Number(answer.headers.get('retry-after'));
    expect([wait > 8, wait <= 60, answer.body.detail]).toEqual([true, true, { retryAfterSeconds: wait }]);
    await cloud.stop();
    // It would be unreachable now, if it were asked.
    expect((await askToken(server)).body.code).toBe('COMETCHAT_BUSY');
  });

  it('answers 504 while the cloud is gone, and lives on', async () => {
    const cloud = await start();
    const server = await start(envFor(cloud));
    await cloud.stop();
    const { status, body } = await askToken(server);
    expect([status, body]).toEqual([
      504,
      { error: expect.stringMatching(/does not answer.*try again/), code: 'COMETCHAT_UNREACHABLE' },
    ]);
    expect((await fetch(`${server.local}/healthz`)).status).toBe(200);
  });
});

it('a server with the emulator makes no users either where it may not', async () => {
  const server = await start({ MEET_CREATE_USERS: 'off' });
  expect((await askToken(server)).body.code).toBe('USER_UNKNOWN');
});
