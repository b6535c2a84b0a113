import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import WebSocket from 'ws';
import { type RunningServer, type ServerOptions, startServer } from '../../src/cli/compose.ts';
import { listen } from '../../src/server/listen.ts';

// Whole processes, beside whatever else the machine is busy with.
vi.setConfig({ testTimeout: 30_000 });

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-compose-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer & { dataDir: string }> {
  const projectDir = await temporaryFolder();
  const dataDir = join(projectDir, '.meet');
  const server = await startServer({ dataDir, projectDir, env: {}, port: 0, ...options });
  onTestFinished(() => server.stop());
  return { ...server, dataDir };
}

async function post(url: string, body: object, headers: Record<string, string>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  // biome-ignore lint/suspicious/noExplicitAny: each test states the shape it expects.
  return { status: response.status, body: (await response.json()) as any };
}

/** What a page does up to its call token. */
async function joinAs(server: RunningServer, uid: string) {
  const admin = { authorization: `Bearer ${server.adminKey}` };
  const meeting = (await post(`${server.url}/api/meetings`, {}, admin)).body;
  const identity = (await post(`${server.url}/api/identity`, { uid }, {})).body;
  const bearer = { authorization: `Bearer ${identity.token}` };
  const pass = await post(`${server.url}/api/meetings/${meeting.sessionId}/token`, {}, bearer);
  return { meeting, pass };
}

async function callTokenOf(server: RunningServer, uid = 'alice'): Promise<string> {
  const { meeting, pass } = await joinAs(server, uid);
  const { host } = pass.body.cometchat;
  const { sessionId } = meeting;
  const answer = await post(`${host}/call_tokens`, { sessionId }, { authToken: pass.body.authToken });
  return answer.body.data.token;
}

/** The status that an upgrade is refused with; 101 when it is not. */
function dial(server: RunningServer, token: string, headers: Record<string, string> = {}): Promise<number> {
  const url = `${server.url.replace('http', 'ws')}/xmpp-websocket?token=${token}`;
  const socket = new WebSocket(url, 'xmpp', { headers });
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('open', () => {
      resolve(101);
      socket.terminate();
    });
    socket.on('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
      response.destroy();
    });
  });
}

it('lets meetings go by the clock it is given', async () => {
  let aheadMs = 0;
  const server = await start({ now: () => Date.now() + aheadMs });
  const admin = { authorization: `Bearer ${server.adminKey}` };
  const { body } = await post(`${server.url}/api/meetings`, { expiresIn: '1h' }, admin);
  const factsOf = async () =>
    (await fetch(`${server.url}/api/meetings/${body.sessionId}`, { headers: admin })).status;
  const before = await factsOf();
  aheadMs = 2 * 60 * 60_000;
  const bearer = {
    authorization: `Bearer ${(await post(`${server.url}/api/identity`, { uid: 'a' }, {})).body.token}`,
  };
  const refused = await post(`${server.url}/api/meetings/${body.sessionId}/authorize`, {}, bearer);
  expect([before, refused.status, refused.body.code]).toEqual([200, 410, 'MEETING_EXPIRED']);
});

describe('startServer', () => {
  it('leads from a meeting to a signalling socket', async () => {
    const server = await start();
    expect(await dial(server, await callTokenOf(server))).toBe(101);
  });

  it.each([
    ['a forged token', 'forged', {}, 401],
    ['the page of another site', '', { origin: 'https://evil.example' }, 403],
    ['a name that is not ours', '', { host: 'evil.example' }, 421],
  ])('refuses a socket with %s', async (_, token, headers, status) => {
    const server = await start();
    expect(await dial(server, token || (await callTokenOf(server)), headers)).toBe(status);
  });

  it.each([
    ['any port of this machine', {}, 'http://localhost:5173'],
    [
      'a configured origin',
      { MEET_ALLOWED_ORIGINS: 'https://app.example.com, http://b.example' },
      'http://b.example',
    ],
  ])('opens a socket to an app from %s, but not the API', async (_, env, origin) => {
    const server = await start({ env });
    expect(await dial(server, await callTokenOf(server), { origin })).toBe(101);
    expect((await post(`${server.url}/api/identity`, { uid: 'alice' }, { origin })).status).toBe(403);
  });

  it('answers 421 to an app whose name was rebound to this machine', async () => {
    const { port } = await start();
    const headers = { host: `evil.example:${port}`, origin: `http://localhost:${port}` };
    const status = await new Promise<number | undefined>((resolve, reject) => {
      get({ host: '127.0.0.1', port, path: '/cometchat/v3.0/call_tokens', headers }, response => {
        response.resume();
        resolve(response.statusCode);
      }).on('error', reject);
    });
    expect(status).toBe(421);
  });

  it('lets an app’s own users into its own sessions, and into no meeting of ours', async () => {
    const server = await start();
    const { meeting } = await joinAs(server, 'alice');
    const base = `${server.url}/cometchat/v3.0`;
    const { apiKey, authKey } = server.emulatorKeys;
    const uid = 'dana';
    const made = await post(`${server.url}/cometchat/v3/users`, { uid, name: 'Dana' }, { apiKey });
    expect(made.status).toBe(200);
    const login = await post(`${base}/users/${uid}/auth_tokens`, {}, { apiKey: authKey });
    const { authToken } = login.body.data;
    const ask = (sessionId: string) => post(`${base}/call_tokens`, { sessionId }, { authToken });
    const own = await ask('the-apps-own-session');
    expect(await dial(server, own.body.data.token, { origin: 'http://localhost:5173' })).toBe(101);
    expect((await ask(meeting.sessionId)).status).toBe(403);
  });

  it('hands out call tokens only in strict mode', async () => {
    const server = await start({ env: { MEET_STRICT: 'on' } });
    const { pass } = await joinAs(server, 'alice');
    expect(pass).toMatchObject({ status: 200, body: { callToken: expect.any(String) } });
    expect(pass.body.authToken).toBeUndefined();
    expect(await dial(server, pass.body.callToken)).toBe(101);
  });

  it('makes links with the base url that it is given, and answers to its name', async () => {
    const server = await start({ baseUrl: 'https://meet.example.com' });
    const { meeting } = await joinAs(server, 'alice');
    expect(meeting.url).toMatch(/^https:\/\/meet\.example\.com\/meet\//);
  });

  it('obeys the environment', async () => {
    const server = await start({ env: { MEET_GUESTS: 'off', MEET_RATE_LIMIT: '2' } });
    const statuses = [];
    for (const _ of [1, 2, 3]) statuses.push((await post(`${server.url}/api/identity`, {}, {})).status);
    expect(statuses).toEqual([403, 403, 429]);
  });

  it('runs beside others, each with its own people', async () => {
    const [one, two] = [await start(), await start()];
    expect(one.url).not.toBe(two.url);
    expect(await dial(two, await callTokenOf(one))).toBe(401);
  });

  it('frees everything when it stops, with sockets open, however often it is told to', async () => {
    const server = await start();
    const url = `${server.url.replace('http', 'ws')}/xmpp-websocket?token=${await callTokenOf(server)}`;
    const socket = new WebSocket(url, 'xmpp');
    const closed = new Promise(resolve => socket.on('close', resolve));
    await new Promise(resolve => socket.on('open', resolve));
    await Promise.all([server.stop(), server.stop()]);
    await closed;
    expect(existsSync(join(server.dataDir, 'server.json'))).toBe(false);
    const listener = await listen({ port: server.port });
    await listener.close(0);
  });

  it('stops at once while somebody follows what happens', async () => {
    const server = await start();
    const { meeting } = await joinAs(server, 'alice');
    const response = await fetch(`${server.url}/api/sessions/${meeting.sessionId}/events`, {
      headers: { authorization: `Bearer ${server.adminKey}` },
    });
    const begun = performance.now();
    await server.stop();
    // Well under the grace that it has for requests which do not end by themselves.
    expect(performance.now() - begun).toBeLessThan(1_500);
    expect(await response.text()).toMatch(/^retry: /);
  });

  it('tells who asked to hear of every session, by REST calls too, and no token', async () => {
    const events: object[] = [];
    const server = await start({ onEvent: event => events.push(event) });
    const token = await callTokenOf(server, 'alice');
    await expect
      .poll(() => events)
      .toContainEqual(expect.objectContaining({ kind: 'rest', who: 'alice', status: 200 }));
    expect(JSON.stringify(events)).not.toContain(token);
  });

  it('leaves nothing open when it cannot start', async () => {
    const blocker = await listen({ port: 0 });
    onTestFinished(() => blocker.close(0));
    await expect(start({ port: blocker.port })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
    await expect(start({ sdk: './nowhere' })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    const cloud = { COMETCHAT_APP_ID: 'app1', COMETCHAT_REGION: 'eu', COMETCHAT_API_KEY: 'key' };
    await expect(start({ env: cloud, onEvent: () => {} })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    await expect(start({ env: { COMETCHAT_REGION: 'us' } })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});
