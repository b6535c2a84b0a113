import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createLimiter } from '../../src/server/limiter.ts';
import { openStore } from '../../src/store/store.ts';
import { type Postgres, startPostgres, whyNoPostgres } from './postgres.ts';

const obstacle = whyNoPostgres();
if (obstacle) process.stderr.write(`skipped, without PostgreSQL: ${obstacle}\n`);

const MINUTE = 60_000;

/** One of several servers: a store and a limiter of its own. */
async function limiterOn(url: string) {
  const store = await openStore({ url });
  onTestFinished(() => store.close());
  expect(store.counters).not.toBeNull();
  const limiter = createLimiter({ counters: store.counters, shareMs: 20 });
  onTestFinished(() => limiter.close());
  return limiter;
}

describe.skipIf(obstacle !== null)('limits of servers on one PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  });
  afterAll(() => postgres?.close());

  it('count on after a name that no database takes', async () => {
    const url = await postgres.createDatabase();
    const [one, other] = [await limiterOn(url), await limiterOn(url)];
    one.hit('view of \0', MINUTE);
    one.hit('a', MINUTE);
    await expect
      .poll(() => {
        other.hit('a', MINUTE);
        return other.look('a').current;
      })
      .toBeGreaterThan(5);
    const most = () => {
      one.hit('a', MINUTE);
      return one.look('a').current > other.look('a').current;
    };
    await expect.poll(most).toBe(true);
  });

  it('are one', async () => {
    const url = await postgres.createDatabase();
    const [one, other] = [await limiterOn(url), await limiterOn(url)];
    for (let count = 0; count < 30; count += 1) for (const each of [one, other]) each.hit('a', MINUTE);
    const most = () => Math.max(one.look('a').current, other.look('a').current);
    await expect.poll(most).toBe(60);

    // Each learns of all with its next count.
    for (const each of [one, other]) each.hit('a', MINUTE);
    await expect.poll(most).toBe(62);
  });
});
