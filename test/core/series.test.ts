import { describe, expect, it } from 'vitest';
import { nextBuckets } from '../../src/core/series.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (ms: number) => new Date(ms).toISOString().replace(':00.000Z', 'Z');

describe('the next buckets', () => {
  it.each([
    ['hour', 'UTC', '2026-11-20T15:20Z', '2026-11-20T15:30Z', 23, '2026-11-20T16:00Z', '2026-11-20T16:30Z'],
    [
      'day',
      'Europe/Berlin',
      '2026-10-24T10:00Z',
      '2026-10-24T12:00Z',
      27,
      '2026-10-24T22:00Z',
      '2026-10-25T13:00Z',
    ],
    [
      'day',
      'Europe/Berlin',
      '2026-03-28T10:00Z',
      '2026-03-28T13:00Z',
      27,
      '2026-03-28T23:00Z',
      '2026-03-29T12:00Z',
    ],
    [
      'week',
      'America/New_York',
      '2026-10-30T12:00Z',
      '2026-10-30T13:00Z',
      11,
      '2026-11-02T05:00Z',
      '2026-11-06T14:00Z',
    ],
    ['month', 'UTC', '2026-01-31T08:00Z', '2026-01-31T09:00Z', 11, '2026-02-01T00:00Z', '2026-02-28T09:00Z'],
  ] as const)(
    'of one %s in %s at %s keep the wall clock of %s',
    async (size, zone, now, start, count, begin, next) => {
      const buckets = await nextBuckets(at(now), size, zone, at(start));
      expect(buckets).toHaveLength(count);
      expect([iso(buckets[0]?.begin ?? 0), iso(buckets[0]?.startsAt ?? 0)]).toEqual([begin, next]);
    },
  );

  it('begin where they begin when there is no start', async () => {
    for (const { begin, startsAt } of await nextBuckets(at('2026-11-20T15:00Z'), 'day', 'Asia/Tokyo', null)) {
      expect(startsAt).toBe(begin);
    }
  });
});
