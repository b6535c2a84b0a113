import { type Kysely, type SelectQueryBuilder, sql } from 'kysely';
import { type AuditRecord, firstIdAt } from '../core/audit.ts';
import type { OutboxMessage } from '../core/webhook.ts';
import type { AuditFile, Guard } from './backend.ts';
import { addMessages } from './messages.ts';
import { AUDIT_COLUMNS, type AuditRow, auditValues, deniedOf, type Schema } from './rows.ts';

/** A question to the audit trail; what is left out does not matter. */
export interface AuditQuery {
  readonly sessionId?: string | undefined;
  readonly uid?: string | undefined;
  /** `ok`, `denied`, or a code. */
  readonly outcome?: string | undefined;
  /** Epoch milliseconds: not before. */
  readonly since?: number | undefined;
  /** Epoch milliseconds: before. */
  readonly until?: number | undefined;
  /** Only older ones than the record with this id. */
  readonly olderThan?: string | undefined;
  /** Only newer ones than the record with this id. */
  readonly newerThan?: string | undefined;
  readonly limit: number;
}

/** What is stored together. */
export interface AuditBatch {
  readonly records: readonly AuditRecord[];
  /** Repeats of records that are stored already, by their ids. */
  readonly repeats: ReadonlyMap<string, number>;
  /** Events for the host application. */
  readonly messages: readonly OutboxMessage[];
}

/** The audit trail in the database of the meetings. All failures of the database are `STORE_FAILED`. */
export interface AuditStore {
  /** Stores all or none of it. */
  add(batch: AuditBatch): Promise<void>;
  /** The newest first. */
  find(query: AuditQuery): Promise<AuditRecord[]>;
  /** Removes at most `limit` records from before `at` (epoch ms), the oldest first, and tells how many. */
  removeBefore(at: number, limit: number): Promise<number>;
}

/** `file`: where it is one. */
export function createAuditStore(db: Kysely<Schema>, guard: Guard, file?: AuditFile): AuditStore {
  return {
    add: batch => guard(() => (file ? addToFile(db, batch, file) : add(db, batch, false))),
    find: query => guard(() => (file ? findInFile(db, query) : find(db, query))),
    removeBefore: (at, limit) => guard(() => removeBefore(db, at, limit)),
  };
}

/**
 * Without a sync of its own, for which each answer would wait: a power cut takes the rows since the last one, which every
 * change of a meeting is. On the connection of the meetings, since a second one in this process would wait for a lock that
 * its own thread holds.
 */
async function addToFile(db: Kysely<Schema>, batch: AuditBatch, file: AuditFile): Promise<void> {
  const { records, repeats, messages } = batch;
  if (repeats.size === 0 && messages.length === 0 && file.write(records)) return;
  await db.connection().execute(connection => file.forRows(() => add(connection, batch, true)));
}

async function add(db: Kysely<Schema>, batch: AuditBatch, isFile: boolean): Promise<void> {
  const { records, repeats, messages } = batch;
  if (repeats.size === 0 && messages.length === 0) return insert(db, records, isFile);
  await db.transaction().execute(async trx => {
    if (records.length > 0) await insert(trx, records, isFile);
    for (const [id, times] of repeats) await count(trx, id, times);
    await addMessages(trx, messages);
  });
}

async function count(db: Kysely<Schema>, id: string, times: number): Promise<void> {
  await db
    .updateTable('audit')
    .set(row => ({ times: row('times', '+', times) }))
    .where('id', '=', id)
    .execute();
}

/** The rows as one JSON value: to bind each of their fields costs twice the time, and every answer waits for this. */
async function insert(db: Kysely<Schema>, records: readonly AuditRecord[], isFile: boolean): Promise<void> {
  const json = JSON.stringify(records.map(record => (isFile ? auditValues(record) : toRow(record))));
  const columns = sql.join(AUDIT_COLUMNS.map(name => sql.ref(name)));
  const values = sql.join(AUDIT_COLUMNS.map((_, index) => sql`value ->> ${sql.lit(index)}`));
  const rows = isFile
    ? sql`select ${values} from json_each(${json})`
    : sql`select ${columns} from json_populate_recordset(null::audit, ${json}::json)`;
  await sql`insert into audit (${columns}) ${rows}`.execute(db);
}

/** How many rows are looked through in one go, which takes a few milliseconds: everybody waits for it. */
const WINDOW = 10_000;

/**
 * The same in a file, window by window: no index by meeting or person is kept, since to write it would cost every answer of
 * the gate more than its row, and SQLite answers on the thread that everybody's requests are on.
 */
async function findInFile(db: Kysely<Schema>, query: AuditQuery): Promise<AuditRecord[]> {
  if (query.sessionId === undefined && query.uid === undefined) return find(db, query);
  const found: AuditRecord[] = [];
  let { olderThan } = query;
  for (;;) {
    const oldest = await lastIdOfWindow(db, { ...query, olderThan });
    const limit = query.limit - found.length;
    found.push(...(await find(db, { ...query, olderThan, limit }, oldest)));
    if (oldest === undefined || found.length >= query.limit) return found;
    olderThan = oldest;
    await nextTurn();
  }
}

const nextTurn = () => new Promise<void>(resolve => setImmediate(resolve));

/** Undefined where all that is left is one window. */
async function lastIdOfWindow(db: Kysely<Schema>, query: AuditQuery): Promise<string | undefined> {
  const rows = within(db.selectFrom('audit').select('id').orderBy('id', 'desc'), query);
  return (
    await rows
      .offset(WINDOW - 1)
      .limit(1)
      .executeTakeFirst()
  )?.id;
}

/** `from`: the id of the oldest row to look at. */
async function find(db: Kysely<Schema>, query: AuditQuery, from?: string): Promise<AuditRecord[]> {
  const { sessionId, uid, outcome, limit } = query;
  let rows = within(db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit), query);
  if (from !== undefined) rows = rows.where('id', '>=', from);
  if (sessionId !== undefined) rows = rows.where('session_id', '=', sessionId);
  if (uid !== undefined) rows = rows.where('uid', '=', uid);
  if (outcome === 'denied') rows = rows.where('denied', '=', 1);
  else if (outcome === 'ok') rows = rows.where('denied', '=', 0);
  else if (outcome !== undefined) rows = rows.where('denied', '=', 1).where('outcome', '=', outcome);
  return (await rows.execute()).map(toRecord);
}

/** Only those of the question's time. */
function within<Row>(rows: SelectQueryBuilder<Schema, 'audit', Row>, query: AuditQuery) {
  const { since, until, olderThan, newerThan } = query;
  if (since !== undefined) rows = rows.where('id', '>=', firstIdAt(since));
  if (until !== undefined) rows = rows.where('id', '<', firstIdAt(until));
  if (olderThan !== undefined) rows = rows.where('id', '<', olderThan);
  if (newerThan !== undefined) rows = rows.where('id', '>', newerThan);
  return rows;
}

async function removeBefore(db: Kysely<Schema>, at: number, limit: number): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom('audit')
    .where('id', 'in', old =>
      old.selectFrom('audit').select('id').where('id', '<', firstIdAt(at)).orderBy('id').limit(limit),
    )
    .executeTakeFirst();
  return Number(numDeletedRows);
}

function toRow(record: AuditRecord): AuditRow {
  const { sessionId, requestId, count, ...same } = record;
  return { ...same, session_id: sessionId, request_id: requestId, times: count, denied: deniedOf(record) };
}

/** In the order of its type, in which it is printed. */
function toRecord(row: AuditRow): AuditRecord {
  const { id, at, action, outcome, session_id, uid, name, proof, role, address, request_id, detail, times } =
    row;
  const asked = { id, at, action, outcome, sessionId: session_id, uid, name, proof, role, address };
  return { ...asked, requestId: request_id, detail, count: times };
}
