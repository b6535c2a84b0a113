import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { watchFellows } from '../../src/server/fellows.ts';
import { openStore } from '../../src/store/store.ts';

async function openServers() {
  const folder = mkdtempSync(join(tmpdir(), 'meet-fellows-'));
  const store = await openStore({ file: join(folder, 'meet.db') });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  let at = 0;
  /** What a server with these keys says as it starts. */
  const start = async (secret: string, adminKey: string) => {
    const notes: string[] = [];
    const failures: unknown[] = [];
    const stop = await watchFellows({
      ...{ servers: store.servers, secret, adminKey, now: () => at },
      onNote: note => notes.push(note),
      onFailure: error => failures.push(error),
    });
    onTestFinished(stop);
    expect(failures).toEqual([]);
    return { notes, stop };
  };
  const pass = (ms: number) => {
    at += ms;
  };
  return { store, start, pass };
}

it('servers with the same keys have nothing to say', async () => {
  const { start } = await openServers();
  await start('secret', 'admin');
  expect((await start('secret', 'admin')).notes).toEqual([]);
});

it.each([
  ['secret', 'other', 'admin', ['MEET_SECRET']],
  ['admin key', 'secret', 'other', ['MEET_ADMIN_KEY']],
  ['both', 'other', 'other', ['MEET_SECRET', 'MEET_ADMIN_KEY']],
])('a server with another %s is told, while the other lives', async (_, secret, adminKey, names) => {
  const { store, start, pass } = await openServers();
  const first = await start('secret', 'admin');
  const { notes, stop } = await start(secret, adminKey);
  expect(notes.map(note => /has another (\w+)/.exec(note)?.[1])).toEqual(names);
  // What stands in the database is no key, nor enough to try keys on.
  const [row] = await store.servers.announce({ id: '', secretMark: '', adminMark: '', until: 1 }, 0);
  expect(row?.secretMark).toMatch(/^[0-9a-f]{8}$/);
  await store.servers.withdraw('');
  await first.stop();
  await stop();
  expect((await start('third', 'third')).notes).toEqual([]);
  pass(90_000);
  expect((await start('fourth', 'fourth')).notes).toEqual([]);
});
