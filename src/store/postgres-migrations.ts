import pg from 'pg';
import { checkNotNewer, MIGRATIONS } from './migrations.ts';
import { sqlStateOf } from './postgres-failures.ts';

/** Of all who start with this database; any number that others in it are unlikely to lock. */
const LOCK = 7_234_114_680_001;
/** For one migration, however much there is to change. */
const MIGRATION_MS = 300_000;
/** For the one who migrates already. */
const LOCK_MS = 240_000;

/** It has cores of its own to keep these with, and more rows than can be looked through; a file has neither. */
const INDEXES = `create index if not exists audit_by_meeting on audit (session_id, id);
  create index if not exists audit_by_uid on audit (uid, id);`;

const OTHER_DATABASE = 'database with MEET_DATABASE_URL';
const UNDEFINED_TABLE = '42P01';

/**
 * Brings the schema up to date in one transaction. Of many that start at once one migrates, and the others wait for its
 * lock and find nothing left to do. Where nothing is to do it only reads, so the account needs no right to make tables then.
 */
export async function migratePostgres(config: pg.ClientConfig, place: string): Promise<void> {
  // Not one of the pool's, whose time is for statements that take milliseconds.
  const client = new pg.Client({ ...config, query_timeout: MIGRATION_MS });
  // What breaks it fails the statement too; unheard it would end the process.
  client.on('error', () => {});
  try {
    await client.connect();
    const version = await checkVersion(client, place);
    if (version < MIGRATIONS.length) await migrateAlone(client, place);
  } finally {
    // Without a commit the database takes everything back.
    await client.end();
  }
}

/** The version of its schema, 0 where there is none. Throws `STORE_FAILED` when the schema is newer than this program. */
export async function checkVersion(client: pg.Client, place: string): Promise<number> {
  const version = await readVersion(client);
  checkNotNewer(version, place, OTHER_DATABASE);
  return version;
}

async function readVersion(client: pg.Client): Promise<number> {
  try {
    const { rows } = await client.query<{ version: number }>('select version from meet_schema');
    return rows[0]?.version ?? 0;
  } catch (error) {
    if (sqlStateOf(error) === UNDEFINED_TABLE) return 0;
    throw error;
  }
}

async function migrateAlone(client: pg.Client, place: string): Promise<void> {
  await client.query('begin');
  await client.query(`set local lock_timeout = ${LOCK_MS}`);
  await client.query('select pg_advisory_xact_lock($1::bigint)', [LOCK]);
  await client.query('create table if not exists meet_schema (version integer not null)');
  const version = await checkVersion(client, place);
  for (const sql of MIGRATIONS.slice(version)) await client.query(sql);
  await client.query(INDEXES);
  await client.query('delete from meet_schema');
  await client.query('insert into meet_schema values ($1)', [MIGRATIONS.length]);
  await client.query('commit');
}
