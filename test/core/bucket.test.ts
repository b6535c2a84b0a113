import { describe, expect, it } from 'vitest';
import { bucketAt, parseBucket } from '../../src/core/bucket.ts';
import { codeOf } from './fixtures.ts';

async function bucket(now: string, size: 'hour' | 'day' | 'week' | 'month', zone: string) {
  const { label, end } = await bucketAt(Date.parse(now), size, zone);
  return `${label} until ${new Date(end).toISOString().replace(/:00\.000Z$/, 'Z')}`;
}

describe('a bucket', () => {
  it.each([
    ['2026-11-20T15:20Z', 'hour', 'UTC', '2026112015 until 2026-11-20T16:00Z'],
    ['2026-11-20T15:20Z', 'day', 'UTC', '20261120 until 2026-11-21T00:00Z'],
    ['2026-11-20T15:20Z', 'week', 'UTC', '2026w47 until 2026-11-23T00:00Z'],
    ['2026-11-20T15:20Z', 'month', 'UTC', '202611 until 2026-12-01T00:00Z'],
    ['2026-11-20T16:00Z', 'hour', 'UTC', '2026112016 until 2026-11-20T17:00Z'],
    ['2026-11-20T10:20Z', 'hour', 'Asia/Kathmandu', '2026112016 until 2026-11-20T11:15Z'],
    ['2026-11-20T15:20Z', 'hour', '-03:30', '2026112011 until 2026-11-20T15:30Z'],
  ] as const)('at %s, one %s in %s is %s', async (now, size, zone, expected) => {
    expect(await bucket(now, size, zone)).toBe(expected);
  });

  it.each([
    ['far east of UTC', '2026-11-20T10:30Z', 'Pacific/Kiritimati', '20261121 until 2026-11-21T10:00Z'],
    ['far west of UTC', '2026-11-20T10:30Z', 'Pacific/Pago_Pago', '20261119 until 2026-11-20T11:00Z'],
    ['23 hours long in spring', '2026-03-29T12:00Z', 'Europe/Berlin', '20260329 until 2026-03-29T22:00Z'],
    ['25 hours long in autumn', '2026-10-25T12:00Z', 'Europe/Berlin', '20261025 until 2026-10-25T23:00Z'],
    [
      '23 hours long in New York',
      '2026-03-08T15:00Z',
      'America/New_York',
      '20260308 until 2026-03-09T04:00Z',
    ],
    ['before a skipped day', '2011-12-30T09:30Z', 'Pacific/Apia', '20111229 until 2011-12-30T10:00Z'],
    ['after a skipped day', '2011-12-30T10:30Z', 'Pacific/Apia', '20111231 until 2011-12-31T10:00Z'],
    ['before a skipped midnight', '2026-03-08T04:30Z', 'America/Havana', '20260307 until 2026-03-08T05:00Z'],
    ['beginning at one', '2026-03-08T05:00Z', 'America/Havana', '20260308 until 2026-03-09T04:00Z'],
    ['before a doubled midnight', '2026-11-01T03:30Z', 'America/Havana', '20261031 until 2026-11-01T04:00Z'],
    [
      'before midnight turns back',
      '2018-02-18T01:30Z',
      'America/Sao_Paulo',
      '20180217 until 2018-02-18T03:00Z',
    ],
    [
      'after midnight turned back',
      '2018-02-18T02:30Z',
      'America/Sao_Paulo',
      '20180217 until 2018-02-18T03:00Z',
    ],
    ['left for a minute', '2010-11-07T02:00Z', 'America/St_Johns', '20101106 until 2010-11-07T02:30Z'],
    ['a minute long', '2010-11-07T02:30:30Z', 'America/St_Johns', '20101107 until 2010-11-07T02:31Z'],
    ['come back to', '2010-11-07T03:00Z', 'America/St_Johns', '20101106 until 2010-11-07T03:30Z'],
  ] as const)('of a day is right: %s', async (_, now, zone, expected) => {
    expect(await bucket(now, 'day', zone)).toBe(expected);
  });

  it.each([
    ['repeated, first time', '2026-10-25T00:30Z', 'Europe/Berlin', '2026102502 until 2026-10-25T02:00Z'],
    ['repeated, second time', '2026-10-25T01:30Z', 'Europe/Berlin', '2026102502 until 2026-10-25T02:00Z'],
    ['before a repeated one', '2026-10-24T23:59Z', 'Europe/Berlin', '2026102501 until 2026-10-25T00:00Z'],
    ['before a skipped one', '2026-03-29T00:30Z', 'Europe/Berlin', '2026032901 until 2026-03-29T01:00Z'],
    ['after a skipped one', '2026-03-29T01:00Z', 'Europe/Berlin', '2026032903 until 2026-03-29T02:00Z'],
    ['repeated in New York', '2026-11-01T05:30Z', 'America/New_York', '2026110101 until 2026-11-01T07:00Z'],
    [
      'half repeated, first time',
      '2026-04-04T14:45Z',
      'Australia/Lord_Howe',
      '2026040501 until 2026-04-04T15:30Z',
    ],
    [
      'half repeated, second time',
      '2026-04-04T15:15Z',
      'Australia/Lord_Howe',
      '2026040501 until 2026-04-04T15:30Z',
    ],
    [
      'before a half skipped one',
      '2026-10-03T15:15Z',
      'Australia/Lord_Howe',
      '2026100401 until 2026-10-03T15:30Z',
    ],
    ['half skipped', '2026-10-03T15:45Z', 'Australia/Lord_Howe', '2026100402 until 2026-10-03T16:00Z'],
    ['repeated after midnight', '2026-11-01T04:30Z', 'America/Havana', '2026110100 until 2026-11-01T06:00Z'],
    [
      'repeated before midnight',
      '2018-02-18T02:30Z',
      'America/Sao_Paulo',
      '2018021723 until 2018-02-18T03:00Z',
    ],
    [
      'before a skipped midnight',
      '2018-11-04T02:30Z',
      'America/Sao_Paulo',
      '2018110323 until 2018-11-04T03:00Z',
    ],
    ['before a skipped day', '2011-12-30T09:30Z', 'Pacific/Apia', '2011122923 until 2011-12-30T10:00Z'],
  ] as const)('of an hour is right: %s', async (_, now, zone, expected) => {
    expect(await bucket(now, 'hour', zone)).toBe(expected);
  });

  it.each([
    ['53 in a year that ends in it', '2026-12-31T12:00Z', 'UTC', '2026w53 until 2027-01-04T00:00Z'],
    ['53 on the first of January', '2027-01-01T12:00Z', 'UTC', '2026w53 until 2027-01-04T00:00Z'],
    ['52 on the first of January', '2023-01-01T12:00Z', 'UTC', '2022w52 until 2023-01-02T00:00Z'],
    ['1 in December', '2024-12-30T12:00Z', 'UTC', '2025w01 until 2025-01-06T00:00Z'],
    ['1 in January', '2026-01-01T12:00Z', 'UTC', '2026w01 until 2026-01-05T00:00Z'],
    ['ending with the clock change', '2026-03-29T12:00Z', 'Europe/Berlin', '2026w13 until 2026-03-29T22:00Z'],
    ['with a skipped day', '2011-12-29T12:00Z', 'Pacific/Apia', '2011w52 until 2012-01-01T10:00Z'],
  ] as const)('of a week is right: %s', async (_, now, zone, expected) => {
    expect(await bucket(now, 'week', zone)).toBe(expected);
  });

  it.each([
    ['hour', '2026123123 until 2027-01-01T00:00Z'],
    ['day', '20261231 until 2027-01-01T00:00Z'],
    ['month', '202612 until 2027-01-01T00:00Z'],
  ] as const)('of a(n) %s ends with the year', async (size, expected) => {
    expect(await bucket('2026-12-31T23:30Z', size, 'UTC')).toBe(expected);
  });

  it('of a month follows the zone, not UTC', async () => {
    expect(await bucket('2026-10-31T23:30Z', 'month', 'Europe/Berlin')).toBe(
      '202611 until 2026-11-30T23:00Z',
    );
    expect(await bucket('2026-03-15T12:00Z', 'month', 'Europe/Berlin')).toBe(
      '202603 until 2026-03-31T22:00Z',
    );
  });

  it('has a title for people, and its zone as IANA spells it', async () => {
    const at = Date.parse('2026-11-20T15:20Z');
    const titles = await Promise.all(
      (['hour', 'day', 'week', 'month'] as const).map(size => bucketAt(at, size, 'europe/berlin')),
    );
    expect(titles.map(b => b.title)).toEqual(['2026-11-20 16:00', '2026-11-20', '2026 week 47', '2026-11']);
    expect(titles.map(b => b.zone)).toEqual(Array(4).fill('Europe/Berlin'));
  });

  it.each(['Mars/Base', 'Berlin', '', ' ', '2026-11-20T15:00Z', '+25:00', '../UTC'])(
    'refuses the zone %j',
    async zone => {
      expect(await codeOf(() => bucketAt(0, 'day', zone))).toBe('BAD_ZONE');
    },
  );

  it('has one of four sizes', async () => {
    expect(parseBucket('week')).toBe('week');
    expect(() => parseBucket('weak')).toThrow(
      'Unknown bucket "weak" (did you mean week?); choose hour, day, week, month.',
    );
    expect(await codeOf(() => parseBucket('fortnight'))).toBe('BAD_REQUEST');
  });
});
