import { once } from 'node:events';
import { expect, it } from 'vitest';
import { type MeetingStore, openStore, type StoreOptions } from '../../src/store/store.ts';
import { buildChild, startChild } from './children.ts';

async function readBoth(store: MeetingStore) {
  const receivers = [{ id: 'aaa', host: 'a.example' }];
  while (await store.outbox.address(receivers, Date.now()));
  const messages = await store.outbox.due(['aaa'], Date.now() + 1_000, 9_999);
  return {
    meetings: (await store.list()).map(({ sessionId }) => sessionId).toSorted(),
    events: messages.map(({ sessionId }) => sessionId).toSorted(),
  };
}

/** What holds for every store when a process is killed while it stores changes and the events of them. */
export function describeKilled(newStore: () => Promise<StoreOptions>): void {
  const killAt = async (options: StoreOptions, args: string[], isTime: (said: string) => boolean) => {
    const place = 'file' in options ? options.file : options.url;
    const child = startChild(await buildChild('tell'), place, ...args);
    let said = '';
    child.stdout.on('data', chunk => {
      said += chunk;
      if (isTime(said)) child.kill('SIGKILL');
    });
    await once(child, 'close');
    return said;
  };

  it('between a change and its event has stored neither', { timeout: 30_000 }, async () => {
    const options = await newStore();
    await killAt(options, ['kill', '2'], said => said.includes('between'));
    const store = await openStore(options);
    const both = { meetings: ['kill-0', 'kill-1'], events: ['kill-0', 'kill-1'] };
    // PostgreSQL may notice a moment later.
    await expect.poll(() => readBoth(store)).toEqual(both);
    await store.close();
  });

  it('anywhere has stored each change with its event', { timeout: 60_000 }, async () => {
    const options = await newStore();
    for (const [i, name] of ['a', 'b', 'c', 'd'].entries())
      await killAt(options, [name], said => said.split('\n').length > 20 + 7 * i);
    const store = await openStore(options);
    const { meetings, events } = await readBoth(store);
    await store.close();
    expect(meetings.length).toBeGreaterThan(80);
    expect(events).toEqual(meetings);
  });
}
