import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Database } from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { createDurability, type Durability } from '../../src/store/durability.ts';
import { readPragma } from './pragma.ts';

/** As sqlite.org/pragma.html#pragma_synchronous numbers them. */
const [NORMAL, FULL] = [1, 2];

let folder: string;
let database: Database;
let durability: Durability;
const now = () => readPragma(database, 'synchronous');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meet-durability-'));
  database = openDatabase(join(folder, 'meet.db'));
  durability = createDurability(database);
});
afterEach(() => {
  if (database.open) database.close();
  rmSync(folder, { recursive: true });
});

describe('a commit waits for the disk', () => {
  it('unless it is of rows, in whatever order they come', () => {
    expect(now()).toBe(FULL);
    for (const _ of [1, 2]) {
      durability.beforeRows();
      expect(now()).toBe(NORMAL);
      durability.beforeQuery();
      expect(now()).toBe(FULL);
    }
  });

  it('where rows that went through queries are stored, and where they were not', async () => {
    const failing = durability.forRows(async () => {
      durability.beforeQuery();
      expect(now()).toBe(NORMAL);
      throw new Error('full');
    });
    await expect(failing).rejects.toThrow('full');
    durability.beforeQuery();
    expect(now()).toBe(FULL);
  });

  it('as its transaction began, whoever comes meanwhile', () => {
    durability.beforeQuery();
    database.exec('begin immediate');
    durability.beforeRows();
    database.exec('commit');
    expect(now()).toBe(FULL);
    durability.beforeRows();
    expect(now()).toBe(NORMAL);
  });

  it('and a database that somebody has closed ends no process', () => {
    durability.beforeQuery();
    durability.beforeRows();
    database.close();
    durability.beforeQuery();
    expect(database.open).toBe(false);
  });
});
