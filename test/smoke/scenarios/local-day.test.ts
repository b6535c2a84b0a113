import { describe, expect, it } from 'vitest';
import { localDay, nextMidnight, nextOddDay } from '../../../src/smoke/scenarios/local-day.ts';

const at = (iso: string) => Date.parse(iso);
const iso = (instant: number) => new Date(instant).toISOString();

describe('localDay', () => {
  it.each([
    ['2026-11-20T22:59:59.999Z', 'Europe/Berlin', '20261120'],
    ['2026-11-20T23:00:00Z', 'Europe/Berlin', '20261121'],
    ['2026-11-20T23:00:00Z', 'America/New_York', '20261120'],
    ['2026-11-20T18:15:00Z', 'Asia/Kathmandu', '20261121'],
  ])('%s in %s is %s', (instant, zone, day) => {
    expect(localDay(at(instant), zone)).toBe(day);
  });
});

describe('nextMidnight', () => {
  it.each([
    ['2026-11-20T12:00:00Z', 'Europe/Berlin', '2026-11-20T23:00:00.000Z'],
    ['2026-10-24T22:00:00Z', 'Europe/Berlin', '2026-10-25T23:00:00.000Z'],
    ['2026-03-28T23:00:00Z', 'Europe/Berlin', '2026-03-29T22:00:00.000Z'],
    ['2026-11-20T12:00:00Z', 'Asia/Kathmandu', '2026-11-20T18:15:00.000Z'],
  ])('after %s in %s is %s', (instant, zone, midnight) => {
    expect(iso(nextMidnight(at(instant), zone))).toBe(midnight);
  });

  it('is a day away from midnight itself', () => {
    expect(iso(nextMidnight(at('2026-11-20T00:00:00Z'), 'UTC'))).toBe('2026-11-21T00:00:00.000Z');
  });
});

describe('nextOddDay', () => {
  it.each([
    ['2026-11-21T12:00:00Z', 'America/New_York', 23, '2027-03-14T05:00:00.000Z'],
    ['2026-05-01T12:00:00Z', 'Europe/Berlin', 25, '2026-10-24T22:00:00.000Z'],
    ['2026-05-01T12:00:00Z', 'Australia/Lord_Howe', 23.5, '2026-10-03T13:30:00.000Z'],
  ])('from %s in %s has %d hours', (instant, zone, hours, start) => {
    const day = nextOddDay(at(instant), zone);
    expect(day && [(day.end - day.start) / 3_600_000, iso(day.start)]).toEqual([hours, start]);
  });

  it('is none where the clock never changes', () => {
    expect(nextOddDay(at('2026-05-01T12:00:00Z'), 'UTC')).toBeNull();
  });
});
