import { Kysely } from 'kysely';
import { MeetError } from '../core/errors.ts';
import type { Meeting } from '../core/meeting.ts';
import type { Creation } from '../core/meeting-plan.ts';
import { type AuditStore, createAuditStore } from './audit.ts';
import { countByState, type MeetingCounts } from './count.ts';
import type { CounterStore } from './counters.ts';
import { openDatabase } from './database.ts';
import { createDialect } from './dialect.ts';
import { explainStoreError } from './failures.ts';
import { migrate } from './migrations.ts';
import { type Schema, toMeeting, toRow } from './rows.ts';

/** Meetings in a database that the CLI and any number of servers share. All failures of the database are `STORE_FAILED`. */
export interface MeetingStore {
  /** Stores what `planFor` makes of what is there; nobody else reads or writes in between. Rethrows what `planFor` throws. */
  create(planFor: (existing: Meeting | null) => Creation, sessionId: string): Promise<Creation>;
  find(sessionId: string): Promise<Meeting | null>;
  /** All meetings, the newest first. */
  list(): Promise<Meeting[]>;
  /** How many there are in each state at `now` (epoch ms). */
  count(now: number): Promise<MeetingCounts>;
  /** Like `create`, for a meeting that must be there: `MEETING_NOT_FOUND`. */
  update(sessionId: string, change: (meeting: Meeting) => Meeting): Promise<Meeting>;
  readonly audit: AuditStore;
  /** Null with a file, which one server has. */
  readonly counters: CounterStore | null;
  close(): Promise<void>;
}

type Database = Kysely<Schema>;

async function find(db: Database, sessionId: string): Promise<Meeting | null> {
  const row = await db
    .selectFrom('meetings')
    .selectAll()
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  return row ? toMeeting(row) : null;
}

async function list(db: Database): Promise<Meeting[]> {
  const rows = await db
    .selectFrom('meetings')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('session_id')
    .execute();
  return rows.map(toMeeting);
}

function create(
  db: Database,
  planFor: (existing: Meeting | null) => Creation,
  sessionId: string,
): Promise<Creation> {
  return db.transaction().execute(async trx => {
    const creation = planFor(await find(trx, sessionId));
    const row = toRow(creation.meeting);
    await trx
      .insertInto('meetings')
      .values(row)
      .onConflict(conflict => conflict.column('session_id').doUpdateSet(row))
      .execute();
    return creation;
  });
}

function update(db: Database, sessionId: string, change: (meeting: Meeting) => Meeting): Promise<Meeting> {
  return db.transaction().execute(async trx => {
    const before = await find(trx, sessionId);
    if (!before)
      throw new MeetError(
        'MEETING_NOT_FOUND',
        `There is no meeting ${sessionId}; see those there are with: meet list`,
      );
    const after = change(before);
    await trx.updateTable('meetings').set(toRow(after)).where('session_id', '=', sessionId).execute();
    return after;
  });
}

/** Opens and migrates; a database that cannot be used is closed again. */
function openMigrated(file: string) {
  const database = openDatabase(file);
  try {
    migrate(database, file);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Opens the store in `file`, and makes or migrates it first when needed; safe while others do the same.
 * Throws `STORE_FAILED`, whose message has the path and the fix.
 */
export async function openStore({ file }: { file: string }): Promise<MeetingStore> {
  const guard = async <T>(run: () => T | Promise<T>): Promise<T> => {
    try {
      return await run();
    } catch (error) {
      throw explainStoreError(error, file);
    }
  };
  const database = await guard(() => openMigrated(file));
  const db = new Kysely<Schema>({ dialect: createDialect(database) });
  return {
    create: (planFor, sessionId) => guard(() => create(db, planFor, sessionId)),
    find: sessionId => guard(() => find(db, sessionId)),
    list: () => guard(() => list(db)),
    count: now => guard(() => countByState(db, now)),
    update: (sessionId, change) => guard(() => update(db, sessionId, change)),
    audit: createAuditStore(db, guard, true),
    counters: null,
    close: () =>
      guard(async () => {
        await db.destroy();
        // Kysely closes only what it has used.
        if (database.open) database.close();
      }),
  };
}
