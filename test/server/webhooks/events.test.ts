import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../../src/cli/compose.ts';
import { enterAlone } from '../../people/lone-person.ts';
import { expectedSignature, startReceiver, WEBHOOK_SECRET } from './receiver.ts';

async function start() {
  const { url: hooks, received } = await startReceiver();
  const folder = await mkdtemp(join(tmpdir(), 'meet-hooks-'));
  const server = await startServer({
    dataDir: join(folder, '.meet'),
    projectDir: folder,
    env: { MEET_WEBHOOK_URL: hooks, MEET_WEBHOOK_SECRET: WEBHOOK_SECRET },
    port: 0,
  });
  onTestFinished(async () => {
    await server.stop();
    await rm(folder, { recursive: true });
  });
  const ask = async (path: string, body: object, token = server.adminKey) => {
    const response = await fetch(server.url + path, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    // biome-ignore lint/suspicious/noExplicitAny: each call states the shape it expects.
    return (await response.json()) as any;
  };
  return { server, received, ask, file: join(folder, '.meet', 'meet.db') };
}

it('what cannot be told is not done: no meeting, and none ended', async () => {
  const { received, ask, file } = await start();
  await ask('/api/meetings', { strategy: 'stable', id: 'told' });
  await expect.poll(() => received.length).toBe(1);
  const database = new Database(file);
  database.exec('alter table notices rename to gone');
  expect((await ask('/api/meetings', { strategy: 'stable', id: 'untold' })).code).toBe('INTERNAL');
  expect((await ask('/api/meetings/told/end', {})).code).toBe('INTERNAL');
  database.exec('alter table gone rename to notices');
  database.close();
  expect(await ask('/api/meetings', { strategy: 'stable', id: 'untold' })).toMatchObject({ created: true });
  expect(await ask('/api/meetings/told/end', {})).toMatchObject({ sessionId: 'told' });
  await expect
    .poll(() => received.map(({ event }) => [event.type, event.data.sessionId]).sort())
    .toEqual([
      ['meeting.created', 'told'],
      ['meeting.created', 'untold'],
      ['meeting.ended', 'told'],
    ]);
});

it('the host application is told of a meeting from its beginning to its end', {
  timeout: 30_000,
}, async () => {
  const { server, received, ask } = await start();
  const body = { strategy: 'stable', id: 'hooks', title: 'Retro' };
  const meeting = await ask('/api/meetings', body);
  await ask('/api/meetings', body);
  const { token } = await ask('/api/identity', { uid: 'mallory' });
  await ask('/api/meetings/hooks/authorize', { key: 'guess' }, token);
  await ask('/api/meetings/hooks/authorize', { key: 'guess' }, token);
  const alice = await enterAlone({ server: server.url, meeting, uid: 'alice' });
  const bob = await enterAlone({ server: server.url, meeting, uid: 'bob' });
  await alice.leave();
  await bob.leave();
  const told = () => received.map(({ event }) => [event.type, event.data.uid, event.data.people]);
  await expect.poll(told).toContainEqual(['person.left', 'bob', 0]);
  await ask('/api/meetings/hooks/end', {});
  await ask('/api/meetings/hooks/end', {});
  await expect.poll(told).toContainEqual(['meeting.ended', undefined, undefined]);
  // Each once, whatever was asked twice.
  await expect
    .poll(() => told().sort())
    .toEqual([
      ['meeting.created', undefined, undefined],
      ['meeting.ended', undefined, undefined],
      ['person.denied', 'mallory', undefined],
      ['person.joined', 'alice', 1],
      ['person.joined', 'bob', 2],
      ['person.left', 'alice', 1],
      ['person.left', 'bob', 0],
    ]);
  const dataOf = (type: string) => received.find(({ event }) => event.type === type)?.event.data;
  expect(dataOf('meeting.created')).toEqual({
    sessionId: 'hooks',
    title: 'Retro',
    strategy: 'stable',
    access: 'link',
    startsAt: null,
    expiresAt: meeting.expiresAt,
  });
  expect(dataOf('meeting.ended')).toEqual({
    sessionId: 'hooks',
    title: 'Retro',
    endedAt: expect.any(String),
  });
  expect(dataOf('person.denied')).toEqual({
    sessionId: 'hooks',
    uid: 'mallory',
    name: 'mallory',
    proof: 'claimed',
    code: 'NOT_ALLOWED',
    reason: 'The key in the link is wrong; ask the host for the link again.',
  });
  const key = new URL(meeting.url).hash.slice('#key='.length);
  expect(JSON.stringify(received)).not.toContain(key);
  for (const each of received) expect(each.headers['webhook-signature']).toBe(expectedSignature(each));
});
