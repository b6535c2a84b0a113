import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as plainRequest } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { isIPv4 } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import WebSocket from 'ws';
import { type RunningServer, type ServerOptions, startServer } from '../../src/cli/compose.ts';
import { openDataFolder } from '../../src/cli/data-folder.ts';
import { findLocalServer, findServer } from '../../src/cli/find-server.ts';
import { thisMachine } from '../../src/cli/host-name.ts';

vi.setConfig({ testTimeout: 30_000 });

/** What is asked there comes from an address beyond loopback too: from another machine, as far as the server knows. */
const address = thisMachine().addresses.find(isIPv4);
if (!address)
  process.stderr.write('\nSKIPPED: https on the LAN, since this machine has no address on any.\n\n');

async function start(options: Partial<ServerOptions> = {}): Promise<RunningServer & { dataDir: string }> {
  const projectDir = await mkdtemp(join(tmpdir(), 'meet-lan-cli-'));
  onTestFinished(() => rm(projectDir, { recursive: true, force: true }));
  const dataDir = join(projectDir, '.meet');
  const server = await startServer({ dataDir, projectDir, env: {}, port: 0, ...options });
  onTestFinished(() => server.stop());
  return { ...server, dataDir };
}

interface Question {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: object;
}

interface Answer {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly text: string;
}

/** Asks as another machine would, which trusts the authority and no other. */
function ask(
  server: RunningServer,
  url: string,
  { method = 'GET', headers, body }: Question = {},
): Promise<Answer> {
  const options = {
    method,
    agent: false,
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
  };
  const request = url.startsWith('https:')
    ? tlsRequest(url, { ...options, ca: server.tls?.trust.cert, checkServerIdentity: isFor(url) })
    : plainRequest(url, options);
  return new Promise((resolve, reject) => {
    request.on('error', reject).on('response', async response => {
      let text = '';
      for await (const chunk of response) text += chunk;
      resolve({ status: response.statusCode, headers: response.headers, text });
    });
    request.end(body && JSON.stringify(body));
  });
}

/** By the address that is dialled, whatever the request calls it. */
const isFor = (url: string) => (_: string, certificate: PeerCertificate) =>
  checkServerIdentity(new URL(url).hostname, certificate);

const codeOf = ({ text }: Answer) => JSON.parse(text).code;

/** Where this process takes TCP connections or UDP datagrams, as the kernel has it. */
function listeningPlaces(): string[] {
  const inodes = new Set(readdirSync('/proc/self/fd').flatMap(fd => readInode(`/proc/self/fd/${fd}`) ?? []));
  return ['tcp', 'tcp6', 'udp', 'udp6'].flatMap(kind =>
    readFileSync(`/proc/self/net/${kind}`, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map(row => row.trim().split(/\s+/))
      // 0A: listening; UDP knows no such state.
      .filter(
        ([, , , state, , , , , , inode = '']) =>
          inodes.has(inode) && (kind.startsWith('udp') || state === '0A'),
      )
      .map(([, local = '']) => `${kind} ${local.split(':')[0]}`),
  );
}

function readInode(link: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(link))?.[1];
  } catch {
    return undefined;
  }
}

const LOOPBACK = ['tcp 0100007F', 'tcp6 00000000000000000000000001000000', 'udp 0100007F'];

describe.runIf(process.platform === 'linux')('what listens', () => {
  it.each([
    ['without --host', {}],
    ['with --https alone', { https: true }],
  ])('beyond loopback is nothing %s, neither TCP nor UDP', async (_, options) => {
    const before = listeningPlaces();
    const server = await start(options);
    const own = listeningPlaces().filter(place => !before.includes(place));
    expect(own).toContain('tcp 0100007F');
    expect(own).toContain('udp 0100007F');
    for (const place of own) expect(LOOPBACK).toContain(place);
    expect(server.url).toBe(`http://localhost:${server.port}`);
    expect(server.lan).toBe(false);
  });

  it('everywhere is TCP only, until somebody comes whose media needs a place', async () => {
    const before = listeningPlaces();
    await start({ https: true, host: '*' });
    const own = listeningPlaces().filter(place => !before.includes(place));
    expect(own).toContain('tcp 00000000');
    expect(own.filter(place => place.startsWith('udp'))).toEqual(['udp 0100007F']);
  });
});

describe.runIf(address)('https on the LAN', () => {
  let server: RunningServer & { dataDir: string };
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meet-lan-cli-'));
    const dataDir = join(folder, '.meet');
    const options = { dataDir, projectDir: folder, env: {}, port: 0, https: true, host: '*' };
    server = { ...(await startServer(options)), dataDir };
  });
  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('is where links lead; this machine is asked without', async () => {
    const server = await start({ https: true, ...(address && { host: address }) });
    expect(server).toMatchObject({ url: `https://${address}:${server.port}`, lan: true });
    expect(server.local).toBe(`http://localhost:${server.port}`);
    const folder = openDataFolder(server.dataDir, undefined);
    expect(await findServer(folder)).toBe(server.url);
    expect(await findLocalServer(folder)).toBe(`http://127.0.0.1:${server.port}`);
    const made = await fetch(`${server.local}/api/meetings`, {
      method: 'POST',
      headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
      body: '{}',
    });
    expect(await made.json()).toMatchObject({ url: expect.stringMatching(`^${server.url}/meet/`) });
  });

  it('serves pages under every address and name of the certificate, without binding localhost to https', async () => {
    for (const host of [address, 'localhost', '127.0.0.1']) {
      const { status, headers } = await ask(server, `https://${host}:${server.port}/meet/room-42`);
      expect(status).toBe(200);
      expect(headers['strict-transport-security']).toBeUndefined();
      expect(headers['content-security-policy']).toContain(`wss://${host}:${server.port}`);
    }
  });

  it('leads other machines from http to it, and keeps the whole address', async () => {
    const plain = `http://${address}:${server.port}`;
    for (const path of ['/', '/meet/room-42?as=bob', '/nothing']) {
      const { status, headers } = await ask(server, plain + path);
      expect({ status, location: headers.location }).toEqual({
        status: 308,
        location: `https://${address}:${server.port}${path}`,
      });
    }
    const other = await ask(server, `${plain}/`, { headers: { host: 'evil.example' } });
    expect({ status: other.status, location: other.headers.location }).toEqual({
      status: 421,
      location: undefined,
    });
  });

  it.each([
    ['POST', '/api/identity'],
    ['GET', '/api/meetings'],
    ['GET', '/cometchat/v3.0/me'],
    ['GET', '/xmpp-websocket'],
    ['GET', '/metrics'],
    ['POST', '/'],
  ])('refuses %s %s to other machines by plain http', async (method, path) => {
    const refused = await ask(server, `http://${address}:${server.port}${path}`, {
      method,
      headers: { authorization: `Bearer ${server.adminKey}` },
    });
    expect({ status: refused.status, code: codeOf(refused) }).toEqual({
      status: 403,
      code: 'HTTPS_REQUIRED',
    });
  });

  it('leaves http to this machine, where localhost is as good', async () => {
    const { local } = server;
    expect((await fetch(`${local}/`)).status).toBe(200);
    expect((await fetch(`${local}/openapi.json`)).status).toBe(200);
  });

  it('hands out the authority by http too, never its key; and nothing where it is mkcert’s', async () => {
    const { status, headers, text } = await ask(server, `http://${address}:${server.port}/ca.crt`);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/x-x509-ca-cert');
    expect(text).toBe(readFileSync(join(server.dataDir, 'ca.crt'), 'utf8'));
    expect(text).not.toContain('PRIVATE');
    const without = await start();
    expect((await ask(without, `${without.local}/ca.crt`)).status).toBe(404);
  });

  it('opens the emulator to other machines, but not to its keys', async () => {
    const me = `https://${address}:${server.port}/cometchat/v3.0/me`;
    const asked = await ask(server, me, { method: 'PUT', headers: { authtoken: 'nobody' }, body: {} });
    expect(asked.status).toBe(401);
    const users = `https://${address}:${server.port}/cometchat/v3/users/cometchat-uid-1/auth_tokens`;
    const headers = { apikey: server.emulatorKeys.apiKey };
    const refused = await ask(server, users, { method: 'POST', headers, body: {} });
    expect({ status: refused.status, code: codeOf(refused) }).toEqual({ status: 404, code: 'NOT_FOUND' });
    const here = users.replace(`https://${address}`, 'http://127.0.0.1');
    expect((await ask(server, here, { method: 'POST', headers, body: {} })).status).toBe(200);
  });

  it('opens signalling to other machines by wss, not by ws', async () => {
    const dial = (scheme: string) => {
      const url = `${scheme}://${address}:${server.port}/xmpp-websocket?token=none`;
      const socket = new WebSocket(url, 'xmpp', { ca: server.tls?.trust.cert });
      return new Promise(resolve => {
        socket
          .on('error', () => {})
          .on('unexpected-response', (_, response) => {
            resolve(response.statusCode);
            socket.terminate();
          });
      });
    };
    // The gateway's own word about the token, and nobody's.
    expect(await dial('wss')).toBe(401);
    expect(await dial('ws')).toBe(404);
  });

  it('stays closed to other machines without --https', async () => {
    const server = await start({ host: '*' });
    expect(server).toMatchObject({ url: `http://localhost:${server.port}`, lan: false });
    const plain = `http://${address}:${server.port}`;
    expect((await ask(server, `${plain}/`)).status).toBe(200);
    expect((await ask(server, `${plain}/cometchat/v3.0/me`, { method: 'PUT' })).status).toBe(404);
  });

  it('answers to no other name', async () => {
    const asked = await ask(server, `https://${address}:${server.port}/`, {
      headers: { host: 'evil.example' },
    });
    expect({ status: asked.status, code: codeOf(asked) }).toEqual({ status: 421, code: 'BAD_HOST' });
  });
});
