import { chmodSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../../src/store/migrations.ts';
import type { Sandbox } from '../run-meet.ts';
import { ask, sandbox } from './ask.ts';

const fileOf = (place: Sandbox) => join(place.path, '.meet/meet.db');

async function withMeetings(): Promise<Sandbox> {
  const place = sandbox();
  await place.json(['create']);
  return place;
}

/** Asks of it by SQL; gives the version of its schema. */
function exec(file: string, sql = ''): number {
  const database = new Database(file);
  database.exec(sql);
  const [version] = database.prepare('pragma user_version').raw().all();
  database.close();
  return Number(version);
}

describe('meet doctor on meetings in a file', () => {
  it('tells the file and the version of its schema', async () => {
    const place = await withMeetings();
    const { ok, of } = await ask(place);
    expect(of.store).toMatchObject({
      state: 'ok',
      says: `${fileOf(place)}, schema ${MIGRATIONS.length}`,
    });
    expect(ok).toBe(true);
  });

  it('makes none where there is none', async () => {
    const place = sandbox();
    expect((await ask(place)).of.store?.says).toBe(`${fileOf(place)}, made at first use`);
    expect(existsSync(fileOf(place))).toBe(false);
  });

  it.each([
    [
      -1,
      {
        state: 'warn',
        says: expect.stringContaining('older meet'),
        fix: expect.stringContaining('meet serve'),
      },
    ],
    [
      1,
      {
        state: 'bad',
        says: expect.stringContaining('newer meet'),
        fix: expect.stringMatching(/^update meet.*MEET_DATA_DIR$/),
      },
    ],
  ])('tells a schema that is %d version off, and leaves it', async (off, told) => {
    const place = await withMeetings();
    exec(fileOf(place), `pragma user_version = ${MIGRATIONS.length + off}`);
    const before = readdirSync(join(place.path, '.meet'));
    expect((await ask(place)).of.store).toMatchObject(told);
    expect(exec(fileOf(place))).toBe(MIGRATIONS.length + off);
    expect(readdirSync(join(place.path, '.meet'))).toEqual(before);
  });

  it('tells a file that is no database', async () => {
    const place = await withMeetings();
    writeFileSync(fileOf(place), 'something else, and long enough to be looked at as a database'.repeat(40));
    expect((await ask(place)).of.store).toMatchObject({
      state: 'bad',
      says: expect.stringContaining('damaged or not a database'),
      fix: expect.stringContaining('move it away'),
    });
  });

  // Root may write everything.
  it.skipIf(process.getuid?.() === 0)('tells a file that takes no changes', async () => {
    const place = await withMeetings();
    chmodSync(fileOf(place), 0o400);
    expect((await ask(place)).of.store).toMatchObject({
      state: 'bad',
      says: `${fileOf(place)} takes no changes`,
    });
  });

  it('finds one that others may read, and closes it', async () => {
    const place = await withMeetings();
    chmodSync(fileOf(place), 0o644);
    expect((await ask(place)).of.data).toMatchObject({
      state: 'bad',
      says: `other users may read ${fileOf(place)}`,
    });
    await ask(place, {}, ['--fix']);
    expect(statSync(fileOf(place)).mode & 0o777).toBe(0o600);
  });

  it('does not look at it where a database is named, but not well', async () => {
    const { of } = await ask(sandbox(), { MEET_DATABASE_URL: 'mysql://u:a-secret@localhost/meet' });
    expect([of.settings?.state, of.store?.says]).toEqual([
      'bad',
      'not looked at: MEET_DATABASE_URL is not well-formed',
    ]);
  });
});
