import type { Database, Statement } from 'libsql';
import type { AuditRecord } from '../core/audit.ts';
import type { Durability } from './durability.ts';
import { isFree } from './free.ts';
import { AUDIT_COLUMNS, auditValues } from './rows.ts';

/** Stores records in one statement; false where the longer way has to be gone, and nothing was stored. */
export type WriteDirectly = (records: readonly AuditRecord[]) => boolean;

/** A statement is kept for each number of rows: more at once are rare, and not in a hurry. */
const MOST_ROWS = 64;

/**
 * The rows of answers, which wait for them, past Kysely. Not within somebody's transaction, on the same connection: it may be
 * taken back yet.
 */
export function createAuditWriter(database: Database, { beforeRows }: Durability): WriteDirectly {
  const inserts: Statement[] = [];
  return records => {
    const { length } = records;
    if (!isFree(database) || length > MOST_ROWS) return false;
    inserts[length] ??= prepare(database, length);
    beforeRows();
    inserts[length].run(records.flatMap(auditValues));
    return true;
  };
}

function prepare(database: Database, rows: number): Statement {
  const row = `(${AUDIT_COLUMNS.map(() => '?').join(', ')})`;
  const values = Array.from({ length: rows }, () => row);
  return database.prepare(`insert into audit (${AUDIT_COLUMNS.join(', ')}) values ${values.join(', ')}`);
}
