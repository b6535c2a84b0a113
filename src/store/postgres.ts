import { createHash } from 'node:crypto';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Backend, Guard, StoreState } from './backend.ts';
import { explainPostgresError } from './postgres-failures.ts';
import { checkVersion, migratePostgres } from './postgres-migrations.ts';
import { createSafePool } from './postgres-pool.ts';
import { readPostgresUrl } from './postgres-url.ts';
import type { Schema } from './rows.ts';

const POOL_SIZE = 10;
/** For the answer to a statement, then its connection is given up; all of ours take milliseconds. */
const ANSWER_MS = 10_000;
/** A server that vanished within a transaction must not keep its locks until TCP notices, hours later. */
const STALE_MS = 15_000;

/** Opens the database at `url` and migrates it when needed. Throws `BAD_CONFIG` and `STORE_FAILED`, without the password. */
export async function openPostgres(options: {
  url: string;
  poolSize?: number | undefined;
}): Promise<Backend> {
  const { place, config } = readPostgresUrl(options.url);
  const guard = createGuard(place);
  await guard(() => migratePostgres(config, place));
  const pool = new pg.Pool({
    ...config,
    max: options.poolSize ?? POOL_SIZE,
    query_timeout: ANSWER_MS,
  });
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: createSafePool(pool) }) });
  let closed: Promise<void> | undefined;
  return {
    db,
    guard,
    lock: lockByName,
    close() {
      closed ??= pool.end();
      return closed;
    },
  };
}

/** What is at `url`; nothing is made or migrated. Throws as `openPostgres`, also for a schema that is newer than this program's. */
export async function inspectPostgres(url: string): Promise<StoreState> {
  const { place, config } = readPostgresUrl(url);
  return createGuard(place)(async () => {
    const client = new pg.Client({ ...config, query_timeout: ANSWER_MS });
    client.on('error', () => {});
    try {
      await client.connect();
      const { rows } = await client.query<{ setting: string }>(
        "select current_setting('transaction_read_only') as setting",
      );
      return { version: await checkVersion(client, place), readOnly: rows[0]?.setting === 'on' };
    } finally {
      await client.end();
    }
  });
}

function createGuard(place: string): Guard {
  return async run => {
    try {
      return await run();
    } catch (error) {
      throw explainPostgresError(error, place);
    }
  };
}

/**
 * Waits for the lock of this name, which ends with the transaction, after its commit is visible. What comes after it sees
 * what the one before has written, since in read committed every statement looks anew. Names that share 64 bits of SHA-256
 * would only wait for each other. The first settings hold for the wait already, and all of them for this transaction alone.
 */
async function lockByName(trx: Kysely<Schema>, name: string): Promise<void> {
  await sql`select set_config('lock_timeout', ${`${ANSWER_MS / 2}ms`}, true),
    set_config('idle_in_transaction_session_timeout', ${`${STALE_MS}ms`}, true),
    pg_advisory_xact_lock(${lockNumber(name)}::bigint)`.execute(trx);
}

function lockNumber(name: string): string {
  return createHash('sha256').update(`meet session ${name}`).digest().readBigInt64BE().toString();
}
