import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { aMeeting } from '../core/fixtures.ts';
import { readPragma } from './pragma.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meet-old-'));
  file = join(folder, 'meet.db');
  const database = new Database(file);
  database.exec(MIGRATIONS[0] ?? '');
  database.exec(`pragma user_version = 1;
    insert into meetings values ('room-42', 'stable', '{"strategy":"stable","prefix":"room","id":"42"}', 'room 42', 'link',
      '[]', 'the-right-key', ${aMeeting().createdAt}, null, ${aMeeting().expiresAt}, null, 3)`);
  database.close();
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('a database of schema 1', () => {
  it('gives its meetings as they were: open at all hours, for all to speak, never changed', async () => {
    const store = await openStore({ file });
    expect(await store.list()).toEqual([aMeeting()]);
    await store.close();
  });

  it('takes meetings of the new kinds beside them, and is of the newest schema then', async () => {
    const store = await openStore({ file });
    const meeting = aMeeting({
      hours: 'Sat,Sun 09:00-11:00',
      zone: 'Asia/Tokyo',
      broadcast: true,
      revision: 2,
    });
    await store.update('room-42', () => meeting);
    expect(await store.find('room-42')).toEqual(meeting);
    await store.close();
    const database = new Database(file);
    expect(readPragma(database, 'user_version')).toBe(MIGRATIONS.length);
    database.close();
  });
});
