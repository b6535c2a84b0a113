import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { MIGRATIONS } from '../../src/store/migrations.ts';
import { openStore } from '../../src/store/store.ts';
import { aMeeting, codeOf, NOW } from '../core/fixtures.ts';
import { buildChild, finish, startChild } from '../store/children.ts';
import { OLD_MEETING, OLD_MESSAGE, OLD_MESSAGE_NOW, OUTBOX_SINCE } from '../store/old-rows.ts';
import { ask, describePostgres } from './with-postgres.ts';

describePostgres('migrations in PostgreSQL', postgres => {
  it.each(MIGRATIONS.map((_, index) => index + 1))('lead on from schema %d', async version => {
    const url = await postgres().createDatabase();
    const all = MIGRATIONS.slice(0, version).join('\n');
    await ask(url, `${all}; create table meet_schema (version integer not null);`);
    await ask(url, `insert into meet_schema values (${version}); ${OLD_MEETING}`);
    if (version >= OUTBOX_SINCE) await ask(url, OLD_MESSAGE);
    const store = await openStore({ url });
    expect(await store.list()).toEqual([aMeeting()]);
    await store.outbox.retry(NOW + 9);
    expect(await store.outbox.troubled(9)).toEqual(version >= OUTBOX_SINCE ? [OLD_MESSAGE_NOW] : []);
    await store.close();
    expect(await ask(url, 'select version from meet_schema')).toEqual([{ version: MIGRATIONS.length }]);
  });

  it('keep what is asked of the audit trail by meeting and by person quick, unlike in a file', async () => {
    const url = await postgres().createDatabase();
    await (await openStore({ url })).close();
    const indexes = await ask(url, "select indexname from pg_indexes where tablename = 'audit'");
    for (const indexname of ['audit_by_meeting', 'audit_by_uid'])
      expect(indexes).toContainEqual({ indexname });
  });

  it('leave a newer schema as it is, and say so', async () => {
    const url = await postgres().createDatabase();
    await (await openStore({ url })).close();
    await ask(url, 'update meet_schema set version = version + 1');
    expect(await codeOf(() => openStore({ url }))).toBe('STORE_FAILED');
    await expect(openStore({ url })).rejects.toThrow(
      `/${url.split('/').at(-1)} was written by a newer meet (schema ${MIGRATIONS.length + 1}`,
    );
  });

  it('that fail leave nothing', async () => {
    const url = await postgres().createDatabase();
    await ask(url, 'create table audit (x integer)');
    await expect(openStore({ url })).rejects.toThrow('already exists');
    expect(await ask(url, "select to_regclass('meetings') as meetings")).toEqual([{ meetings: null }]);
  });

  it('need no rights where there is nothing to do', async () => {
    const url = await postgres().createDatabase();
    await (await openStore({ url })).close();
    const user = `reader_${url.split('_').at(-1)}`;
    await ask(
      url,
      `create role ${user} login password 'x'; grant select on all tables in schema public to ${user};`,
    );
    const store = await openStore({ url: url.replace(/\/\/.*@/, `//${user}:x@`) });
    expect(await store.list()).toEqual([]);
    expect(await codeOf(() => store.create(() => ({ meeting: aMeeting(), created: true }), 'room-42'))).toBe(
      'STORE_FAILED',
    );
    await store.close();
  });

  describe('by many processes that start at once', () => {
    it('are made once, and so is the meeting that all of them create', async () => {
      const url = await postgres().createDatabase();
      const script = await buildChild('create-same');
      const children = Array.from({ length: 10 }, () => startChild(script, url));
      await Promise.all(children.map(child => once(child.stdout, 'readable')));
      const all = Promise.all(children.map(finish));
      for (const child of children) child.stdin.end('go');
      const ends = await all;
      expect(ends.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
        Array(10).fill({ code: 0, stderr: '' }),
      );
      const answers = ends.map(({ stdout }) => JSON.parse(stdout));
      expect(answers.filter(answer => answer.created)).toHaveLength(1);
      expect(new Set(answers.map(answer => answer.key)).size).toBe(1);
      expect(await ask(url, 'select version from meet_schema')).toEqual([{ version: MIGRATIONS.length }]);
      expect(await ask(url, 'select session_id from meetings')).toHaveLength(1);
    });
  });
});
