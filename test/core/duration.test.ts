import { describe, expect, it } from 'vitest';
import { parseDuration } from '../../src/core/duration.ts';
import { codeOf, DAY, HOUR } from './fixtures.ts';

describe('a duration', () => {
  it.each([
    ['90s', 90_000],
    ['30m', HOUR / 2],
    ['2h', 2 * HOUR],
    ['1.5h', 1.5 * HOUR],
    ['.5h', HOUR / 2],
    [' 1d ', DAY],
    ['2 weeks', 14 * DAY],
    ['1W', 7 * DAY],
    ['10y', 3652.5 * DAY],
    ['1ms', 1],
  ])('%j is %d ms', (text, ms) => {
    expect(parseDuration(text)).toBe(ms);
  });

  it.each([
    '',
    '2',
    '0',
    '-1h',
    '+1h',
    '0h',
    '0.1ms',
    '1e3h',
    'h',
    '1h30m',
    '2 fortnights',
    '2  h',
    'tomorrow',
    'NaNh',
    '11y',
    '99999999999999h',
    '1'.repeat(200),
  ])('cannot be %j', async text => {
    expect(await codeOf(() => parseDuration(text))).toBe('BAD_DURATION');
  });

  it('without its unit is answered with how to write it', () => {
    expect(() => parseDuration('2')).toThrow(
      '"2" is not a duration; write a number and a unit, like 30m, 2h, 1d, 1w or 1y.',
    );
  });
});
