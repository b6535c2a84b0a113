import type { Database, Statement } from 'libsql';
import type { MeetingRow } from './rows.ts';

/** A meeting's row; undefined where the longer way has to be gone. */
export type FindDirectly = (sessionId: string) => MeetingRow | null | undefined;

/**
 * The gate's own question, asked with every request, past Kysely, which takes several times as long as SQLite to find a row
 * by its key. Not within somebody's transaction, on the same connection: it would see what may be taken back yet.
 */
export function createReader(database: Database): FindDirectly {
  let statement: Statement | undefined;
  return sessionId => {
    if (database.inTransaction) return undefined;
    statement ??= database.prepare('select * from meetings where session_id = ?');
    return (statement.get(sessionId) as MeetingRow | undefined) ?? null;
  };
}
