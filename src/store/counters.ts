import type { Kysely } from 'kysely';
import type { Schema } from './rows.ts';

type Guard = <T>(run: () => Promise<T>) => Promise<T>;

/** How often something happened in a window of time that ends at `until` (epoch ms). */
export interface Count {
  readonly name: string;
  readonly hits: number;
  readonly until: number;
}

/** Counts that several servers share. */
export interface CounterStore {
  /** Adds to all of them in one statement, and tells where they stand; a window that is over at `now` begins anew. */
  add(counts: readonly Count[], now: number): Promise<Count[]>;
  /** Forgets those whose window is over. */
  drop(now: number): Promise<void>;
}

/** Everything that fails in it is `STORE_FAILED`. */
export function createCounterStore(db: Kysely<Schema>, guard: Guard): CounterStore {
  return {
    add: (counts, now) => guard(() => add(db, counts, now)),
    drop: now =>
      guard(async () => {
        await db.deleteFrom('counters').where('ends_at', '<=', now).execute();
      }),
  };
}

async function add(db: Kysely<Schema>, counts: readonly Count[], now: number): Promise<Count[]> {
  // In one order everywhere: else two servers would wait for each other's rows.
  const sorted = [...counts].sort((a, b) => (a.name < b.name ? -1 : 1));
  const rows = await db
    .insertInto('counters')
    .values(sorted.map(({ name, hits, until }) => ({ name, hits, ends_at: until })))
    .onConflict(conflict =>
      conflict.column('name').doUpdateSet(eb => {
        const isOver = eb('counters.ends_at', '<=', now);
        return {
          hits: eb
            .case()
            .when(isOver)
            .then(eb.ref('excluded.hits'))
            .else(eb('counters.hits', '+', eb.ref('excluded.hits')))
            .end(),
          ends_at: eb
            .case()
            .when(isOver)
            .then(eb.ref('excluded.ends_at'))
            .else(eb.ref('counters.ends_at'))
            .end(),
        };
      }),
    )
    .returning(['name', 'hits', 'ends_at'])
    .execute();
  return rows.map(({ name, hits, ends_at }) => ({ name, hits, until: ends_at }));
}
