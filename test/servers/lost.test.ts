import { connect, createServer, type Socket } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { createAuditIds } from '../../src/core/audit.ts';
import { type MeetingStore, openStore } from '../../src/store/store.ts';
import { aMeeting, codeOf, NOW } from '../core/fixtures.ts';
import { describePostgres } from './with-postgres.ts';

const newId = createAuditIds('abcdefgh');
const EVENT = { type: 'meeting.created', sessionId: 'room-42' } as const;

/** When a connection is to break: at the first bytes with this word, before the database gets them or after. */
interface Break {
  readonly at: string;
  readonly sent: boolean;
}

/** A wire to `url` that breaks once each time it is told to. */
async function startWire(url: string): Promise<{ url: string; breakAt(next: Break): void }> {
  let next: Break | null = null;
  const port = Number(new URL(url).port);
  const join = (client: Socket) => {
    const server = connect(port, '127.0.0.1');
    const cut = () => {
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) socket.on('error', cut).on('close', cut);
    server.on('data', bytes => client.write(bytes));
    client.on('data', bytes => {
      if (!next || !bytes.includes(next.at)) return void server.write(bytes);
      const { sent } = next;
      next = null;
      if (!sent) return cut();
      // The database has done what it was told before its answer is lost.
      server.removeAllListeners('data').once('data', cut);
      server.write(bytes);
    });
  };
  const wire = createServer(join).listen(0, '127.0.0.1');
  onTestFinished(() => void wire.close());
  await new Promise(resolve => wire.once('listening', resolve));
  const { port: own } = wire.address() as { port: number };
  return {
    url: url.replace(/:\d+\//, `:${own}/`),
    breakAt(at) {
      next = at;
    },
  };
}

describePostgres('a connection that breaks', postgres => {
  const start = async () => {
    const wire = await startWire(await postgres().createDatabase());
    // One connection: the next statement gets the one that breaks.
    const store = await openStore({ url: wire.url, poolSize: 1 });
    onTestFinished(() => store.close());
    await store.list();
    return { ...wire, store };
  };
  const add = (store: MeetingStore) =>
    store.create(
      existing => ({ meeting: existing ?? aMeeting(), created: existing === null }),
      'room-42',
      ({ created }) => (created ? { id: newId(NOW), event: EVENT, at: NOW } : null),
    );
  const told = async (store: MeetingStore) => {
    await store.outbox.address([{ id: 'aaa', host: 'a.example' }], NOW);
    return store.outbox.due(['aaa'], NOW, 9);
  };

  it.each([
    ['begins', 'begin', false],
    ['has begun', 'begin', true],
  ])('when a transaction %s costs nothing', async (_, at, sent) => {
    const { store, breakAt } = await start();
    breakAt({ at, sent });
    expect(await add(store)).toMatchObject({ created: true });
  });

  it.each([false, true])('when something is read costs nothing (sent: %s)', async sent => {
    const { store, breakAt } = await start();
    await add(store);
    breakAt({ at: 'from "meetings"', sent });
    expect(await store.find('room-42')).toEqual(aMeeting());
  });

  it.each([
    ['within a transaction', 'insert into', false, 0],
    ['after a change', 'insert into', true, 0],
    ['before its notice', 'into "notices"', false, 0],
    ['after its notice', 'into "notices"', true, 0],
    ['before the commit', 'commit', false, 0],
    ['after the commit', 'commit', true, 1],
  ])('%s acknowledges nothing, and the next one works', async (_, at, sent, stored) => {
    const { store, breakAt } = await start();
    breakAt({ at, sent });
    expect(await codeOf(() => add(store))).toBe('STORE_FAILED');
    await expect.poll(() => store.list()).toHaveLength(stored);
    expect(await add(store)).toMatchObject({ created: stored === 0 });
    expect(await store.list()).toEqual([aMeeting()]);
    expect(await told(store)).toHaveLength(1);
  });
});
