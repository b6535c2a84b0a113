import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../../src/cli/compose.ts';
import { appRequests, appStrings } from './app-requests.ts';

interface Secrets {
  readonly key?: string | undefined;
  readonly invite?: string | undefined;
}

let server: RunningServer;
let folder: string;
const clock = { ahead: 0 };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meet-app-'));
  const now = () => Date.now() + clock.ahead;
  server = await startServer({ dataDir: join(folder, '.meet'), projectDir: folder, env: {}, port: 0, now });
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

async function post(path: string, body: object, token?: string) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** What those Dart expressions stand for. */
const bodies: Readonly<Record<string, (secrets: Secrets) => object>> = {
  who: ({ invite }) => (invite ? { invite } : { name: 'Ada' }),
  key: ({ key }) => (key ? { key } : {}),
};

/** Asks in the app's order, until something is refused. */
async function play(sessionId: string, secrets: Secrets = {}, known?: string) {
  let token = known;
  let answer: Awaited<ReturnType<typeof post>> | undefined;
  for (const { path, body, token: shown } of appRequests) {
    const make = bodies[body];
    if (!make) throw new Error(`the app sends ${body}, which this test does not know`);
    answer = await post(
      path.replace('$id', encodeURIComponent(sessionId)),
      make(secrets),
      shown ? token : undefined,
    );
    if (answer.status !== 200) return { ...answer, path };
    token ??= answer.body.token;
  }
  return { ...answer, path: 'the end' };
}

async function create(body: object) {
  const { body: made } = await post('/api/meetings', body, server.adminKey);
  const { sessionId = '', url = '' } = made;
  return { sessionId, key: new URLSearchParams(new URL(url).hash.slice(1)).get('key') ?? undefined };
}

async function invite(sessionId: string) {
  const { body } = await post(
    `/api/meetings/${sessionId}/invites`,
    { uid: 'alice', name: 'Alice' },
    server.adminKey,
  );
  return new URLSearchParams(new URL(body.url ?? '').hash.slice(1)).get('invite') ?? undefined;
}

describe('the app that meet init flutter writes', () => {
  it('asks who, may I, and for a token, with an identity in the last two', () => {
    expect(appRequests).toEqual([
      { path: '/api/identity', body: 'who', token: false },
      { path: '/api/meetings/$id/authorize', body: 'key', token: true },
      { path: '/api/meetings/$id/token', body: 'key', token: true },
    ]);
  });

  it('sends and reads fields and headers that the server knows', () => {
    for (const name of [
      'name',
      'invite',
      'key',
      'content-type',
      'application/json',
      'authorization',
      'Bearer $token',
    ])
      expect(appStrings).toContain(name);
    for (const name of [
      'token',
      'authToken',
      'cometchat',
      'appId',
      'region',
      'host',
      'broadcast',
      'role',
      'code',
      'error',
    ])
      expect(appStrings).toContain(name);
  });

  it('gets what it joins with, from a server that sees no origin', async () => {
    const { sessionId, key } = await create({ strategy: 'team', id: 'core' });
    const { path, status, body } = await play(sessionId, { key });
    expect([path, status]).toEqual(['the end', 200]);
    expect(body).toMatchObject({
      authToken: expect.any(String),
      role: 'guest',
      broadcast: false,
      cometchat: { appId: expect.any(String), region: expect.any(String), host: expect.any(String) },
    });
  });

  it('comes in with an invite where a list says who may', async () => {
    const { sessionId } = await create({ strategy: 'team', id: 'listed', allow: ['alice'] });
    const { status, body } = await play(sessionId, { invite: await invite(sessionId) });
    expect([status, body?.user]).toEqual([200, { uid: 'alice', name: 'Alice' }]);
    expect(await play(sessionId)).toMatchObject({ status: 403, path: expect.stringContaining('authorize') });
  });

  it('hears why it may not come in', async () => {
    const { sessionId } = await create({ strategy: 'team', id: 'kept' });
    expect(await play(sessionId, { key: 'wrong' })).toMatchObject({
      status: 403,
      body: { code: 'NOT_ALLOWED' },
    });
    expect(await play(sessionId, {}, 'forged')).toMatchObject({ status: 401, body: { code: 'NO_IDENTITY' } });
    expect(await play('no-such')).toMatchObject({ status: 404, body: { code: 'MEETING_NOT_FOUND' } });
    expect(await play(sessionId, { invite: 'x.y.z' })).toMatchObject({ status: 401, path: '/api/identity' });
  });

  it('hears that it is too early, and too late', async () => {
    const startsAt = new Date(Date.now() + 3_600_000).toISOString();
    const { sessionId, key } = await create({ strategy: 'team', id: 'later', startsAt });
    expect(await play(sessionId, { key })).toMatchObject({
      status: 425,
      body: { code: 'MEETING_NOT_STARTED' },
    });
    await post(`/api/meetings/${sessionId}/end`, {}, server.adminKey);
    expect(await play(sessionId, { key })).toMatchObject({ status: 410, body: { code: 'MEETING_ENDED' } });
    const short = await create({ strategy: 'team', id: 'short', expiresIn: '1h' });
    clock.ahead = 2 * 3_600_000;
    expect(await play(short.sessionId, { key: short.key })).toMatchObject({
      status: 410,
      body: { code: 'MEETING_EXPIRED' },
    });
  });
});
