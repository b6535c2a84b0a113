import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import WebSocket from 'ws';
import { type RunningServer, startServer } from '../../../src/cli/compose.ts';

/** A server that says everything, and what it said: its log, and what its terminal is told of failures. */
async function talkative(env: Record<string, string>) {
  const folder = await mkdtemp(join(tmpdir(), 'meet-log-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const said: string[] = [];
  const dataDir = join(folder, '.meet');
  const server = await startServer({
    dataDir,
    projectDir: folder,
    port: 0,
    secret: 'signing-secret-of-enough-bytes-0123456789',
    env: { MEET_LOG: 'trace', ...env },
    writeLog: line => said.push(line),
    onFailure: (error, { url }) =>
      said.push(error instanceof Error ? `${url} ${error.message} ${error.stack}` : String(error)),
    onNote: note => said.push(note),
  });
  onTestFinished(() => server.stop());
  return { server, said, dataDir };
}

async function ask(
  server: RunningServer,
  path: string,
  headers: Record<string, string>,
  body?: object,
  method = 'POST',
) {
  const response = await fetch(`${server.local}${path}`, {
    method,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
    ...(body && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : {} };
}

const secretIn = (url: string, name: string) =>
  new URLSearchParams(new URL(url).hash.slice(1)).get(name) ?? '';

/** Every way that a secret may come in: where it belongs, and everywhere it does not. */
async function showEverywhere(server: RunningServer, secret: string) {
  const inPath = encodeURIComponent(secret).slice(0, 190);
  const query = `token=${inPath}&${inPath}&key=${inPath}&anything=${inPath}`;
  const header = { authorization: `Bearer ${secret}`, 'meet-key': secret, apikey: secret, authtoken: secret };
  const more = {
    calltoken: secret,
    cookie: `token=${secret}`,
    'x-api-key': secret,
    'proxy-authorization': secret,
  };
  for (const headers of [
    { ...header, ...more },
    { authorization: secret },
    { authorization: `Basic ${secret}` },
  ]) {
    await ask(server, `/api/meetings?${query}`, headers, {});
    await ask(server, `/api/meetings/x/token?${query}`, headers, { key: secret.slice(0, 100) });
    await ask(server, '/api/identity', headers, { invite: secret });
    await ask(server, '/api/identity', headers, { [secret]: 1, name: secret });
    await ask(server, '/api/admin/session', headers, { code: secret.slice(0, 100) });
    await ask(server, `/nowhere?${query}`, headers, undefined, 'GET');
    await ask(server, `/meet/x?${query}`, headers, undefined, 'GET');
    await ask(server, `/cometchat/v3.0/call_tokens?${query}`, headers, undefined, 'GET');
    await ask(server, '/cometchat/v3/users', headers, { uid: 'alice', name: 'Alice' });
  }
  const socket = new WebSocket(`${server.local.replace('http', 'ws')}/xmpp-websocket?${query}`, 'xmpp');
  await new Promise(resolve => socket.on('error', resolve).on('close', resolve));
}

/** As it is, and as the wire has it. */
const formsOf = (secret: string) => [
  secret,
  encodeURIComponent(secret),
  Buffer.from(secret).toString('base64'),
];

function expectSilence(said: readonly string[], secrets: Readonly<Record<string, string>>) {
  const told = Object.entries(secrets).flatMap(([name, secret]) =>
    said.flatMap(line =>
      formsOf(secret).some(form => line.includes(form)) ? `${name} in ${line.slice(0, 300)}` : [],
    ),
  );
  expect(told).toEqual([]);
}

it('no line of the log has a key, a token, an invite, a code or a secret', async () => {
  const hook = createServer((_request, response) => response.writeHead(500).end());
  await new Promise<void>(resolve => hook.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void hook.close());
  const address = `http://127.0.0.1:${(hook.address() as AddressInfo).port}`;
  const configured = {
    MEET_WEBHOOK_SECRET: `whsec_${Buffer.from('webhook secret to look for 01234567').toString('base64')}`,
    MEET_VERIFY_SECRET: 'verify-secret-to-look-for-0123456789',
  };
  const env = { ...configured, MEET_WEBHOOK_URL: `${address}/hook`, MEET_VERIFY_URL: `${address}/verify` };
  const { server, said, dataDir } = await talkative(env);
  const admin = { authorization: `Bearer ${server.adminKey}` };

  const keyed = (await ask(server, '/api/meetings', admin, { strategy: 'stable', id: '1' })).body;
  const invited = (await ask(server, `/api/meetings/${keyed.sessionId}/invites`, admin, { uid: 'bob' })).body;
  const key = secretIn(keyed.url, 'key');
  const identity = (await ask(server, '/api/identity', {}, { uid: 'alice' })).body.token;
  const bearer = { authorization: `Bearer ${identity}` };
  const pass = await ask(server, `/api/meetings/${keyed.sessionId}/token`, bearer, { key });
  expect(pass.status).toBe(200);
  const { authToken } = pass.body;
  const call = await ask(
    server,
    '/cometchat/v3.0/call_tokens',
    { authToken },
    { sessionId: keyed.sessionId },
  );
  const code = (await ask(server, '/api/admin/code', admin, {})).body.code;
  const session = (await ask(server, '/api/admin/session', {}, { code })).body.token;
  const secrets: Record<string, string> = {
    ...configured,
    'the admin key': server.adminKey,
    'the signing secret': 'signing-secret-of-enough-bytes-0123456789',
    'the API key': server.emulatorKeys.apiKey,
    'the auth key': server.emulatorKeys.authKey,
    'the key of a link': key,
    'an invite': secretIn(invited.url, 'invite'),
    'an identity token': identity,
    'an auth token': authToken,
    'a call token': call.body.data.token,
    'an admin code': code,
    'an admin session': session,
  };
  for (const [name, secret] of Object.entries(secrets))
    expect([name, secret.length]).toEqual([name, expect.any(Number)]);
  expect(Math.min(...Object.values(secrets).map(({ length }) => length))).toBeGreaterThan(15);
  for (const secret of Object.values(secrets)) await showEverywhere(server, secret);

  // It did talk: of each request, its address and its outcome.
  expect(said.filter(line => line.includes('"url":"/api/admin/session"')).length).toBeGreaterThan(10);
  expect(said.join('')).toContain('/api/meetings/x/token?token=***&***&key=***&anything=***');
  expectSilence(said, secrets);
  expect(await readFile(join(dataDir, 'admin-key'), 'utf8')).toContain(server.adminKey);
});

it.each(['%23key=', '%23key%3D', '%2523key=', '%2523key%253D', '%23KEY%3d', '/key='])(
  'nor has it the key of a link whose # became %s',
  async sharp => {
    const { server, said } = await talkative({});
    const key = 'Vq3-key-of-a-link-to-look-for';
    for (const path of ['/meet/team-web', '/api/meetings/team-web', '/nowhere'])
      await ask(server, `${path}${sharp}${key}`, {}, undefined, 'GET');
    expect(said.filter(line => line.includes('"url":"/')).length).toBeGreaterThanOrEqual(3);
    expectSilence(said, { 'the key of a link': key });
  },
);

it('nor has it an invite in a path', async () => {
  const { server, said } = await talkative({});
  const invite = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJib2IifQ.signature-to-look-for';
  await ask(server, `/meet/${invite}`, {}, undefined, 'GET');
  await ask(server, `/api/meetings/team-web%23invite=${invite}`, {}, undefined, 'GET');
  expectSilence(said, { 'an invite': invite, 'its signature': 'signature-to-look-for' });
});

it('nor has it what the cloud was asked with, when that fails', async () => {
  const cloud = createServer((request, response) => {
    // The worst that a vendor's error can do: say what it was sent.
    response.writeHead(500, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ error: { code: 'ERR', message: JSON.stringify(request.headers) } }));
  });
  await new Promise<void>(resolve => cloud.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void cloud.close());
  const host = `http://127.0.0.1:${(cloud.address() as AddressInfo).port}`;
  const apiKey = '0123456789abcdef0123456789abcdef01234567';
  const { server, said } = await talkative({
    COMETCHAT_APP_ID: 'app1',
    COMETCHAT_REGION: 'us',
    COMETCHAT_API_KEY: apiKey,
    COMETCHAT_HOST: host,
    COMETCHAT_ADMIN_HOST: host,
    COMETCHAT_CLIENT_HOST: host,
  });
  const admin = { authorization: `Bearer ${server.adminKey}` };
  const { sessionId } = (await ask(server, '/api/meetings', admin, {})).body;
  const { token } = (await ask(server, '/api/identity', {}, { name: 'Alice' })).body;
  const pass = await ask(
    server,
    `/api/meetings/${sessionId}/token`,
    { authorization: `Bearer ${token}` },
    {},
  );
  expect(pass.status).toBeGreaterThanOrEqual(500);
  expect(said.length).toBeGreaterThan(3);
  expectSilence([...said, JSON.stringify(pass.body)], { 'the API key': apiKey, 'an identity token': token });
});
