import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'libsql';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReader } from '../../src/store/reader.ts';
import { type MeetingStore, openStore } from '../../src/store/store.ts';
import { aMeeting } from '../core/fixtures.ts';
import { buildChild, finish, startChild } from './children.ts';

const folder = mkdtempSync(join(tmpdir(), 'meet-reader-'));
afterAll(() => rmSync(folder, { recursive: true }));

let files = 0;
let file: string;
let ours: MeetingStore;
let theirs: MeetingStore;

beforeEach(async () => {
  files += 1;
  file = join(folder, String(files), 'meet.db');
  ours = await openStore({ file });
  theirs = await openStore({ file });
});
afterEach(async () => {
  await ours.close();
  await theirs.close();
});

const add = (store: MeetingStore, meeting = aMeeting()) =>
  store.create(() => ({ meeting, created: true }), meeting.sessionId);
const titleIn = async (store: MeetingStore) => (await store.find('room-42'))?.title;
const entitle = (store: MeetingStore, title: string) =>
  store.update('room-42', meeting => ({ ...meeting, title }));

describe('a meeting that was asked for before', () => {
  it('is the one that it is now, whoever of this process changes it', async () => {
    expect(await ours.find('room-42')).toBeNull();
    await add(theirs);
    for (const [index, store] of [theirs, ours, ours, theirs].entries()) {
      const title = `title ${index}`;
      await entitle(store, title);
      expect(await titleIn(store)).toBe(title);
      // For the other one, which nobody of this turn has told.
      await setImmediate();
      expect(await titleIn(ours)).toBe(title);
      expect(await titleIn(theirs)).toBe(title);
    }
  });

  it('is the one that another process has made of it, at once', async () => {
    await add(ours);
    expect(await ours.find('room-42')).not.toBeNull();
    const child = startChild(await buildChild('rename'), file, 'by another process');
    const { stderr, code } = await finish(child);
    expect({ stderr, code }).toEqual({ stderr: '', code: 0 });
    expect(await titleIn(ours)).toBe('by another process');
  });

  it('is the one of before while a change is under way, and after one that was taken back', async () => {
    await add(ours);
    const before = await titleIn(ours);
    const refuse = () => {
      throw new Error('refused');
    };
    const refused = ours.update('room-42', refuse).catch(String);
    expect(await titleIn(ours)).toBe(before);
    await refused;
    const changed = entitle(ours, 'Retro');
    expect([before, 'Retro']).toContain(await titleIn(ours));
    await changed;
    expect(await titleIn(ours)).toBe('Retro');
  });

  it('is made anew where somebody reopens it', async () => {
    await add(ours, aMeeting({ endedAt: 5 }));
    expect((await ours.find('room-42'))?.endedAt).toBe(5);
    await add(ours, aMeeting({ endedAt: null }));
    expect((await ours.find('room-42'))?.endedAt).toBeNull();
  });

  it('is not read again while nobody has written, and one of few that are remembered', async () => {
    for (const sessionId of ['a', 'b', 'c']) await add(ours, aMeeting({ sessionId }));
    const database = new Database(file);
    const reader = createReader(database, 2);
    const [a, b] = [reader.find('a'), reader.find('b')];
    expect(reader.find('a')).toBe(a);
    // What the same connection writes elsewhere, as the audit trail with every answer.
    database.exec("insert into codes values ('own', '', 0)");
    expect(reader.find('b')).toBe(b);
    reader.find('c');
    expect(reader.find('b')).toBe(b);
    expect(reader.recall('b')).toBe(b);
    expect(reader.recall('a')).toBeUndefined();
    expect(reader.find('a')).not.toBe(a);
    database.exec('begin immediate');
    expect(reader.find('c')).toBeUndefined();
    expect(reader.recall('c')).toBeUndefined();
    database.exec('rollback');
    expect(reader.recall('c')).toBeDefined();
    await setImmediate();
    database.close();
    // Whoever asks the longer way then is told why.
    expect(reader.recall('c')).toBeUndefined();
    expect(reader.find('c')).toBeUndefined();
  });
});
