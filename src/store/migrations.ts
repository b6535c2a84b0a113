import type { Database } from 'libsql';
import { MeetError } from '../core/errors.ts';

/** What leads from each version of the schema to the next. Only ever append: databases remember how many they have had. */
export const MIGRATIONS: readonly string[] = [
  `create table meetings (
    session_id text primary key,
    strategy text not null,
    origin text not null,
    title text not null,
    access text not null,
    allowed_uids text not null,
    key text,
    created_at bigint not null,
    starts_at bigint,
    expires_at bigint not null,
    ended_at bigint,
    access_version integer not null
  );
  create index meetings_by_age on meetings (created_at desc, session_id);`,
  `alter table meetings add column hours text;
  alter table meetings add column zone text;
  alter table meetings add column broadcast integer not null default 0;
  alter table meetings add column revision integer not null default 0;`,
  `create table audit (
    id text primary key,
    at bigint not null,
    action text not null,
    outcome text not null,
    denied integer not null,
    session_id text,
    uid text,
    name text,
    proof text,
    role text,
    address text,
    request_id text,
    detail text,
    times integer not null
  );
  create index audit_by_meeting on audit (session_id, id);
  create index audit_by_uid on audit (uid, id);
  create index audit_denied on audit (id) where denied = 1;`,
  `alter table meetings add column host_uids text not null default '[]';`,
  `alter table meetings add column old_key text;
  alter table meetings add column old_key_until bigint;
  alter table meetings add column link_before bigint;
  alter table meetings add column removals text not null default '[]';`,
  `create table counters (
    name text primary key,
    hits bigint not null,
    ends_at bigint not null
  );
  create index counters_by_end on counters (ends_at);`,
  `create table codes (
    name text primary key,
    hash text not null,
    expires_at bigint not null
  );`,
  `create table outbox (
    id text primary key,
    event_id text not null,
    type text not null,
    session_id text not null,
    receiver text not null,
    host text not null,
    body text not null,
    created_at bigint not null,
    due_at bigint,
    attempts integer not null,
    reason text
  );
  create index outbox_due on outbox (due_at);
  create index audit_by_code on audit (outcome, id) where denied = 1;`,
  // Among a million rows each new one touched a page of it somewhere, in every answer of the gate. Who looks for a person looks
  // through the newest rows instead: a third of a second at worst.
  'drop index audit_by_uid;',
  `create table notices (
    id text primary key,
    type text not null,
    session_id text not null,
    data text not null,
    at bigint not null
  );`,
  'alter table outbox add column retried_at bigint;',
  // The same, and half of what a row cost: each of a batch lay on another page. PostgreSQL makes it again.
  'drop index audit_by_meeting;',
  `create table servers (
    id text primary key,
    secret_mark text not null,
    admin_mark text not null,
    until bigint not null
  );`,
];

const OTHER_FOLDER = 'folder with MEET_DATA_DIR';

function versionOf(database: Database): number {
  const [version] = database.prepare('pragma user_version').raw().all();
  return Number(version);
}

/** Throws `STORE_FAILED` when a newer program has migrated it. `choice`: what else could be used, and by what setting. */
export function checkNotNewer(version: number, place: string, choice: string): void {
  if (version <= MIGRATIONS.length) return;
  throw new MeetError(
    'STORE_FAILED',
    `${place} was written by a newer meet (schema ${version}, this one knows ${MIGRATIONS.length}); update meet, or choose another ${choice}.`,
  );
}

/** The version of its schema. Throws `STORE_FAILED` when the schema is newer than this program. */
export function checkFile(database: Database, file: string): number {
  const version = versionOf(database);
  checkNotNewer(version, file, OTHER_FOLDER);
  return version;
}

/**
 * Brings the schema up to date in one transaction. Of many commands that start at once, one migrates and the others wait
 * for its write lock, then find nothing left to do. Throws `STORE_FAILED` when the schema is newer than this program.
 */
export function migrate(database: Database, file: string): void {
  if (checkFile(database, file) === MIGRATIONS.length) return;
  database.exec('begin immediate');
  try {
    const version = checkFile(database, file);
    for (const sql of MIGRATIONS.slice(version)) database.exec(sql);
    database.exec(`pragma user_version = ${MIGRATIONS.length}; commit`);
  } catch (error) {
    if (database.inTransaction) database.exec('rollback');
    throw error;
  }
}
