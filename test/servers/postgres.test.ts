import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres, whyNoPostgres } from './postgres.ts';

const obstacle = whyNoPostgres();
if (obstacle) process.stderr.write(`skipped, without PostgreSQL: ${obstacle}\n`);

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

describe.skipIf(obstacle !== null)('a PostgreSQL for tests', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.close());

  it.each(['fast', 'immediate'] as const)('is there again after a %s restart, with its data', async mode => {
    const url = await postgres.createDatabase();
    await ask(url, 'create table kept (x integer); insert into kept values (7);');
    await postgres.restart(mode);
    expect(await ask(url, 'select x from kept')).toEqual([{ x: 7 }]);
  });

  it('is away while it is stopped', async () => {
    await postgres.stop();
    await expect(ask(postgres.url, 'select 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await postgres.start();
    expect(await ask(postgres.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});
