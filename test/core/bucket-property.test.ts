import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { describe, expect, it } from 'vitest';
import { type BucketSize, bucketAt } from '../../src/core/bucket.ts';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'Europe/Dublin',
  'America/New_York',
  'America/St_Johns',
  'America/Sao_Paulo',
  'America/Havana',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Asia/Gaza',
  'Asia/Pyongyang',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Antarctica/Troll',
];
const MINUTE = 60_000;

/** The wall clock by Node's own ICU, which the polyfill's arithmetic must agree with. */
function clock(zone: string, at: number): string {
  const format = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  return format.format(at).replace(/\D/g, '');
}

/** Instants anywhere from 2005 on, half of them within three hours of a change of the zone's offset. */
const moment = fc
  .record({
    zone: fc.constantFrom(...ZONES),
    at: fc.integer({ min: Date.UTC(2005, 0), max: Date.UTC(2027, 11) }),
    nearChange: fc.boolean(),
    aside: fc.integer({ min: -180 * MINUTE, max: 180 * MINUTE }),
  })
  .map(({ zone, at, nearChange, aside }) => {
    const change = Temporal.Instant.fromEpochMilliseconds(at)
      .toZonedDateTimeISO(zone)
      .getTimeZoneTransition('next');
    return { zone, now: nearChange && change ? change.epochMilliseconds + aside : at };
  });

describe('any bucket', () => {
  it.each(['hour', 'day', 'week', 'month'] as const)(
    'of one %s ends where its label first changes',
    async (size: BucketSize) => {
      const labelAt = async (at: number, zone: string) => (await bucketAt(at, size, zone)).label;
      await fc.assert(
        fc.asyncProperty(
          moment,
          fc.double({ min: 0, max: 1, noNaN: true }),
          async ({ zone, now }, between) => {
            const { label, end } = await bucketAt(now, size, zone);
            expect(end).toBeGreaterThan(now);
            expect(await labelAt(end, zone)).not.toBe(label);
            expect(await labelAt(end - 1, zone)).toBe(label);
            expect(await labelAt(Math.floor(now + (end - 1 - now) * between), zone)).toBe(label);
          },
        ),
        { numRuns: 300 },
      );
    },
  );

  it.each([
    ['hour', 10],
    ['day', 8],
    ['month', 6],
  ] as const)('of one %s is labelled by the wall clock', async (size, digits) => {
    await fc.assert(
      fc.asyncProperty(moment, async ({ zone, now }) => {
        expect((await bucketAt(now, size, zone)).label).toBe(clock(zone, now).slice(0, digits));
      }),
      { numRuns: 300 },
    );
  });
});
