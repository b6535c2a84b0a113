import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { request as requestTls } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { type RunningServer, type ServerOptions, startServer } from '../../src/cli/compose.ts';

vi.setConfig({ testTimeout: 30_000 });

async function start(options: Partial<ServerOptions>): Promise<RunningServer> {
  const projectDir = await mkdtemp(join(tmpdir(), 'meet-v5-hosts-'));
  onTestFinished(() => rm(projectDir, { recursive: true, force: true }));
  const server = await startServer({
    dataDir: join(projectDir, '.meet'),
    projectDir,
    env: {},
    port: 0,
    ...options,
  });
  onTestFinished(() => server.stop());
  return server;
}

interface Asked {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test states the shape it expects.
  readonly body: any;
}

/** With a `Host` of its own, which `fetch` would not send. */
function ask(url: string, { method = 'GET', headers = {}, body }: Asked): Promise<Answer> {
  return new Promise((resolve, reject) => {
    // Nobody signed the certificate of a test's server.
    const send = url.startsWith('https:') ? requestTls : request;
    const asking = send(
      url,
      {
        method,
        headers: { 'content-type': 'application/json', ...headers },
        ...(send === requestTls && { rejectUnauthorized: false }),
      },
      answer => {
        let text = '';
        answer.setEncoding('utf8').on('data', part => {
          text += part;
        });
        answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: JSON.parse(text) }));
      },
    );
    asking.on('error', reject);
    asking.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

/** What SDK v5 does with a token answer of ours, up to what lib-jitsi-meet is given. `direct`: the server's own address. */
async function joinWithV5(server: RunningServer, host: string, scheme: 'http' | 'https' = 'http') {
  const direct = `${scheme}://127.0.0.1:${server.port}`;
  const headers = { host };
  const post = async (path: string, body: object, more: Record<string, string> = {}) =>
    (await ask(direct + path, { method: 'POST', headers: { ...headers, ...more }, body })).body;
  const { sessionId } = await post('/api/meetings', {}, { authorization: `Bearer ${server.adminKey}` });
  const { token } = await post('/api/identity', { uid: 'alice' });
  const pass = await post(`/api/meetings/${sessionId}/token`, {}, { authorization: `Bearer ${token}` });
  const { appId, host: callHost, adminHost, clientHost } = pass.cometchat;
  // Where a proxy would send what is meant for the public name.
  const reach = (base: string) => direct + new URL(base).pathname;
  const common = { ...headers, appId };
  const me = await ask(`${reach(clientHost)}/me`, {
    method: 'PUT',
    headers: { ...common, authToken: pass.authToken },
    body: { platform: 'web', deviceId: 'd' },
  });
  const made = await ask(`${reach(callHost)}/call_tokens`, {
    method: 'POST',
    headers: { ...common, authToken: pass.authToken },
    body: { sessionId },
  });
  const verified = await ask(`${reach(callHost)}/call_tokens?configVersion=1`, {
    headers: { ...common, calltoken: made.body.data.token },
  });
  return {
    hosts: { callHost, adminHost, clientHost },
    me: me.body.data,
    call: verified.body.data,
    sessionId,
  };
}

it('gives SDK v5 its three hosts, which are one base, and from there a socket of the same origin', async () => {
  const server = await start({});
  const own = `localhost:${server.port}`;
  const { hosts, me, call, sessionId } = await joinWithV5(server, own);
  const base = `http://${own}/cometchat/v3.0`;
  expect(hosts).toEqual({ callHost: base, adminHost: base, clientHost: base });
  expect(me).toMatchObject({ uid: 'alice', name: 'alice' });
  expect(call).toMatchObject({ sessionId, user: { uid: 'alice' } });
  expect(call.settings.connectionConfig).toMatchObject({
    serviceUrl: `ws://${own}/xmpp-websocket`,
    p2p: { enabled: false },
  });
});

it('sends SDK v5 by TLS to the socket where the page came by TLS, and obeys MEET_P2P', async () => {
  const server = await start({ baseUrl: 'https://meet.example.com', env: { MEET_P2P: 'on' } });
  const { hosts, call } = await joinWithV5(server, 'meet.example.com');
  expect(hosts.callHost).toBe('https://meet.example.com/cometchat/v3.0');
  expect(call.settings.connectionConfig).toMatchObject({
    serviceUrl: 'wss://meet.example.com/xmpp-websocket',
    p2p: { enabled: true, stunServers: [] },
  });
});

it('sends SDK v5 by TLS to the socket where the server itself speaks it, and without where it was asked without', async () => {
  const server = await start({ https: true });
  const own = `localhost:${server.port}`;
  for (const [scheme, socket] of [
    ['https', 'wss'],
    ['http', 'ws'],
  ] as const) {
    const { hosts, call } = await joinWithV5(server, own, scheme);
    expect(hosts.callHost).toBe(`${scheme}://${own}/cometchat/v3.0`);
    expect(call.settings.connectionConfig.serviceUrl).toBe(`${socket}://${own}/xmpp-websocket`);
  }
});
