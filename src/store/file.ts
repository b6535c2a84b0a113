import { accessSync, constants, existsSync } from 'node:fs';
import { Kysely } from 'kysely';
import { createAuditWriter } from './audit-writer.ts';
import type { Backend, Guard, StoreState } from './backend.ts';
import { connect, openDatabase } from './database.ts';
import { createDialect } from './dialect.ts';
import { createDurability } from './durability.ts';
import { explainStoreError } from './failures.ts';
import { checkFile, migrate } from './migrations.ts';
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

function createGuard(file: string): Guard {
  return async run => {
    try {
      return await run();
    } catch (error) {
      throw explainStoreError(error, file);
    }
  };
}

/** What is in `file`, null where there is none yet; it is neither made nor migrated. Throws `STORE_FAILED`, also for a newer schema. */
export async function inspectFile(file: string): Promise<StoreState | null> {
  if (!existsSync(file)) return null;
  return createGuard(file)(() => {
    const database = connect(file);
    try {
      return { version: checkFile(database, file), readOnly: !isWritable(file) };
    } finally {
      database.close();
    }
  });
}

/** Opens the SQLite database in `file`, and makes or migrates it first when needed. Throws `STORE_FAILED` with the path. */
export async function openFile(file: string): Promise<Backend> {
  const guard = createGuard(file);
  const database = await guard(() => openMigrated(file));
  const durability = createDurability(database);
  const db = new Kysely<Schema>({ dialect: createDialect(database, durability) });
  return {
    db,
    guard,
    reader: createReader(database),
    auditFile: { write: createAuditWriter(database, durability), forRows: durability.forRows },
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

function isWritable(file: string): boolean {
  try {
    accessSync(file, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
