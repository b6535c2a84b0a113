import type { Database, Statement } from 'libsql';
import type { AuditRecord } from '../core/audit.ts';
import { AUDIT_COLUMNS, auditValues } from './rows.ts';

/** Stores records in one statement; false where the longer way has to be gone, and nothing was stored. */
export type WriteDirectly = (records: readonly AuditRecord[]) => boolean;

/**
 * The rows of answers, which wait for them, past Kysely. Not within somebody's transaction, on the same connection: it may be
 * taken back yet. As one JSON value, since to bind each field costs as much, and takes a statement for each number of rows.
 */
export function createAuditWriter(database: Database): WriteDirectly {
  let statements: Record<'lazily' | 'insert' | 'surely', Statement> | undefined;
  return records => {
    if (database.inTransaction) return false;
    statements ??= prepare(database);
    const { lazily, insert, surely } = statements;
    lazily.run();
    try {
      insert.run(JSON.stringify(records.map(auditValues)));
    } finally {
      surely.run();
    }
    return true;
  };
}

function prepare(database: Database) {
  const values = AUDIT_COLUMNS.map((_, index) => `value ->> ${index}`);
  return {
    lazily: database.prepare('pragma synchronous = normal'),
    insert: database.prepare(
      `insert into audit (${AUDIT_COLUMNS.join(', ')}) select ${values.join(', ')} from json_each(?)`,
    ),
    surely: database.prepare('pragma synchronous = full'),
  };
}
