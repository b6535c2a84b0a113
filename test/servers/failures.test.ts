import { createServer } from 'node:net';
import { expect, it } from 'vitest';
import { type MeetingStore, openStore } from '../../src/store/store.ts';
import { aMeeting } from '../core/fixtures.ts';
import { ask, describePostgres } from './with-postgres.ts';

const SECRETS = /a-password-to-look-for|x-password/;

/** What a failure says: one line with the place, and never the password. */
async function saidBy(run: () => Promise<unknown>): Promise<string> {
  const error = await run().then(
    () => null,
    error => error,
  );
  expect(error).toMatchObject({
    code: 'STORE_FAILED',
    detail: { database: expect.stringMatching(/^[^@]+$/) },
  });
  expect(JSON.stringify([error.message, error.detail])).not.toMatch(SECRETS);
  expect(error.message).toMatch(/^[^\n]+\.$/);
  return error.message;
}

const add = (store: MeetingStore) => store.create(() => ({ meeting: aMeeting(), created: true }), 'room-42');

describePostgres('a PostgreSQL that does not serve', postgres => {
  const role = async (rights: string): Promise<string> => {
    const url = await postgres().createDatabase();
    const user = `role_${url.split('_').at(-1)}`;
    await ask(url, `create role ${user} login password 'x-password' ${rights}`);
    return url.replace(/\/\/.*@/, `//${user}:x-password@`);
  };

  it.each([
    ['without a listener', (url: string) => url.replace(/:\d+\//, ':1/'), 'does not answer; start it'],
    [
      'with another password',
      (url: string) => url.replace('look-for', 'x-password'),
      'check user and password',
    ],
    ['without the database', (url: string) => `${url}_not`, 'make it with createdb'],
    ['without TLS', (url: string) => `${url}?sslmode=require`, 'check sslmode'],
    ['with a name nobody knows', (url: string) => url.replace('127.0.0.1', 'db.invalid'), 'check the host'],
  ])('%s is told with the fix', async (_, change, fix) => {
    expect(await saidBy(() => openStore({ url: change(postgres().url) }))).toContain(fix);
  });

  it('since it has no connection left is told', async () => {
    const url = await role('connection limit 0');
    expect(await saidBy(() => openStore({ url }))).toContain('max_connections');
  });

  it('since the account may make no tables is told', async () => {
    const url = await role('');
    expect(await saidBy(() => openStore({ url }))).toContain('grant it the tables');
  });

  it('since it takes no changes, as a standby, is told; what is there can be read', async () => {
    const url = await postgres().createDatabase();
    await (await openStore({ url })).close();
    await ask(url, `alter database ${url.split('/').at(-1)} set default_transaction_read_only = on`);
    const store = await openStore({ url });
    expect(await saidBy(() => add(store))).toContain('give MEET_DATABASE_URL the primary');
    expect(await store.list()).toEqual([]);
    await store.close();
  });

  it.concurrent('since somebody keeps a lock is told in time, and then goes on', async () => {
    const url = await postgres().createDatabase();
    const store = await openStore({ url });
    await add(store);
    const locked = ask(
      url,
      'begin; lock table meetings in access exclusive mode; select pg_sleep(5.5); commit',
    );
    await expect
      .poll(() => ask(url, "select 1 from pg_locks where mode = 'AccessExclusiveLock' and granted"))
      .toHaveLength(1);
    expect(await saidBy(() => add(store))).toContain('did not answer in time');
    await locked;
    await add(store);
    await store.close();
  });

  it.concurrent('since it accepts and says nothing is told in time', async () => {
    const silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise(resolve => silent.once('listening', resolve));
    const { port } = silent.address() as { port: number };
    const url = postgres().url.replace(/:\d+\//, `:${port}/`);
    expect(await saidBy(() => openStore({ url }))).toMatch(/does not answer|did not answer in time/);
    silent.close();
  });

  it('refuses the one character that it cannot store, as nobody’s failure but who sent it', async () => {
    const store = await openStore({ url: await postgres().createDatabase() });
    await expect(store.find('room\0')).rejects.toMatchObject({ code: 'BAD_REQUEST' });
    await store.close();
  });

  it('may have a URL that cannot be used; it is not shown', async () => {
    const url = `${postgres().url}?sslmode=verify-ca`;
    await expect(openStore({ url })).rejects.toMatchObject({ code: 'BAD_CONFIG' });
    await expect(openStore({ url })).rejects.not.toThrow(SECRETS);
  });
});
