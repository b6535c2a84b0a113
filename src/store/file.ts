import { Kysely } from 'kysely';
import { createAuditWriter } from './audit-writer.ts';
import type { Backend, Guard } from './backend.ts';
import { openDatabase } from './database.ts';
import { createDialect } from './dialect.ts';
import { explainStoreError } from './failures.ts';
import { migrate } from './migrations.ts';
import { createReader } from './reader.ts';
import type { Schema } from './rows.ts';

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

/** Opens the SQLite database in `file`, and makes or migrates it first when needed. Throws `STORE_FAILED` with the path. */
export async function openFile(file: string): Promise<Backend> {
  const guard: Guard = async run => {
    try {
      return await run();
    } catch (error) {
      throw explainStoreError(error, file);
    }
  };
  const database = await guard(() => openMigrated(file));
  const db = new Kysely<Schema>({ dialect: createDialect(database) });
  return {
    db,
    guard,
    reader: createReader(database),
    writeAudit: createAuditWriter(database),
    // Every transaction here has the whole file's write lock from its beginning.
    lock: async () => {},
    close: () =>
      guard(async () => {
        await db.destroy();
        // Kysely closes only what it has used.
        if (database.open) database.close();
      }),
  };
}
