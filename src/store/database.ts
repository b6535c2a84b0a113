import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'libsql';
import { makeFolder } from './make-folder.ts';

/** How long a command waits for the others' writes; one takes a few milliseconds. */
const BUSY_MS = 10_000;

/** Opens it as it is. Throws what libsql throws. */
export function connect(file: string): Database.Database {
  return new Database(file, { timeout: BUSY_MS });
}

function useWal(database: Database.Database): void {
  // By exec, because a statement keeps its connection open until it is collected as garbage.
  database.exec('pragma journal_mode = wal');
}

function isCode(error: unknown, ...codes: string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}

/**
 * Makes an empty database beside `file`, in WAL mode from birth, and gives it its name in one step. Switching an existing
 * one to WAL upgrades a read lock, for which SQLite calls no busy handler: of many first commands, all but one would fail.
 */
function makeDatabase(file: string): void {
  makeFolder(dirname(file), 0o700);
  const draft = `${file}.${randomBytes(6).toString('hex')}.new`;
  try {
    const database = connect(draft);
    useWal(database);
    database.close();
    // Keys of meetings are in it. The WAL beside it takes over the mode.
    chmodSync(draft, 0o600);
    linkSync(draft, file);
  } catch (error) {
    // EEXIST: another command was first. The others: a file system without hard links, where opening makes the file.
    if (!isCode(error, 'EEXIST', 'EPERM', 'ENOTSUP', 'ENOSYS')) throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Opens the database in `file`, and makes it first when it is not there. Throws what libsql and the file system throw. */
export function openDatabase(file: string): Database.Database {
  if (!existsSync(file)) makeDatabase(file);
  const database = connect(file);
  try {
    useWal(database);
    // A killed process loses nothing with NORMAL either, since the kernel has its writes. But without a sync for each
    // commit a power cut takes back links that people were already given.
    database.exec('pragma synchronous = full; pragma foreign_keys = on');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}
