import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createAsker } from './ask.ts';
import { type Instance, startInstance } from './instance.ts';
import { NAME, type Nginx, startNginx, whyNoNginx } from './nginx.ts';

const obstacle = whyNoNginx();
if (obstacle) process.stderr.write(`skipped, without nginx: ${obstacle}\n`);

const ORIGIN = `https://${NAME}`;

describe.skipIf(obstacle !== null)('nginx, with our sample configuration, before two instances', () => {
  const folder = mkdtempSync(join(tmpdir(), 'meet-behind-'));
  let instances: Instance[];
  let nginx: Nginx;
  let client: ReturnType<typeof createAsker>;
  let adminKey: string;
  let callToken = 'none yet';

  beforeAll(async () => {
    const env = { MEET_DATA_DIR: folder, MEET_URL: ORIGIN, MEET_TRUST_PROXY: '127.0.0.1', MEET_LOG: 'info' };
    instances = [await startInstance(env), await startInstance(env)];
    nginx = await startNginx(instances.map(({ port }) => port));
    client = createAsker(nginx);
    adminKey = readFileSync(join(folder, 'admin-key'), 'utf8').trim();
  });

  afterAll(async () => {
    client?.close();
    await nginx?.close();
    for (const instance of instances ?? []) await instance.kill('SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  });

  const createMeeting = async (id: string) =>
    (
      await client.ask('POST', '/api/meetings', {
        token: adminKey,
        body: { strategy: 'stable', prefix: 'n', id },
      })
    ).body;

  /** Of the emulator that both have, for a session that is no meeting. */
  const callTokenOf = async (uid: string) => {
    const { apiKey } = JSON.parse(readFileSync(join(folder, 'emulator-keys.json'), 'utf8'));
    const post = async (path: string, headers: Record<string, string>, body: object) =>
      (await client.ask('POST', `/cometchat${path}`, { headers, body })).body.data;
    const { authToken } = await post(`/v3/users/${uid}/auth_tokens`, { apikey: apiKey }, {});
    return (await post('/v3.0/call_tokens', { authtoken: authToken }, { sessionId: 'free' })).token;
  };

  it('leads from http to https', async () => {
    const location = await new Promise(resolve =>
      get({ host: '127.0.0.1', port: nginx.httpPort, path: '/meet/x', headers: { host: NAME } }, answer => {
        answer.resume();
        resolve([answer.statusCode, answer.headers.location]);
      }),
    );
    expect(location).toEqual([301, `${ORIGIN}/meet/x`]);
  });

  it('gives both something to do, and they agree', async () => {
    const { sessionId, url } = await createMeeting('both');
    expect(url).toMatch(`${ORIGIN}/meet/${sessionId}#key=`);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.ask('GET', `/api/meetings/${sessionId}`, { token: adminKey })),
    );
    expect(answers.map(({ status, body }) => [status, body.url])).toEqual(answers.map(() => [200, url]));
    for (const { port } of instances) await expect.poll(nginx.log).toContain(`127.0.0.1:${port}`);
  });

  it('lets a browser of its own origin in, and no other', async () => {
    const introduce = (origin: string) =>
      client.ask('POST', '/api/identity', { body: { name: 'Alice' }, headers: { origin } });
    expect((await introduce(ORIGIN)).status).toBe(200);
    expect((await introduce('https://evil.example')).body.code).toBe('BAD_ORIGIN');
  });

  it('takes WebSockets of the emulator', async () => {
    callToken = await callTokenOf('cometchat-uid-1');
    const socket = new WebSocket(`wss://127.0.0.1:${nginx.port}/xmpp-websocket?token=${callToken}`, 'xmpp', {
      ca: nginx.certificate,
      headers: { host: NAME, origin: ORIGIN },
    });
    const heard = new Promise((resolve, reject) => {
      socket.once('error', reject);
      socket.once('message', data => resolve(String(data)));
    });
    socket.once('open', () =>
      socket.send('<open xmlns="urn:ietf:params:xml:ns:xmpp-framing" to="localhost" version="1.0"/>'),
    );
    // Its domain has the port of the instance: that it says so, went there and back.
    expect(await heard).toContain('host-unknown');
    socket.terminate();
  });

  it('passes on an event stream while it is open', async () => {
    const { sessionId } = await createMeeting('events');
    const asking = request(
      client.optionsOf('GET', `/api/meetings/${sessionId}/events`, {
        authorization: `Bearer ${adminKey}`,
        accept: 'text/event-stream',
      }),
    );
    const first = await new Promise((resolve, reject) => {
      asking.once('error', reject);
      asking.once('response', answer => answer.once('data', part => resolve(`${answer.statusCode} ${part}`)));
      asking.end();
    });
    expect(first).toMatch(/^200 retry: /);
    asking.destroy();
  });

  it("tells the visitor's address, whatever the visitor says of it", async () => {
    const forged = {
      'x-forwarded-for': '6.6.6.6',
      'x-forwarded-host': 'evil.example',
      'x-real-ip': '6.6.6.6',
    };
    const { status } = await client.ask('GET', '/api/meetings/who', {
      localAddress: '127.0.0.2',
      agent: false,
      headers: forged,
    });
    expect(status).toBe(404);
    const said = () => instances.map(instance => instance.said()).join('');
    await expect.poll(said).toMatch(/meetings\/who.*127\.0\.0\.2/);
    expect(said()).not.toMatch(/6\.6\.6\.6|evil\.example/);
  });

  it("takes a request's id from no visitor", async () => {
    await client.ask('GET', '/api/meetings/whose', { headers: { 'x-request-id': 'of-somebody-else' } });
    const said = () => instances.map(instance => instance.said()).join('');
    await expect.poll(said).toMatch(/"reqId":"[0-9a-f]{32}".*meetings\/whose/);
    expect(said()).not.toContain('of-somebody-else');
  });

  it('neither passes on nor logs a path with the # of a link in it', async () => {
    const key = 'k3y-to-look-for';
    for (const sharp of ['%23', '%2523'])
      expect((await client.ask('GET', `/meet/team-web${sharp}key=${key}`)).status).toBe(404);
    expect((await client.ask('GET', '/healthz?after=%23')).status).toBe(200);
    await expect.poll(nginx.log).toContain('/healthz');
    expect(nginx.log() + instances.map(instance => instance.said()).join('')).not.toContain(key);
  });

  it('refuses a body that is too large, in JSON, and what is only for who runs it', async () => {
    const body = { name: 'x'.repeat(17 * 1024) };
    expect(await client.ask('POST', '/api/identity', { body })).toMatchObject({
      status: 413,
      body: { code: 'BODY_TOO_LARGE' },
    });
    for (const path of ['/metrics', '/readyz']) expect((await client.ask('GET', path)).status).toBe(404);
    expect((await client.ask('GET', '/healthz')).status).toBe(200);
  });

  it('goes on with one of them, and says so when there is none', async () => {
    await instances[0]?.kill('SIGTERM');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => client.ask('POST', '/api/identity', { body: { name: 'Bob' } })),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    await instances[1]?.kill('SIGTERM');
    expect(await client.ask('GET', '/healthz?token=a-token-in-a-url')).toMatchObject({
      status: 503,
      body: { code: 'AWAY' },
    });
    expect(nginx.log()).toContain('/xmpp-websocket');
    for (const secret of ['a-token-in-a-url', callToken]) expect(nginx.log()).not.toContain(secret);
  });
});
