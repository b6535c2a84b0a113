import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningServer, startServer } from '../../src/cli/compose.ts';
import type { Meeting } from './doors.ts';
import { enterAlone } from './lone-person.ts';
import type { Recording } from './recording.ts';

let folder: string;
let server: RunningServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meet-trace-'));
  server = await startServer({ dataDir: join(folder, '.meet'), projectDir: folder, env: {}, port: 0 });
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** RFC 6386, 9.1: a key frame of 320 by 180, and one that is none; no decoder sees them. */
const recording: Recording = {
  framesPerSecond: 10,
  frames: [
    Buffer.from([0x10, 0, 0, 0x9d, 0x01, 0x2a, 0x40, 0x01, 0xb4, 0x00, 0, 0]),
    Buffer.from([0x11, 0, 0, 0, 0]),
  ],
  sounds: [Buffer.from([1, 2, 3])],
};

const ask = (path: string, init: RequestInit = {}) =>
  fetch(server.url + path, {
    ...init,
    headers: { authorization: `Bearer ${server.adminKey}`, 'content-type': 'application/json' },
  });

it('a call is told from its first REST call to the last one’s leaving', { timeout: 30_000 }, async () => {
  const meeting = (await (await ask('/api/meetings', { method: 'POST', body: '{}' })).json()) as Meeting;
  const events: Record<string, unknown>[] = [];
  const stop = server.emulator?.trace.subscribe(meeting.sessionId, event => events.push(event));
  const enter = (uid: string) => enterAlone({ server: server.url, meeting, uid, recording });
  const people = [await enter('alice'), await enter('bob')];
  const has = (wanted: object) =>
    expect.poll(() => events, { timeout: 10_000 }).toContainEqual(expect.objectContaining(wanted));
  for (const who of ['alice', 'bob']) {
    await has({ kind: 'rest', who, method: 'POST', status: 200 });
    await has({ kind: 'join', who });
    await has({ kind: 'stanza', who, direction: 'out', action: 'session-initiate' });
    await has({ kind: 'tracks', who });
    await has({ kind: 'dtls', who, profile: 'AEAD_AES_128_GCM' });
    await has({ kind: 'transport', who, state: 'up' });
    await has({ kind: 'key-frame', who, state: 'asked' });
    await has({ kind: 'key-frame', who, state: 'sent' });
    await has({ kind: 'layer', who, state: 'sent', height: 180 });
    await has({ kind: 'bitrate', who });
  }
  for (const person of people) await person.leave();
  await has({ kind: 'leave', who: 'bob', people: 0 });
  await has({ kind: 'transport', who: 'bob', state: 'closed' });
  stop?.();
  expect(JSON.stringify(events)).not.toMatch(/eyJ|\bpwd|ufrag/);
});
