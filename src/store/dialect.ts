import {
  CompiledQuery,
  type Dialect,
  SqliteAdapter,
  type SqliteDatabase,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
  type SqliteStatement,
} from 'kysely';
import type { Database } from 'libsql';
import type { Durability } from './durability.ts';

/**
 * Kysely's dialect for SQLite, but for its transactions: a plain BEGIN takes the write lock only at the first write, where
 * two that have read fail each other at once. BEGIN IMMEDIATE makes the second wait for the first.
 */
export function createDialect(database: Database, durability: Durability): Dialect {
  const driver = new SqliteDriver({ database: keepStatements(database, durability) });
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

/** More than the store has, but for inserts of several rows at once, which differ by their number. */
const STATEMENTS = 100;

/** Kysely prepares each query anew, which takes SQLite longer than to find a meeting. A change of the schema it notices itself. */
function keepStatements(database: Database, { beforeQuery }: Durability): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  return {
    // Kysely runs it at once.
    prepare(sql) {
      beforeQuery();
      const kept = statements.get(sql);
      if (kept) return kept;
      if (statements.size >= STATEMENTS) statements.clear();
      const statement = database.prepare(sql) as SqliteStatement;
      statements.set(sql, statement);
      return statement;
    },
    close() {
      statements.clear();
      database.close();
    },
  };
}
