import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { aMeeting, NOW } from '../core/fixtures.ts';
import { OLD_MEETING, OLD_MESSAGE, OLD_MESSAGE_NOW, OUTBOX_SINCE } from './old-rows.ts';
import { readPragma } from './pragma.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meet-old-'));
  file = join(folder, 'meet.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

function makeOld(version: number): void {
  const database = new Database(file);
  for (const sql of MIGRATIONS.slice(0, version)) database.exec(sql);
  database.exec(`pragma user_version = ${version}; ${OLD_MEETING}`);
  database.close();
}

describe.each(MIGRATIONS.map((_, index) => index + 1))('a database of schema %d', version => {
  it('gives its meetings as they were: open at all hours, for all to speak, never changed', async () => {
    makeOld(version);
    const store = await openStore({ file });
    expect(await store.list()).toEqual([aMeeting()]);
    await store.close();
  });

  it.runIf(version >= OUTBOX_SINCE)('tries again what was given up, which keeps its time', async () => {
    makeOld(version);
    const database = new Database(file);
    database.exec(OLD_MESSAGE);
    database.close();
    const store = await openStore({ file });
    expect(await store.outbox.retry(NOW + 9)).toBe(1);
    expect(await store.outbox.troubled(9)).toEqual([OLD_MESSAGE_NOW]);
    await store.close();
  });

  it('takes meetings of the new kinds beside them, and is of the newest schema then', async () => {
    makeOld(version);
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
