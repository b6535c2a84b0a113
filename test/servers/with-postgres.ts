import { Client } from 'pg';
import { afterAll, beforeAll, describe } from 'vitest';
import { type Postgres, startPostgres, whyNoPostgres } from './postgres.ts';

const obstacle = whyNoPostgres();

/** Tests with a PostgreSQL of their own, which is there when they run; where there can be none they are skipped. */
export function describePostgres(name: string, define: (postgres: () => Postgres) => void): void {
  if (obstacle) process.stderr.write(`skipped, without PostgreSQL: ${obstacle}\n`);
  describe.skipIf(obstacle !== null)(name, () => {
    let postgres: Postgres;
    beforeAll(async () => {
      postgres = await startPostgres();
    });
    afterAll(() => postgres?.close());
    define(() => postgres);
  });
}

/** The rows of the last statement. */
export async function ask<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const results = await client.query(sql);
    return [results].flat().at(-1)?.rows ?? [];
  } finally {
    await client.end();
  }
}
