import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStore } from '../../src/store/store.ts';
import { buildChild, finish, startChild } from './children.ts';
import { describeKilled } from './killed.ts';
import { readPragma } from './pragma.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'meet-store-'));
  file = join(folder, 'data', 'meet.db');
});

afterEach(() => rmSync(folder, { recursive: true }));

describe('many processes at once', () => {
  it('make one store and one meeting where there is not even a folder', { timeout: 60_000 }, async () => {
    const script = await buildChild('create-same');
    const children = Array.from({ length: 50 }, () => startChild(script, file));
    await Promise.all(children.map(child => once(child.stdout, 'readable')));
    const all = Promise.all(children.map(finish));
    for (const child of children) child.stdin.end('go');
    const ends = await all;
    expect(ends.map(end => ({ code: end.code, stderr: end.stderr }))).toEqual(
      Array(50).fill({ code: 0, stderr: '' }),
    );
    const answers = ends.map(end => JSON.parse(end.stdout));
    expect(answers.filter(answer => answer.created)).toHaveLength(1);
    expect(new Set(answers.map(answer => answer.key)).size).toBe(1);
    expect(readdirSync(join(folder, 'data'))).toEqual(['meet.db']);
  });
});

describe('processes that make a store at the same millisecond', () => {
  // Plain switching to WAL fails about one in thirty of these.
  it('all succeed', { timeout: 60_000 }, async () => {
    const script = await buildChild('open-together');
    const start = String(Date.now() + 1500);
    const ends = await Promise.all(
      Array.from({ length: 6 }, () => finish(startChild(script, folder, start))),
    );
    expect(ends).toEqual(Array(6).fill({ code: 0, stdout: '', stderr: '' }));
  });
});

describe('a killed process', () => {
  describeKilled(async () => ({ file }));

  it('loses nothing that it said was stored', { timeout: 60_000 }, async () => {
    const script = await buildChild('write');
    const children = ['a', 'b', 'c'].map(name => startChild(script, file, name));
    const ends = children.map(async (child, i) => {
      const end = finish(child);
      // Killed after some writes of its own, wherever it is by then.
      let seen = 0;
      child.stdout.on('data', chunk => {
        seen += String(chunk).split('\n').length - 1;
        if (seen > 20 + 15 * i) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      return end;
    });
    const said = (await Promise.all(ends)).flatMap(end => end.stdout.split('\n').slice(0, -1));
    expect(said.length).toBeGreaterThan(100);

    const store = await openStore({ file });
    const stored = new Set((await store.list()).map(meeting => meeting.sessionId));
    await store.close();
    expect(said.filter(id => !stored.has(id))).toEqual([]);
    const database = new Database(file);
    expect(readPragma(database, 'integrity_check')).toBe('ok');
    database.close();
  });
});
