import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fastify, { type FastifyInstance } from 'fastify';
import { onTestFinished } from 'vitest';
import { emulatorBases } from '../../src/cometchat/bases.ts';
import { createCometChatClient } from '../../src/cometchat/client.ts';
import { createEmulator } from '../../src/emulator/emulator.ts';
import { buildApp } from '../../src/server/app.ts';
import type { AppOptions } from '../../src/server/context.ts';
import { createGrants } from '../../src/server/grants.ts';
import { createHostPolicy } from '../../src/server/hosts.ts';
import type { Sdk } from '../../src/server/sdk.ts';
import { type MeetingStore, openStore } from '../../src/store/store.ts';

export const ADMIN_KEY = 'test-admin-key';
export const SECRET = 'a test secret of enough bytes, 32+';
export const BASE = 'http://localhost:4680';
/** 20 November 2026, 12:00 UTC. */
export const NOON = Date.UTC(2026, 10, 20, 12);
export const HOUR = 3_600_000;

export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'meet-server-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

export async function temporaryStore(): Promise<MeetingStore> {
  const store = await openStore({ file: join(await temporaryFolder(), 'meet.db') });
  onTestFinished(() => store.close());
  return store;
}

/** A built page and an SDK, as small as they can be. */
export async function fakeWeb(version = '4.2.6'): Promise<{ webRoot: string; sdk: Sdk }> {
  const webRoot = await temporaryFolder();
  const folder = await temporaryFolder();
  await writeFile(
    join(webRoot, 'index.html'),
    '<html><head><!--meet:config--><script src="/page.js"></script></head></html>',
  );
  await writeFile(join(webRoot, 'home.html'), '<html><head><script src="/home.js"></script></head></html>');
  await writeFile(join(webRoot, 'home.js'), '// home');
  await writeFile(join(webRoot, 'page.js'), '// the page');
  await writeFile(join(webRoot, 'shim.js'), '// the shim');
  await writeFile(join(folder, 'index.js'), '// the sdk');
  await writeFile(join(folder, '.env'), 'SECRET=1');
  await writeFile(join(folder, 'style.css'), '');
  const major = version.startsWith('5') ? 5 : 4;
  const style = major === 5 ? 'style.css' : null;
  const name = '@cometchat/calls-sdk-javascript';
  return {
    webRoot,
    sdk: {
      name,
      version,
      major,
      source: 'bundled',
      folder,
      script: 'index.js',
      style,
      bytes: Buffer.from('// the sdk'),
      hash: 'abc123',
    },
  };
}

export interface Harness {
  readonly app: FastifyInstance;
  readonly store: MeetingStore;
  /** The emulator's origin, of which only `/cometchat` is there; nobody's without an emulator. */
  readonly cometchat: string;
  readonly clock: { now: number };
  readonly failures: unknown[];
  as(token: string | undefined): Caller;
}

export interface Answer {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test states the shape it expects.
  readonly body: any;
  readonly headers: Record<string, unknown>;
}

type Caller = (
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
  url: string,
  body?: unknown,
  headers?: object,
) => Promise<Answer>;

/** The app on a real store, and on request with a real emulator behind it, on a port of its own. */
export async function startHarness(changes: Partial<AppOptions> = {}, emulated = false): Promise<Harness> {
  const clock = { now: NOON };
  const now = () => clock.now;
  const failures: unknown[] = [];
  const store = changes.store ?? (await temporaryStore());
  const grants = createGrants({ store, now });
  const cometchat = emulated ? await startEmulator(grants.mayIssue, now) : 'http://127.0.0.1:1';
  const { adminBase, callBase } = emulatorBases(cometchat);
  const app = await buildApp({
    store,
    grants,
    secret: SECRET,
    adminKey: ADMIN_KEY,
    cometchat: {
      client: createCometChatClient({ appId: 'app1', adminBase, callBase, apiKey: 'api-key' }),
      appId: 'app1',
      region: 'us',
    },
    emulatorOn: true,
    claimedUids: true,
    strict: false,
    baseUrl: BASE,
    hosts: createHostPolicy({ baseUrl: changes.baseUrl ?? BASE, allowed: [] }),
    now,
    onFailure: error => failures.push(error),
    ...(await fakeWeb()),
    ...changes,
  });
  onTestFinished(() => app.close());
  return { app, store, cometchat, clock, failures, as: token => callerOf(app, token) };
}

async function startEmulator(
  mayIssue: (uid: string, sessionId: string, authHash: string) => Promise<boolean>,
  now: () => number,
): Promise<string> {
  const emulator = await createEmulator({
    secret: 'emulator secret',
    apiKey: 'api-key',
    authKey: 'auth-key',
    appId: 'app1',
    region: 'us',
    mayIssue,
    now,
  });
  const server = fastify();
  await server.register(emulator.routes, { prefix: '/cometchat' });
  await server.listen({ port: 0, host: '127.0.0.1' });
  onTestFinished(async () => {
    await emulator.close();
    await server.close();
  });
  return `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

function callerOf(app: FastifyInstance, token: string | undefined): Caller {
  return async (method, url, body, headers = {}) => {
    const response = await app.inject({
      method,
      url,
      headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers },
      ...(body !== undefined && { payload: body as object }),
    });
    const isJson = String(response.headers['content-type']).startsWith('application/json');
    return {
      status: response.statusCode,
      body: isJson ? response.json() : response.body,
      headers: response.headers,
    };
  };
}

/** A guest's identity token. */
export async function guest(harness: Harness, uid = 'alice'): Promise<string> {
  return (await harness.as(undefined)('POST', '/api/identity', { uid })).body.token;
}

/** Creates a meeting over HTTP and returns the answer's body. */
export async function createMeeting(harness: Harness, body: object = {}) {
  const answer = await harness.as(ADMIN_KEY)('POST', '/api/meetings', body);
  return answer.body;
}
