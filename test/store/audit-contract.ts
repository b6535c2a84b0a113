import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type AuditEntry, createAuditIds, toRecord } from '../../src/core/audit.ts';
import { addressEvent, type Notice } from '../../src/core/webhook.ts';
import type { AuditQuery } from '../../src/store/audit.ts';
import { type MeetingStore, openStore, type StoreOptions } from '../../src/store/store.ts';
import { aMeeting, NOW } from '../core/fixtures.ts';

const newId = createAuditIds('abcdefgh');
const RECEIVERS = [{ id: 'aaa', host: 'a.example' }];

const aRecord = (entry: Partial<AuditEntry> = {}, at = NOW) =>
  toRecord({ action: 'token', outcome: 'ok', ...entry }, newId(at), at);
const aMessage = (sessionId: string, at = NOW) =>
  addressEvent({ type: 'meeting.created', sessionId }, newId(at), RECEIVERS, at);
const DAY = 24 * 3_600_000;
const nothing = { records: [], repeats: new Map<string, number>(), messages: [] };

/** What holds for the audit trail and the outbox of every store, whatever its database. */
export function describeAudit(newStore: () => Promise<StoreOptions>): void {
  let store: MeetingStore;
  beforeEach(async () => {
    store = await openStore(await newStore());
  });
  afterEach(() => store.close());

  const add = (...records: ReturnType<typeof aRecord>[]) => store.audit.add({ ...nothing, records });
  const idsOf = async (query: Partial<AuditQuery>) =>
    (await store.audit.find({ limit: 100, ...query })).map(({ id }) => id);

  describe('an audit trail', () => {
    it('gives back records as they were, whatever is in them', async () => {
      const full = aRecord({
        outcome: 'NOT_ALLOWED',
        sessionId: "'; drop table audit; --",
        uid: 'alice',
        name: '\u{10ffff} ’"\\ $1 %s \u001b[2J',
        proof: 'invite',
        role: 'host',
        address: '::1',
        requestId: 'req-1',
        detail: 'NUL \0, half a pair \ud800, ünïcode 🙂',
      });
      const empty = aRecord();
      await add(full, empty);
      expect(await store.audit.find({ limit: 9 })).toEqual([empty, full]);
      expect(full.detail).toBe('NUL \ufffd, half a pair \ufffd, ünïcode 🙂');
    });

    it('counts repeats, and stores events with the record they are of', async () => {
      const record = aRecord({ outcome: 'NOT_ALLOWED' });
      await store.audit.add({ ...nothing, records: [record], messages: aMessage('room-42') });
      await store.audit.add({ ...nothing, repeats: new Map([[record.id, 3]]) });
      expect(await store.audit.find({ limit: 9 })).toEqual([{ ...record, count: 4 }]);
      expect(await store.outbox.due(['aaa'], NOW, 9)).toHaveLength(1);
    });

    it('stores all of a batch or nothing', async () => {
      const record = aRecord();
      const messages = aMessage('room-42');
      const batch = { ...nothing, records: [record], messages: [...messages, ...messages] };
      await expect(store.audit.add(batch)).rejects.toThrow();
      expect(await store.audit.find({ limit: 9 })).toEqual([]);
      await add(record);
    });

    it('finds by meeting, person, outcome, code and time, the newest first', async () => {
      const one = aRecord({ sessionId: 'room-1', uid: 'alice' }, NOW);
      const two = aRecord({ sessionId: 'room-1', uid: 'bob', outcome: 'NOT_ALLOWED' }, NOW + 1);
      const three = aRecord({ sessionId: 'room-2', uid: 'alice', outcome: 'MEETING_ENDED' }, NOW + 2);
      await add(one, two, three);
      expect(await idsOf({})).toEqual([three.id, two.id, one.id]);
      expect(await idsOf({ limit: 2 })).toEqual([three.id, two.id]);
      expect(await idsOf({ olderThan: two.id })).toEqual([one.id]);
      expect(await idsOf({ newerThan: two.id })).toEqual([three.id]);
      expect(await idsOf({ sessionId: 'room-1' })).toEqual([two.id, one.id]);
      expect(await idsOf({ uid: 'alice' })).toEqual([three.id, one.id]);
      expect(await idsOf({ uid: 'alice', sessionId: 'room-1' })).toEqual([one.id]);
      expect(await idsOf({ outcome: 'ok' })).toEqual([one.id]);
      expect(await idsOf({ outcome: 'denied' })).toEqual([three.id, two.id]);
      expect(await idsOf({ outcome: 'NOT_ALLOWED' })).toEqual([two.id]);
      expect(await idsOf({ since: NOW + 1 })).toEqual([three.id, two.id]);
      expect(await idsOf({ until: NOW + 1 })).toEqual([one.id]);
    });

    it('removes the oldest first, a few at a time, and nothing from then on', async () => {
      const records = Array.from({ length: 5 }, (_, i) => aRecord({}, NOW + i));
      await add(...records);
      expect(await store.audit.removeBefore(NOW + 4, 3)).toBe(3);
      expect(await store.audit.removeBefore(NOW + 4, 3)).toBe(1);
      expect(await store.audit.removeBefore(NOW + 4, 3)).toBe(0);
      expect(await idsOf({})).toEqual([records[4]?.id]);
    });

    it('finds what lies far apart, in each part of the trail once, and up to a limit', async () => {
      const all = Array.from({ length: 25_000 }, (_, index) =>
        aRecord(
          { sessionId: index % 6_000 === 0 ? 'rare' : 'often', uid: index === 0 ? 'first' : 'anna' },
          NOW + index,
        ),
      );
      for (let from = 0; from < all.length; from += 1_000) await add(...all.slice(from, from + 1_000));
      const rare = all
        .filter(({ sessionId }) => sessionId === 'rare')
        .map(({ id }) => id)
        .reverse();
      expect(rare).toHaveLength(5);
      expect(await idsOf({ sessionId: 'rare' })).toEqual(rare);
      expect(await idsOf({ sessionId: 'rare', limit: 2 })).toEqual(rare.slice(0, 2));
      expect(await idsOf({ sessionId: 'rare', olderThan: rare[1] ?? '' })).toEqual(rare.slice(2));
      expect(await idsOf({ sessionId: 'rare', newerThan: rare[3] ?? '' })).toEqual(rare.slice(0, 3));
      expect(await idsOf({ uid: 'first' })).toEqual(rare.slice(4));
      expect(await idsOf({ uid: 'nobody' })).toEqual([]);
      expect(await idsOf({ uid: 'anna', limit: 24_999, sessionId: 'often' })).toHaveLength(24_995);
    });

    it('takes a thousand records in one statement, and many statements at once', async () => {
      const many = () => Array.from({ length: 1_000 }, () => aRecord());
      await Promise.all([add(...many()), add(...many()), add(...many())]);
      expect(await idsOf({ limit: 5_000 })).toHaveLength(3_000);
    });
  });

  describe('a change and the notice of it', () => {
    const aNotice = (sessionId = 'room-42', at = NOW): Notice => ({
      id: newId(at),
      event: { type: 'meeting.created', sessionId, data: { title: 'Rück\0blick' } },
      at,
    });
    const create = (notice: Notice | null) =>
      store.create(
        () => ({ meeting: aMeeting(), created: true }),
        'room-42',
        () => notice,
      );
    const told = async (now = NOW) => {
      await store.outbox.address(RECEIVERS, now);
      return store.outbox.due(['aaa'], now, 999);
    };

    it('are stored together, for whoever delivers it', async () => {
      await create(aNotice());
      expect(await store.outbox.due(['aaa'], NOW, 9)).toEqual([]);
      const [message] = await told();
      expect(message).toMatchObject({ type: 'meeting.created', sessionId: 'room-42', createdAt: NOW });
      expect(JSON.parse(message?.body ?? '').data).toEqual({
        sessionId: 'room-42',
        title: 'Rück\ufffdblick',
      });
      expect(await told()).toHaveLength(1);
    });

    it('tells of an update what was before and what is now', async () => {
      await create(null);
      const seen: string[] = [];
      await store.update(
        'room-42',
        meeting => ({ ...meeting, title: 'after' }),
        (after, before) => {
          seen.push(before.title, after.title);
          return aNotice();
        },
      );
      expect(seen).toEqual([aMeeting().title, 'after']);
      expect(await told()).toHaveLength(1);
    });

    it('are taken back together, whichever of them fails', async () => {
      const notice = aNotice();
      await store.create(
        () => ({ meeting: aMeeting({ sessionId: 'other' }), created: true }),
        'other',
        () => notice,
      );
      // The same id again: the meeting is written by then.
      await expect(create(notice)).rejects.toThrow();
      expect(await store.find('room-42')).toBeNull();
      const fail = () => {
        throw new Error('no words for it');
      };
      await expect(
        store.create(() => ({ meeting: aMeeting(), created: true }), 'room-42', fail),
      ).rejects.toThrow('no words');
      expect(await store.find('room-42')).toBeNull();
      await expect(store.update('other', meeting => ({ ...meeting, title: 'x' }), fail)).rejects.toThrow();
      expect(await store.find('other')).toMatchObject({ title: aMeeting().title });
      expect(await told()).toHaveLength(1);
      await create(aNotice());
      expect(await told()).toHaveLength(2);
    });

    it('go to each receiver once, however many servers take them up', async () => {
      for (let i = 0; i < 130; i++) await create(aNotice());
      const receivers = [...RECEIVERS, { id: 'bbb', host: 'b.example' }];
      const all = async () => {
        while (await store.outbox.address(receivers, NOW));
      };
      await Promise.all([all(), all(), all()]);
      expect(await store.outbox.due(['aaa'], NOW, 999)).toHaveLength(130);
      expect(await store.outbox.due(['bbb'], NOW, 999)).toHaveLength(130);
    });

    it('do not gather where nobody is told: a day later they are gone', async () => {
      await create(aNotice('old'));
      await create(aNotice('new', NOW + DAY));
      await create(aNotice('newer', NOW + DAY + 1));
      expect((await told(NOW + DAY + 1)).map(({ sessionId }) => sessionId)).toEqual(['new', 'newer']);
      await create(aNotice('late', NOW + 2 * DAY));
      expect(await told(NOW + 4 * DAY)).toHaveLength(2);
    });
  });

  describe('an outbox', () => {
    it('gives each message to one of many that claim it at once', async () => {
      await store.outbox.add(aMessage('room-42'));
      const [message] = await store.outbox.due(['aaa'], NOW, 9);
      if (!message) throw new Error('nothing is due');
      const claims = await Promise.all(
        Array.from({ length: 8 }, () => store.outbox.claim(message, NOW + 30_000)),
      );
      expect(claims.filter(Boolean)).toHaveLength(1);
      expect(await store.outbox.due(['aaa'], NOW + 29_999, 9)).toEqual([]);
      expect(await store.outbox.due(['aaa'], NOW + 30_000, 9)).toMatchObject([{ attempts: 1 }]);
    });

    it('keeps what nobody here delivers, and gives what is due the longest first', async () => {
      await store.outbox.add([...aMessage('late', NOW + 1), ...aMessage('early', NOW)]);
      expect(await store.outbox.due(['bbb'], NOW + 9, 9)).toEqual([]);
      const due = await store.outbox.due(['aaa'], NOW + 9, 9);
      expect(due.map(({ sessionId }) => sessionId)).toEqual(['early', 'late']);
      await store.outbox.delivered(due[0]?.id ?? '');
      expect(await store.outbox.due(['aaa'], NOW + 9, 9)).toHaveLength(1);
    });

    it('keeps what failed with its reason, and takes it up again when told to', async () => {
      await store.outbox.add([...aMessage('waits'), ...aMessage('given-up'), ...aMessage('new')]);
      const [waits, givenUp] = await store.outbox.due(['aaa'], NOW, 9);
      await store.outbox.failed(waits?.id ?? '', NOW + 5, 'answered 500');
      await store.outbox.failed(givenUp?.id ?? '', null, 'answered 410');
      expect(await store.outbox.troubled(9)).toMatchObject([
        { sessionId: 'given-up', dueAt: null, reason: 'answered 410' },
        { sessionId: 'waits', dueAt: NOW + 5, reason: 'answered 500' },
      ]);
      expect(await store.outbox.retry(NOW + 7)).toBe(1);
      expect(await store.outbox.due(['aaa'], NOW + 7, 9)).toHaveLength(3);
      const retried = (await store.outbox.troubled(9)).find(({ sessionId }) => sessionId === 'given-up');
      expect(retried).toEqual({ ...givenUp, dueAt: NOW + 7, retriedAt: NOW + 7, reason: 'answered 410' });
    });

    it('keeps what was taken up again as long as what is new', async () => {
      await store.outbox.add(aMessage('given-up'));
      const [message] = await store.outbox.due(['aaa'], NOW, 9);
      await store.outbox.failed(message?.id ?? '', null, 'answered 410');
      await store.outbox.retry(NOW + DAY);
      expect(await store.outbox.removeBefore(NOW + DAY, NOW + DAY, 9)).toBe(0);
      expect(await store.outbox.removeBefore(NOW + DAY + 1, NOW + DAY + 1, 9)).toBe(1);
    });

    it('forgets what is too old', async () => {
      await store.outbox.add([
        ...aMessage('given-up', NOW),
        ...aMessage('waits', NOW),
        ...aMessage('new', NOW + 1),
      ]);
      const [first] = await store.outbox.due(['aaa'], NOW, 9);
      await store.outbox.failed(first?.id ?? '', null, 'answered 410');
      // What is still tried outlives a short retention.
      expect(await store.outbox.removeBefore(NOW + 1, NOW, 9)).toBe(1);
      expect(await store.outbox.due(['aaa'], NOW + 9, 9)).toHaveLength(2);
      expect(await store.outbox.troubled(9)).toEqual([]);
      expect(await store.outbox.removeBefore(NOW + 1, NOW + DAY, 9)).toBe(1);
      expect(await store.outbox.due(['aaa'], NOW + 9, 9)).toMatchObject([{ sessionId: 'new' }]);
    });
  });
}
