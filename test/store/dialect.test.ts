import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import type { Database } from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { createDialect } from '../../src/store/dialect.ts';
import { createDurability } from '../../src/store/durability.ts';
import { migrate } from '../../src/store/migrations.ts';
import { type Schema, toRow } from '../../src/store/rows.ts';
import { aMeeting } from '../core/fixtures.ts';

let folder: string;
let database: Database;
let db: Kysely<Schema>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meet-store-'));
  database = openDatabase(join(folder, 'meet.db'));
  migrate(database, 'meet.db');
  db = new Kysely<Schema>({ dialect: createDialect(database, createDurability(database)) });
});

afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

const insert = (title: string) =>
  db.transaction().execute(trx =>
    trx
      .insertInto('meetings')
      .values(toRow(aMeeting({ title })))
      .execute(),
  );

describe('a query that was asked before', () => {
  it('sees what another process wrote, and what a newer one added to the schema', async () => {
    const titles = () => db.selectFrom('meetings').selectAll().execute();
    await insert('one');
    await titles();
    const other = openDatabase(join(folder, 'meet.db'));
    other.exec("update meetings set title = 'two'; alter table meetings add column later text default 'x'");
    other.close();
    expect(await titles()).toEqual([expect.objectContaining({ title: 'two', later: 'x' })]);
  });
});

describe('a transaction', () => {
  it('that fills the disk fails with that, and leaves nothing', async () => {
    database.exec('pragma max_page_count = 8');
    await expect(insert('x'.repeat(100_000))).rejects.toMatchObject({ code: 'SQLITE_FULL' });
    expect(database.inTransaction).toBe(false);
    await insert('short');
    expect(await db.selectFrom('meetings').select('title').execute()).toEqual([{ title: 'short' }]);
  });

  it('holds the write lock from its beginning', async () => {
    const other = openDatabase(join(folder, 'meet.db'));
    other.exec('pragma busy_timeout = 1');
    await db.transaction().execute(async () => {
      expect(() => other.exec('begin immediate')).toThrow('database is locked');
    });
    other.close();
  });
});
