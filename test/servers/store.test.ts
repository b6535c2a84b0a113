import { afterAll, beforeAll, describe } from 'vitest';
import { describeAudit } from '../store/audit-contract.ts';
import { describeStore } from '../store/contract.ts';
import { type Postgres, startPostgres, whyNoPostgres } from './postgres.ts';

const obstacle = whyNoPostgres();
if (obstacle) process.stderr.write(`skipped, without PostgreSQL: ${obstacle}\n`);

describe.skipIf(obstacle !== null)('in PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.close());

  describeStore(async () => ({ url: await postgres.createDatabase() }));
  describeAudit(async () => ({ url: await postgres.createDatabase() }));
});
