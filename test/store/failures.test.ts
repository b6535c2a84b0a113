import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MeetError } from '../../src/core/errors.ts';
import { explainStoreError } from '../../src/store/failures.ts';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { codeOf } from '../core/fixtures.ts';
import { buildChild, finish, startChild } from './children.ts';
import { readPragma } from './pragma.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meet-store-'));
  file = join(folder, 'meet.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a store that cannot be used', () => {
  it('because its file is no database is told with its path', async () => {
    writeFileSync(file, 'not a database, by far '.repeat(100));
    expect(await codeOf(() => openStore({ file }))).toBe('STORE_FAILED');
    await expect(openStore({ file })).rejects.toThrow(`${file} is damaged or not a database; move it away`);
  });

  it('because its file is a folder is told', async () => {
    await expect(openStore({ file: folder })).rejects.toThrow(
      `${folder} cannot be opened or written; check the rights`,
    );
  });

  it('because its folder is a file is told', async () => {
    writeFileSync(file, '');
    expect(await codeOf(() => openStore({ file: join(file, 'meet.db') }))).toBe('STORE_FAILED');
  });

  it('because nothing can be made there is told', async () => {
    expect(await codeOf(() => openStore({ file: '/proc/meet.db' }))).toBe('STORE_FAILED');
  });

  it('because a newer meet wrote it is told, and left as it is', async () => {
    await (await openStore({ file })).close();
    const database = new Database(file);
    database.exec(`pragma user_version = ${MIGRATIONS.length + 1}`);
    await expect(openStore({ file })).rejects.toThrow(
      `${file} was written by a newer meet (schema ${MIGRATIONS.length + 1}`,
    );
    expect(readPragma(database, 'user_version')).toBe(MIGRATIONS.length + 1);
    database.close();
  });

  it('because it is damaged inside is told', async () => {
    // Made by another process, at whose end all is in the file itself.
    const child = startChild(await buildChild('create-same'), file);
    child.stdin.end('go');
    await finish(child);
    const pages = statSync(file).size / 4096 - 1;
    writeFileSync(
      file,
      Buffer.concat([readFileSync(file).subarray(0, 4096), Buffer.alloc(pages * 4096, 0x5a)]),
    );
    expect(await codeOf(async () => (await openStore({ file })).list())).toBe('STORE_FAILED');
  });

  it('is left without half a migration', async () => {
    const database = new Database(file);
    database.exec('create table meetings (other text)');
    await expect(openStore({ file })).rejects.toThrow('already exists');
    expect(readPragma(database, 'user_version')).toBe(0);
    expect(database.prepare('select * from meetings').all()).toEqual([]);
    database.close();
  });
});

describe('a file that is there', () => {
  it('but empty becomes a store', async () => {
    writeFileSync(file, '');
    const store = await openStore({ file });
    expect(await store.list()).toEqual([]);
    await store.close();
  });
});

describe('a failure of the database', () => {
  it.each([
    ['SQLITE_FULL', 'full; free some space'],
    ['ENOSPC', 'full; free some space'],
    ['SQLITE_READONLY_DBMOVED', 'MEET_DATA_DIR'],
    ['EACCES', 'MEET_DATA_DIR'],
    ['EROFS', 'MEET_DATA_DIR'],
    ['SQLITE_BUSY_RECOVERY', 'another process'],
    ['SQLITE_IOERR_WRITE', 'check its disk'],
    ['SQLITE_CORRUPT_INDEX', 'damaged'],
  ])('%s becomes one line with path and fix', (code, fix) => {
    const explained = explainStoreError(Object.assign(new Error('boom'), { code }), '/data/meet.db');
    expect(explained).toBeInstanceOf(MeetError);
    expect(explained).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining(fix),
      detail: { file: '/data/meet.db', code },
    });
    expect(explained).toMatchObject({ message: expect.stringMatching(/^[^\n]*\/data\/meet\.db[^\n]*\.$/) });
  });

  it.each([
    [1544, 'SQLITE_READONLY', 'MEET_DATA_DIR'],
    [11 + 256 * 99, 'SQLITE_CORRUPT', 'damaged'],
  ])('that libsql has no name for (%d) is known by its low byte', (rawCode, code, fix) => {
    const error = Object.assign(new Error('boom'), { code: `UNKNOWN_SQLITE_ERROR_${rawCode}`, rawCode });
    const explained = explainStoreError(error, '/data/meet.db');
    expect(explained).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringContaining(fix),
      detail: { code },
    });
  });

  it.each([
    ['a bug in our SQL', Object.assign(new Error('syntax error'), { code: 'SQLITE_ERROR' })],
    [
      'a bug without a name',
      Object.assign(new Error('boom'), { code: 'UNKNOWN_SQLITE_ERROR_1', rawCode: 1 }),
    ],
    ['a bug elsewhere', new TypeError('x is not a function')],
    ['a refusal', new MeetError('ID_TAKEN', 'taken')],
    ['what is no error', 'text'],
  ])('is not made of %s', (_, error) => {
    expect(explainStoreError(error, '/data/meet.db')).toBe(error);
  });
});
