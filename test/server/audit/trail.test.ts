import { describe, expect, it } from 'vitest';
import { createAuditTrail } from '../../../src/server/audit.ts';
import type { AuditStore } from '../../../src/store/audit.ts';
import { NOON, temporaryStore } from '../harness.ts';

const everything = { limit: 10_000 };

/** A real store that tells how it was asked, and fails when told to. */
async function watchedStore() {
  const { audit } = await temporaryStore();
  const watched = { statements: [] as number[], fails: false };
  const store: AuditStore = {
    ...audit,
    add: batch => {
      watched.statements.push(batch.records.length);
      return watched.fails ? Promise.reject(new Error('no disk')) : audit.add(batch);
    },
  };
  return { audit, store, watched };
}

const denied = (change = {}) => ({
  action: 'token' as const,
  outcome: 'NO_IDENTITY',
  address: '10.0.0.1',
  ...change,
});

describe('the audit trail', () => {
  it('has a record stored when it says so', async () => {
    const { audit, store } = await watchedStore();
    const trail = createAuditTrail({ store, now: () => NOON });
    await trail.record({ action: 'token', outcome: 'ok', sessionId: 'room-42', uid: 'alice', detail: 'why' });
    expect(await audit.find(everything)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-z]{21}$/),
        at: NOON,
        action: 'token',
        outcome: 'ok',
        sessionId: 'room-42',
        uid: 'alice',
        name: null,
        proof: null,
        role: null,
        address: null,
        requestId: null,
        detail: 'why',
        count: 1,
      },
    ]);
  });

  it('stores what comes at once in one statement, and what comes meanwhile in the next', async () => {
    const { audit, store, watched } = await watchedStore();
    const trail = createAuditTrail({ store, now: () => NOON });
    const ask = (uid: string) => trail.record({ action: 'token', outcome: 'ok', uid });
    const first = Array.from({ length: 50 }, (_, i) => ask(`first-${i}`));
    await first[0];
    await Promise.all([...first, ...Array.from({ length: 30 }, (_, i) => ask(`second-${i}`))]);
    expect(watched.statements).toEqual([50, 30]);
    expect(await audit.find(everything)).toHaveLength(80);
  });

  it('cuts what is too much for one statement', async () => {
    const { audit, store, watched } = await watchedStore();
    const trail = createAuditTrail({ store, now: () => NOON });
    await Promise.all(Array.from({ length: 2_500 }, () => trail.record({ action: 'token', outcome: 'ok' })));
    expect(watched.statements).toEqual([1_000, 1_000, 500]);
    expect(new Set((await audit.find(everything)).map(({ id }) => id)).size).toBe(2_500);
  });

  it('fails for all whose record could not be stored, and goes on', async () => {
    const { audit, store, watched } = await watchedStore();
    const trail = createAuditTrail({ store, now: () => NOON });
    watched.fails = true;
    const lost = await Promise.allSettled([trail.record(denied()), trail.record(denied())]);
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    watched.fails = false;
    await trail.record(denied());
    expect(await audit.find(everything)).toMatchObject([{ outcome: 'NO_IDENTITY', count: 1 }]);
  });

  it('has stored everything when it is flushed', async () => {
    const { audit, store } = await watchedStore();
    const trail = createAuditTrail({ store, now: () => NOON });
    for (let i = 0; i < 1_500; i += 1) void trail.record({ action: 'token', outcome: 'ok' });
    await trail.flush();
    expect(await audit.find(everything)).toHaveLength(1_500);
  });

  it('counts refusals alike of one address in one record, for a minute', async () => {
    const { audit, store } = await watchedStore();
    const clock = { now: NOON };
    const trail = createAuditTrail({ store, now: () => clock.now });
    // Of one statement, of a later one, and of a later minute.
    await Promise.all([trail.record(denied()), trail.record(denied())]);
    clock.now += 59_999;
    await trail.record(denied());
    expect(await audit.find(everything)).toMatchObject([{ at: NOON, count: 3 }]);
    clock.now += 1;
    await trail.record(denied());
    expect(await audit.find(everything)).toMatchObject([{ count: 1 }, { count: 3 }]);
  });

  it.each([
    ['address', { address: '10.0.0.2' }],
    ['code', { outcome: 'NOT_ADMIN' }],
    ['action', { action: 'view' as const }],
    ['meeting', { sessionId: 'room-42' }],
    ['person', { uid: 'alice' }],
  ])('keeps refusals apart by their %s', async (_, change) => {
    const { audit, store } = await watchedStore();
    const trail = createAuditTrail({ store, now: () => NOON });
    await trail.record(denied());
    await trail.record(denied(change));
    expect(await audit.find(everything)).toHaveLength(2);
  });

  it('never counts grants together', async () => {
    const { audit, store } = await watchedStore();
    const trail = createAuditTrail({ store, now: () => NOON });
    await Promise.all([1, 2, 3].map(() => trail.record({ ...denied(), outcome: 'ok' })));
    expect(await audit.find(everything)).toHaveLength(3);
  });

  it('takes a flood with ever other names from one address for what it is, and loses no count', async () => {
    const { audit, store } = await watchedStore();
    const trail = createAuditTrail({ store, now: () => NOON });
    const probe = (sessionId: string) => trail.record(denied({ outcome: 'MEETING_NOT_FOUND', sessionId }));
    await Promise.all(Array.from({ length: 1_000 }, (_, i) => probe(`guess-${i}`)));
    const records = await audit.find(everything);
    expect(records).toHaveLength(101);
    expect(records.reduce((sum, { count }) => sum + count, 0)).toBe(1_000);
  });

  it('keeps every person apart whom a meeting refuses', async () => {
    const { audit, store } = await watchedStore();
    const trail = createAuditTrail({ store, now: () => NOON });
    const refuse = (uid: string) =>
      trail.record(denied({ outcome: 'NOT_ALLOWED', sessionId: 'room-42', uid }));
    await Promise.all(Array.from({ length: 300 }, (_, i) => refuse(`guest-${i}`)));
    expect(await audit.find(everything)).toHaveLength(300);
  });
});
