import {
  CompiledQuery,
  type Dialect,
  SqliteAdapter,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import type { Database } from 'libsql';

/**
 * Kysely's dialect for SQLite, but for its transactions: a plain BEGIN takes the write lock only at the first write, where
 * two that have read fail each other at once. BEGIN IMMEDIATE makes the second wait for the first.
 */
export function createDialect(database: Database): Dialect {
  const driver = new SqliteDriver({ database });
  driver.beginTransaction = async connection => {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  };
  // With a full disk SQLite has rolled back by itself, and a second ROLLBACK would fail and hide why.
  driver.rollbackTransaction = async connection => {
    if (database.inTransaction) await connection.executeQuery(CompiledQuery.raw('rollback'));
  };
  return {
    createDriver: () => driver,
    createAdapter: () => new SqliteAdapter(),
    createQueryCompiler: () => new SqliteQueryCompiler(),
    createIntrospector: db => new SqliteIntrospector(db),
  };
}
