import { expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { ask as askDoctor, sandbox } from '../cli/doctor/ask.ts';
import { startServe } from '../cli/server-process.ts';
import { ask, describePostgres } from './with-postgres.ts';

const SECRETS = /a-password-to-look-for|x-password/;

describePostgres('meet doctor on a PostgreSQL', postgres => {
  const made = async (): Promise<string> => {
    const url = await postgres().createDatabase();
    await (await openStore({ url })).close();
    return url;
  };
  /** What it finds of the meetings; never with the password. */
  const findStore = async (url: string) => {
    const { stdout, stderr, ok, of } = await askDoctor(sandbox(), { MEET_DATABASE_URL: url });
    expect(stdout + stderr).not.toMatch(SECRETS);
    expect(ok).toBe(of.store?.state !== 'bad');
    return of.store;
  };
  const placeOf = (url: string) => `PostgreSQL at ${new URL(url).host}${new URL(url).pathname}`;

  it('tells where it is and the version of its schema', async () => {
    const url = await made();
    expect(await findStore(url)).toMatchObject({
      state: 'ok',
      says: `${placeOf(url)}, schema ${MIGRATIONS.length}`,
    });
  });

  it('leaves an empty one empty', async () => {
    const url = await postgres().createDatabase();
    expect(await findStore(url)).toMatchObject({ state: 'ok', says: expect.stringContaining('empty') });
    expect(await ask(url, "select to_regclass('meet_schema') as name")).toEqual([{ name: null }]);
  });

  it.each([
    [-1, 'warn', 'older meet', 'meet serve'],
    [1, 'bad', 'newer meet', 'update meet'],
  ])('tells a schema that is %d version off, and leaves it', async (off, state, says, fix) => {
    const url = await made();
    await ask(url, `update meet_schema set version = version + ${off}`);
    expect(await findStore(url)).toMatchObject({
      state,
      says: expect.stringContaining(says),
      fix: expect.stringContaining(fix),
    });
    expect(await ask(url, 'select version from meet_schema')).toEqual([{ version: MIGRATIONS.length + off }]);
  });

  it.each([
    [
      'with another password',
      (url: string) => url.replace('look-for', 'x-password'),
      'refuses this user',
      'check user and password',
    ],
    ['without the database', (url: string) => `${url}_not`, 'has no such database', 'make it with createdb'],
    ['without a listener', (url: string) => url.replace(/:\d+\//, ':1/'), 'does not answer', 'start it'],
    [
      'of a name that nobody knows',
      (url: string) => url.replace('127.0.0.1', 'db.invalid'),
      'not known',
      'host',
    ],
  ])('tells one %s, with the fix', async (_, change, says, fix) => {
    expect(await findStore(change(postgres().url))).toMatchObject({
      state: 'bad',
      says: expect.stringContaining(says),
      fix: expect.stringContaining(fix),
    });
  });

  it('tells one that takes no changes, as a standby', async () => {
    const url = await made();
    await ask(url, `alter database ${url.split('/').at(-1)} set default_transaction_read_only = on`);
    expect(await findStore(url)).toMatchObject({
      state: 'bad',
      says: `${placeOf(url)} takes no changes`,
      fix: 'give MEET_DATABASE_URL the primary',
    });
  });

  it('tells a server that lives, but not with its database', async () => {
    const place = sandbox();
    const env = { MEET_DATABASE_URL: await made() };
    const server = await startServe(place.path, [], env);
    expect((await askDoctor(place, env)).of.server).toMatchObject({
      state: 'ok',
      says: `runs at ${server.url}`,
    });
    await postgres().stop();
    try {
      expect((await askDoctor(place, env)).of.server).toMatchObject({
        state: 'bad',
        says: expect.stringContaining('is not ready: it cannot reach its meetings'),
        fix: expect.stringContaining('Meetings'),
      });
    } finally {
      await postgres().start();
    }
  });
});
