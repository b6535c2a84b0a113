import { beforeEach, expect, it } from 'vitest';
import { type Book, createBook, MOST_FAULTS } from '../../../src/emulator/faults/book.ts';
import { createFakeClock, type FakeClock } from './fake-clock.ts';
import { networkSpec, outageSpec } from './specs.ts';

const NOON = Date.UTC(2026, 10, 20, 12);

let clock: FakeClock;
let book: Book;
let changes: number;

beforeEach(() => {
  clock = createFakeClock();
  book = createBook({ clock, now: () => NOON + clock.now() });
  changes = 0;
  book.watch(() => {
    changes += 1;
  });
});

it('tells what is on, since when and until when', () => {
  clock.advance(5);
  expect(book.add(outageSpec({ uid: 'alice', forMs: 7000 }))).toEqual({
    id: 'f1',
    kind: 'outage',
    direction: 'both',
    sessionId: null,
    uid: 'alice',
    createdAt: NOON + 5,
    until: NOON + 7005,
  });
  expect(book.add(networkSpec({ loss: 20 }))).toMatchObject({ id: 'f2', until: null });
  expect(book.list().map(({ id }) => id)).toEqual(['f1', 'f2']);
});

it('ends a fault when its time has come, and tells so', () => {
  book.add(outageSpec({ forMs: 2000 }));
  clock.advance(1999);
  expect(book.list()).toHaveLength(1);
  clock.advance(1);
  expect(book.list()).toEqual([]);
  expect({ changes, timers: clock.timers }).toEqual({ changes: 2, timers: 0 });
});

it('takes one back, with its timer, and once only', () => {
  const { id } = book.add(outageSpec({ forMs: 2000 }));
  expect([book.remove(id), book.remove(id), book.remove('f99')]).toEqual([true, false, false]);
  expect({ changes, timers: clock.timers }).toEqual({ changes: 2, timers: 0 });
});

it('takes all back, and never uses a name twice', () => {
  book.add(outageSpec({ forMs: 2000 }));
  book.add(networkSpec());
  expect(book.clear()).toBe(2);
  expect(clock.timers).toBe(0);
  expect(book.add(networkSpec()).id).toBe('f3');
});

it.each([
  [{}, { sessionId: 'daily', uid: 'alice' }, true],
  [{}, {}, true],
  [{ sessionId: 'daily' }, { sessionId: 'daily', uid: 'bob' }, true],
  // The SDK's room names are lower-case, whatever the token says.
  [{ sessionId: 'Daily' }, { sessionId: 'dAILY', uid: 'bob' }, true],
  [{ sessionId: 'daily' }, { sessionId: 'weekly', uid: 'bob' }, false],
  [{ sessionId: 'daily' }, {}, false],
  [{ uid: 'alice' }, { sessionId: 'daily', uid: 'alice' }, true],
  [{ uid: 'alice' }, { sessionId: 'daily', uid: 'bob' }, false],
  [{ uid: 'alice' }, { sessionId: 'daily' }, false],
])('finds a fault for %j by %j: %j', (scope, person, isFound) => {
  book.add(networkSpec(scope));
  expect(book.find('network', person)).toHaveLength(isFound ? 1 : 0);
  expect(book.find('outage', person)).toEqual([]);
});

it('refuses more than its limit, until some are gone', () => {
  for (let count = 0; count < MOST_FAULTS; count++) book.add(networkSpec());
  expect(() => book.add(networkSpec())).toThrow(/1000 faults already/);
  book.remove('f1');
  expect(book.add(networkSpec()).id).toBe('f1001');
});
