import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MeetError } from '../../src/core/errors.ts';
import type { Meeting } from '../../src/core/meeting.ts';
import { type MeetingStore, openStore, type StoreOptions } from '../../src/store/store.ts';
import { aMeeting, codeOf, NOW } from '../core/fixtures.ts';

/** What holds for every store, whatever its database. `newStore` tells where a new and empty one is. */
export function describeStore(newStore: () => Promise<StoreOptions>): void {
  describe('a store', () => {
    let options: StoreOptions;
    let store: MeetingStore;

    beforeEach(async () => {
      options = await newStore();
      store = await openStore(options);
    });

    afterEach(() => store.close());

    const add = (meeting = aMeeting()) => store.create(() => ({ meeting, created: true }), meeting.sessionId);

    it.each([
      ['with what may be missing', aMeeting({ key: null, startsAt: null, endedAt: null, allow: [] })],
      [
        'with all it can have',
        aMeeting({ access: 'allow', allow: ['a', 'b'], startsAt: NOW, endedAt: NOW, title: 'Zürich 🙂' }),
      ],
      [
        'of another kind',
        aMeeting({ hours: 'Mon-Fri 14:00-16:00', zone: 'Asia/Tokyo', broadcast: true, revision: 7 }),
      ],
      [
        'whose link was changed and from which people were put out',
        aMeeting({
          ...{ oldKey: '', oldKeyUntil: NOW, linkBefore: NOW },
          removals: [{ uid: 'alice', before: NOW, forever: true, invitesBefore: NOW }],
        }),
      ],
      ['until far ahead', aMeeting({ expiresAt: Date.parse('2036-11-20T15:00:00.123Z') })],
    ])('gives back a meeting %s', async (_, meeting) => {
      await add(meeting);
      expect(await store.find(meeting.sessionId)).toEqual(meeting);
    });

    it('finds nothing under an unknown id', async () => {
      expect(await store.find('room-43')).toBeNull();
      expect(await store.list()).toEqual([]);
    });

    it('finds several at once, those that are there', async () => {
      for (const sessionId of ['a', 'b', 'c']) await add(aMeeting({ sessionId }));
      const found = await store.findAll(['c', 'unknown', 'a']);
      expect(found.map(meeting => meeting.sessionId).toSorted()).toEqual(['a', 'c']);
    });

    it('lists the newest first, and by id where that leaves a choice', async () => {
      for (const [sessionId, createdAt] of [
        ['b', 1],
        ['old', 0],
        ['a', 1],
        ['new', 2],
      ] as const)
        await add(aMeeting({ sessionId, createdAt }));
      expect((await store.list()).map(meeting => meeting.sessionId)).toEqual(['new', 'a', 'b', 'old']);
    });

    it('counts by state, ended before expired before scheduled', async () => {
      expect(await store.count(NOW)).toEqual({ scheduled: 0, open: 0, expired: 0, ended: 0 });
      const meetings: Partial<Meeting>[] = [
        { endedAt: NOW - 1, expiresAt: NOW - 1 },
        { expiresAt: NOW },
        { expiresAt: NOW - 1, startsAt: NOW + 1 },
        { expiresAt: NOW + 1, startsAt: NOW + 1 },
        { expiresAt: NOW + 1, startsAt: NOW },
        { expiresAt: NOW + 1, startsAt: null },
        { expiresAt: NOW + 2, startsAt: null },
      ];
      for (const [index, change] of meetings.entries())
        await add(aMeeting({ endedAt: null, ...change, sessionId: `room-${index}` }));
      expect(await store.count(NOW)).toEqual({ scheduled: 1, open: 3, expired: 2, ended: 1 });
    });

    it('shows the plan what is there, and stores what the plan makes of it', async () => {
      await add();
      const { meeting, created } = await store.create(existing => {
        expect(existing).toEqual(aMeeting());
        return { meeting: aMeeting({ title: 'Retro' }), created: false };
      }, 'room-42');
      expect(created).toBe(false);
      expect(await store.find('room-42')).toEqual(meeting);
      expect(await store.list()).toHaveLength(1);
    });

    it('stores nothing when the plan refuses', async () => {
      const refuse = () => {
        throw new MeetError('ID_TAKEN', 'taken');
      };
      expect(await codeOf(() => store.create(refuse, 'room-42'))).toBe('ID_TAKEN');
      expect(await store.list()).toEqual([]);
      await add();
      expect(await store.list()).toHaveLength(1);
    });

    it('updates a meeting', async () => {
      await add();
      const after = await store.update('room-42', meeting => ({ ...meeting, endedAt: NOW }));
      expect(after.endedAt).toBe(NOW);
      expect(await store.find('room-42')).toEqual(after);
    });

    it('leaves a meeting alone when its change is refused', async () => {
      await add();
      const refuse = () => {
        throw new MeetError('MEETING_ENDED', 'ended');
      };
      expect(await codeOf(() => store.update('room-42', refuse))).toBe('MEETING_ENDED');
      expect(await store.find('room-42')).toEqual(aMeeting());
    });

    it('refuses to update a meeting that is not there', async () => {
      expect(await codeOf(() => store.update('room-43', meeting => meeting))).toBe('MEETING_NOT_FOUND');
    });

    it('runs changes at once one after the other', async () => {
      await add();
      const count = () =>
        store.update('room-42', meeting => ({ ...meeting, accessVersion: meeting.accessVersion + 1 }));
      await Promise.all(Array.from({ length: 20 }, count));
      expect((await store.find('room-42'))?.accessVersion).toBe(aMeeting().accessVersion + 20);
    });

    it('is shared by all who open it', async () => {
      const other = await openStore(options);
      await add();
      expect(await other.find('room-42')).toEqual(aMeeting());
      await other.close();
    });

    it('keeps its meetings when it is opened again', async () => {
      await add();
      await store.close();
      store = await openStore(options);
      expect(await store.list()).toEqual([aMeeting()]);
    });

    it('may be closed unused, and twice', async () => {
      const unused = await openStore(options);
      await unused.close();
      await expect(unused.close()).resolves.toBeUndefined();
    });

    it('lets one of many creators be the one', async () => {
      const creations = await Promise.all(
        Array.from({ length: 40 }, (_, i) =>
          store.create(
            existing => ({ meeting: existing ?? aMeeting({ key: `key-${i}` }), created: existing === null }),
            'room-42',
          ),
        ),
      );
      expect(creations.filter(creation => creation.created)).toHaveLength(1);
      expect(new Set(creations.map(creation => creation.meeting.key)).size).toBe(1);
    });

    it('takes any characters for what they are', async () => {
      expect(await store.find("'; drop table meetings; --")).toBeNull();
      await add(aMeeting({ title: '\u{10ffff} ’"\\ $1 %s' }));
      expect((await store.find('room-42'))?.title).toBe('\u{10ffff} ’"\\ $1 %s');
    });

    describe('of one-time codes', () => {
      it('gives each to one of many who come at once', async () => {
        await store.codes.put('admin', 'secret', NOW + 1);
        const takes = Array.from({ length: 8 }, () => store.codes.take('admin', 'secret', NOW));
        expect((await Promise.all(takes)).filter(Boolean)).toHaveLength(1);
      });

      it('keeps one alive: the newest, until its time, whatever else is tried', async () => {
        await store.codes.put('admin', 'old', NOW + 9);
        await store.codes.put('admin', 'new', NOW + 9);
        for (const [name, code, at] of [
          ['admin', 'old', NOW],
          ['admin', 'wrong', NOW],
          ['other', 'new', NOW],
          ['admin', 'new', NOW + 9],
        ] as const)
          expect(await store.codes.take(name, code, at)).toBe(false);
        expect(await store.codes.take('admin', 'new', NOW + 8)).toBe(true);
      });
    });

    it('knows the servers that live on it', async () => {
      const here = { id: 'here', secretMark: 'a', adminMark: 'b', until: NOW + 9 };
      const there = { ...here, id: 'there', secretMark: 'c', until: NOW + 5 };
      expect(await store.servers.announce(here, NOW)).toEqual([]);
      expect(await store.servers.announce(there, NOW)).toEqual([here]);
      expect(await store.servers.announce(here, NOW + 4)).toEqual([there]);
      expect(await store.servers.announce(here, NOW + 5)).toEqual([]);
      await store.servers.withdraw('here');
      expect(await store.servers.announce({ ...there, until: NOW + 9 }, NOW + 5)).toEqual([]);
    });
  });
}
