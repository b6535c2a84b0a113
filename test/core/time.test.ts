import { describe, expect, it } from 'vitest';
import { parseInstant, parseInstantIn } from '../../src/core/time.ts';
import { codeOf } from './fixtures.ts';

const iso = (ms: number) => new Date(ms).toISOString();

describe('an instant', () => {
  it.each([
    ['2026-11-20T15:00Z', '2026-11-20T15:00:00.000Z'],
    ['2026-11-20 15:00z', '2026-11-20T15:00:00.000Z'],
    ['2026-11-20T15:00:30.5+01:00', '2026-11-20T14:00:30.500Z'],
    ['2028-02-29T00:00-10:30', '2028-02-29T10:30:00.000Z'],
    [' 2026-11-20T15:00:00.000Z ', '2026-11-20T15:00:00.000Z'],
    [new Date(1_795_186_800_123).toISOString(), '2026-11-20T15:00:00.123Z'],
    ['2026-11-20T15:00:00.123456+00:00', '2026-11-20T15:00:00.123Z'],
    ['2026-11-20T15:00:00.123456789Z', '2026-11-20T15:00:00.123Z'],
    ['2026-11-20T15:00:00,5Z', '2026-11-20T15:00:00.500Z'],
    ['2026-11-20 15:00:00.123+01', '2026-11-20T14:00:00.123Z'],
    ['2026-11-20T15:00:00+0100', '2026-11-20T14:00:00.000Z'],
    ['2026-11-20 15:00:00 -0330', '2026-11-20T18:30:00.000Z'],
    ['2026-11-20 15:00:00 UTC', '2026-11-20T15:00:00.000Z'],
  ])('%j is %s', (text, expected) => {
    expect(iso(parseInstant(text))).toBe(expected);
  });

  it.each([
    '',
    'tomorrow',
    '2026',
    '2026-11-20',
    '15:00',
    '2026-11-20T15:00',
    '2026-02-30T12:00Z',
    '2027-02-29T12:00Z',
    '2026-11-20T24:00Z',
    '2026-11-20T15:60Z',
    '2026-13-01T00:00Z',
    '20/11/2026 15:00Z',
    '1795186800000',
    '2026-11-20T15:00+25:00',
    '2026-11-20T15:00Zulu',
    '2026-11-20T15:00.5Z',
    '2026-11-20T15:00:00.Z',
    '2026-11-20T15:00:00.123456',
    '2026-11-20T15:00+1',
    '2026-11-20T15:00+01:',
    '2026-11-20T15:00+01:60',
  ])('cannot be %j', async text => {
    expect(await codeOf(() => parseInstant(text))).toBe('BAD_TIME');
  });
});

describe('an instant by the clock of a zone', () => {
  it.each([
    ['is its wall clock', '2026-11-20T15:00', 'Europe/Berlin', '2026-11-20T14:00:00.000Z'],
    ['keeps an offset that is given', '2026-11-20T15:00Z', 'Europe/Berlin', '2026-11-20T15:00:00.000Z'],
    ['has milliseconds', '2026-11-20T15:00:00.1234', 'Europe/Berlin', '2026-11-20T14:00:00.123Z'],
    ['is the earlier of two', '2026-10-25T02:30', 'Europe/Berlin', '2026-10-25T00:30:00.000Z'],
    ['moves on out of a skipped hour', '2026-03-29T02:30', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
  ])('%s', async (_, text, zone, expected) => {
    expect(iso(await parseInstantIn(text, zone))).toBe(expected);
  });

  it('needs a zone that exists', async () => {
    expect(await codeOf(() => parseInstantIn('2026-11-20T15:00', 'Mars/Base'))).toBe('BAD_ZONE');
  });

  it('needs to be a time', async () => {
    expect(await codeOf(() => parseInstantIn('noon', 'UTC'))).toBe('BAD_TIME');
  });
});
