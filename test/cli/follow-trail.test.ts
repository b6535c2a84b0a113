import { describe, expect, it } from 'vitest';
import { createFollower, isPassing, pauseAfter } from '../../src/cli/follow-trail.ts';
import { type AuditRecord, createAuditIds, toRecord } from '../../src/core/audit.ts';
import { MeetError } from '../../src/core/errors.ts';
import type { AuditQuery } from '../../src/store/audit.ts';
import { temporaryStore } from '../server/harness.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const newId = createAuditIds('abcdefgh');
const rowAt = (at: number) => toRecord({ action: 'token', outcome: 'ok', uid: `u${at}` }, newId(at), at);

async function start() {
  const { audit } = await temporaryStore();
  const clock = { now: NOW };
  let asked = 0;
  let failing = (_: number) => false;
  const find = async (query: AuditQuery) => {
    asked += 1;
    if (failing(asked)) throw new MeetError('STORE_FAILED', 'gone');
    return audit.find(query);
  };
  return {
    clock,
    follower: createFollower(find, {}, () => clock.now),
    add: (...records: AuditRecord[]) => audit.add({ records, repeats: new Map(), messages: [] }),
    /** Of the questions from now on. */
    failAt(number: number) {
      const before = asked;
      failing = count => count - before === number;
    },
  };
}

const idsOf = (records: readonly AuditRecord[]) => records.map(({ id }) => id);

describe('an audit trail that is followed', () => {
  it('gives what is new once, the oldest first, and nothing of before', async () => {
    const { follower, add } = await start();
    await add(rowAt(NOW - 5_000), rowAt(NOW));
    await follower.begin();
    expect(await follower.next()).toEqual([]);
    const rows = [rowAt(NOW + 1), rowAt(NOW + 2)];
    await add(...rows);
    expect(await follower.next()).toEqual(rows);
    expect(await follower.next()).toEqual([]);
  });

  it('begins with the first row of an empty one', async () => {
    const { follower, add } = await start();
    await follower.begin();
    const row = rowAt(NOW - 86_400_000);
    await add(row);
    expect(await follower.next()).toEqual([row]);
  });

  it('gives rows that come late, as after a restart of the database, once', async () => {
    const { follower, add } = await start();
    await add(rowAt(NOW));
    await follower.begin();
    const late = rowAt(NOW - 29_000);
    await add(late);
    expect(await follower.next()).toEqual([late]);
    expect(await follower.next()).toEqual([]);
  });

  it('gives all of more than one answer holds, also when the second is not to be had', async () => {
    const { follower, add, failAt } = await start();
    await follower.begin();
    const rows = Array.from({ length: 2_500 }, (_, i) => rowAt(NOW + Math.floor(i / 10)));
    for (const from of [0, 1_000, 2_000]) await add(...rows.slice(from, from + 1_000));
    failAt(2);
    await expect(follower.next()).rejects.toThrow('gone');
    expect(idsOf(await follower.next())).toEqual(idsOf(rows));
    expect(await follower.next()).toEqual([]);
  });

  it('goes by the clock of the rows, and by ours where one is of the future', async () => {
    const { follower, add, clock } = await start();
    clock.now = NOW + 3_600_000;
    await follower.begin();
    const slow = rowAt(NOW);
    await add(slow);
    expect(await follower.next()).toEqual([slow]);
    const future = rowAt(clock.now + 86_400_000);
    await add(future);
    expect(await follower.next()).toEqual([future]);
    const usual = rowAt(clock.now);
    await add(usual);
    expect(await follower.next()).toEqual([usual]);
  });
});

describe('a question that fails', () => {
  it.each([
    ['NO_SERVER', true],
    ['STORE_FAILED', true],
    ['RATE_LIMITED', true],
    ['NOT_ADMIN', false],
    ['BAD_REQUEST', false],
  ] as const)('with %s is asked again: %s', (code, passing) => {
    expect(isPassing(new MeetError(code, 'x'))).toBe(passing);
    expect(isPassing(new TypeError('x'))).toBe(false);
  });

  it('is asked again after a second, and ever later, up to 15 seconds', () => {
    expect([0, 1, 2, 3, 4, 5, 99].map(pauseAfter)).toEqual([
      1_000, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000,
    ]);
  });
});
