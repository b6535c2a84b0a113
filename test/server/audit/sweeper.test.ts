import { expect, it, onTestFinished } from 'vitest';
import { createAuditIds, toRecord } from '../../../src/core/audit.ts';
import { startSweeper } from '../../../src/server/sweeper.ts';
import { HOUR, NOON, temporaryStore } from '../harness.ts';

it('removes what is too old in small batches, by two servers at once, and leaves the rest', async () => {
  const store = await temporaryStore();
  const newId = createAuditIds('abcdefgh');
  const recordAt = (at: number) => toRecord({ action: 'token', outcome: 'ok' }, newId(at), at);
  const old = Array.from({ length: 450 }, (_, i) => recordAt(NOON - 2 * HOUR + i));
  await store.audit.add({ records: [...old, recordAt(NOON - HOUR)], repeats: new Map(), messages: [] });
  const sizes: number[] = [];
  const watched = {
    outbox: store.outbox,
    audit: {
      ...store.audit,
      async removeBefore(at: number, limit: number) {
        const removed = await store.audit.removeBefore(at, limit);
        sizes.push(removed);
        return removed;
      },
    },
  };
  const stops = [1, 2].map(() => startSweeper({ store: watched, keepMs: HOUR, now: () => NOON }));
  onTestFinished(async () => void (await Promise.all(stops.map(stop => stop()))));
  await expect.poll(() => store.audit.find({ limit: 1_000 })).toHaveLength(1);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(450);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
});

it('goes on after a failure, and ends at once when it is stopped', async () => {
  const store = await temporaryStore();
  const failures: unknown[] = [];
  let fails = true;
  const broken = {
    outbox: store.outbox,
    audit: {
      ...store.audit,
      removeBefore: (at: number, limit: number) =>
        fails ? Promise.reject(new Error('no disk')) : store.audit.removeBefore(at, limit),
    },
  };
  const newId = createAuditIds('abcdefgh');
  await store.audit.add({
    records: [toRecord({ action: 'token', outcome: 'ok' }, newId(NOON), NOON)],
    repeats: new Map(),
    messages: [],
  });
  const stop = startSweeper({
    store: broken,
    keepMs: HOUR,
    now: () => NOON + 2 * HOUR,
    everyMs: 20,
    onFailure: error => failures.push(error),
  });
  await expect.poll(() => failures.length).toBeGreaterThan(1);
  fails = false;
  await expect.poll(() => store.audit.find({ limit: 9 })).toEqual([]);
  await stop();
});
