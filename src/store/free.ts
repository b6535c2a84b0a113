import type { Database } from 'libsql';

/**
 * Whether a statement that is kept may run past Kysely: nobody's transaction is under way, and nobody has closed the
 * database, after which libsql would end the process ("called `Option::unwrap()` on a `None` value").
 */
export function isFree(database: Database): boolean {
  return database.open && !database.inTransaction;
}
