import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MeetError } from '../../src/core/errors.ts';
import { createLimiter } from '../../src/server/limiter.ts';
import { type CounterStore, createCounterStore } from '../../src/store/counters.ts';
import { openDatabase } from '../../src/store/database.ts';
import { createDialect } from '../../src/store/dialect.ts';
import { createDurability } from '../../src/store/durability.ts';
import { migrate } from '../../src/store/migrations.ts';
import type { Schema } from '../../src/store/rows.ts';
import { countWalks } from '../walks.ts';
import { temporaryFolder } from './harness.ts';

const MINUTE = 60_000;

/** What the servers of one database call a count. */
const shared = (name: string) => createHash('sha256').update(name).digest('base64url');

/** The counters of PostgreSQL on SQLite: one query code. */
async function counters(): Promise<CounterStore & { away: boolean }> {
  const file = join(await temporaryFolder(), 'meet.db');
  const database = openDatabase(file);
  migrate(database, file);
  const db = new Kysely<Schema>({ dialect: createDialect(database, createDurability(database)) });
  onTestFinished(() => db.destroy());
  const state = { away: false };
  const store = createCounterStore(db, async run => {
    if (state.away) throw new MeetError('STORE_FAILED', 'the database is away');
    return run();
  });
  return Object.assign(state, store);
}

function limiterOn(store: CounterStore | null, clock = { now: 1_000_000 }) {
  const limiter = createLimiter({ counters: store, shareMs: 5, now: () => clock.now });
  onTestFinished(() => limiter.close());
  return limiter;
}

describe('the counters in SQL', () => {
  it('add up, each in its window, and tell where they stand', async () => {
    const store = await counters();
    const [a, b] = [randomUUID(), randomUUID()];
    expect(await store.add([{ name: a, hits: 3, until: 100 }], 50)).toEqual([
      { name: a, hits: 3, until: 100 },
    ]);
    const both = await store.add(
      [
        { name: b, hits: 1, until: 150 },
        { name: a, hits: 2, until: 150 },
      ],
      99,
    );
    expect(both.find(({ name }) => name === a)).toEqual({ name: a, hits: 5, until: 100 });
    expect(await store.add([{ name: a, hits: 2, until: 200 }], 100)).toEqual([
      { name: a, hits: 2, until: 200 },
    ]);
  });

  it('forget what is over', async () => {
    const store = await counters();
    await store.add([{ name: 'old', hits: 3, until: 100 }], 50);
    await store.drop(100);
    // In its window it would be five.
    expect(await store.add([{ name: 'old', hits: 2, until: 300 }], 90)).toMatchObject([{ hits: 2 }]);
  });
});

describe('a limiter by itself', () => {
  it('counts in windows that begin with the first', () => {
    const clock = { now: 5_000 };
    const limiter = limiterOn(null, clock);
    expect(limiter.hit('a', MINUTE)).toEqual({ current: 1, ttl: MINUTE });
    clock.now += 20_000;
    expect(limiter.hit('a', MINUTE)).toEqual({ current: 2, ttl: 40_000 });
    expect(limiter.hit('b', MINUTE)).toEqual({ current: 1, ttl: MINUTE });
    expect(limiter.look('a')).toEqual({ current: 2, ttl: 40_000 });
    clock.now += 40_000;
    expect(limiter.look('a')).toEqual({ current: 0, ttl: 0 });
    expect(limiter.hit('a', MINUTE)).toEqual({ current: 1, ttl: MINUTE });
  });

  it('holds no more than 50,000 counts, whatever addresses a flood comes from', () => {
    const limiter = limiterOn(null);
    limiter.hit('the first', MINUTE);
    for (let count = 0; count < 50_000; count += 1) limiter.hit(`${count}`, MINUTE);
    expect(limiter.look('the first').current).toBe(0);
    expect(limiter.look('49999').current).toBe(1);
  });
});

describe('a limiter in a flood', () => {
  it.each(['by itself', 'with others'])(
    'does not look through all it has for each new name, %s',
    async how => {
      const limiter = limiterOn(how === 'by itself' ? null : { add: async () => [], drop: async () => {} });
      for (let count = 0; count < 50_000; count += 1) limiter.hit(`${count}`, MINUTE);
      const walks = countWalks(() => {
        for (let count = 0; count < 1_000; count += 1) limiter.hit(`new ${count}`, MINUTE);
      });
      expect(walks).toBe(0);
      expect([limiter.look('999').current, limiter.look('1000').current]).toEqual([0, 1]);
    },
  );

  it('tells the others nothing of what it has forgotten', async () => {
    const told = new Set<string>();
    const store = {
      add: async (counts: readonly { name: string }[]) => {
        for (const { name } of counts) told.add(name);
        return [];
      },
      drop: async () => {},
    };
    const limiter = limiterOn(store);
    limiter.hit('the first', MINUTE);
    for (let count = 0; count < 50_000; count += 1) limiter.hit(`${count}`, MINUTE);
    await expect.poll(() => told.has(shared('0'))).toBe(true);
    expect(told.has(shared('the first'))).toBe(false);
  });
});

describe('limiters on one database', () => {
  it('count together', async () => {
    const store = await counters();
    const [one, other] = [limiterOn(store), limiterOn(store)];
    for (const limiter of [one, one, one, other, other]) limiter.hit('a', MINUTE);
    // Whoever told first hears of the rest with its next count.
    await expect.poll(() => Math.max(one.look('a').current, other.look('a').current)).toBe(5);
    one.hit('a', MINUTE);
    other.hit('a', MINUTE);
    await expect.poll(() => [one.look('a').current, other.look('a').current].sort()).toEqual([6, 7]);
  });

  it('go on by themselves while it is away, and tell it all once it is back', async () => {
    const store = await counters();
    const [one, other] = [limiterOn(store), limiterOn(store)];
    store.away = true;
    for (let count = 1; count <= 4; count += 1) expect(one.hit('a', MINUTE).current).toBe(count);
    expect(other.hit('a', MINUTE).current).toBe(1);
    store.away = false;
    await expect.poll(() => Math.max(one.look('a').current, other.look('a').current)).toBe(5);
  });

  it('give the database names of one length, whatever visitors made up', async () => {
    const names: string[] = [];
    const limiter = limiterOn({
      add: async counts => {
        names.push(...counts.map(({ name }) => name));
        return [];
      },
      drop: async () => {},
    });
    limiter.hit(`view of \0${'x'.repeat(4_000)}`, MINUTE);
    await expect.poll(() => names).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  });

  it('do not try again what the database would not take, and tell it all else', async () => {
    const store = await counters();
    let refused = 0;
    const add: CounterStore['add'] = (counts, now) => {
      if (!counts.some(({ name }) => name === shared('odd'))) return store.add(counts, now);
      refused += 1;
      return Promise.reject(new MeetError('BAD_REQUEST', 'Such a text cannot be stored.'));
    };
    const [one, other] = [limiterOn({ ...store, add }), limiterOn(store)];
    one.hit('odd', MINUTE);
    await expect.poll(() => refused).toBe(1);
    one.hit('a', MINUTE);
    await expect
      .poll(async () => (await store.add([{ name: shared('a'), hits: 0, until: 0 }], 1_000_000))[0]?.hits)
      .toBe(1);
    other.hit('a', MINUTE);
    await expect.poll(() => other.look('a').current).toBe(2);
    expect(refused).toBe(1);
  });

  it('forget what was counted in a window that is over while the database was away', async () => {
    const clock = { now: 1_000_000 };
    const store = await counters();
    const told: string[] = [];
    const add: CounterStore['add'] = (counts, now) => {
      if (!store.away) told.push(...counts.map(({ name }) => name));
      return store.add(counts, now);
    };
    const limiter = limiterOn({ ...store, add }, clock);
    store.away = true;
    limiter.hit('old', MINUTE);
    clock.now += MINUTE;
    store.away = false;
    limiter.hit('new', MINUTE);
    await expect.poll(() => told).toEqual([shared('new')]);
  });

  it('begin anew together', async () => {
    const clock = { now: 1_000_000 };
    const store = await counters();
    const [one, other] = [limiterOn(store, clock), limiterOn(store, clock)];
    one.hit('a', MINUTE);
    await expect
      .poll(async () => (await store.add([{ name: shared('a'), hits: 0, until: 0 }], clock.now))[0]?.hits)
      .toBe(1);
    clock.now += MINUTE;
    expect(other.hit('a', MINUTE).current).toBe(1);
    await expect
      .poll(async () => (await store.add([{ name: shared('a'), hits: 0, until: 0 }], clock.now))[0])
      .toEqual({ name: shared('a'), hits: 1, until: clock.now + MINUTE });
  });
});
