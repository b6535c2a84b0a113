import { afterEach, describe, expect, it, vi } from 'vitest';
import { sayCountdown, sayDistance, sayWhen } from '../../web/time-words.ts';

const now = new Date(2026, 10, 20, 15, 0).getTime();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

describe('times in words', () => {
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    [20 * MINUTE, 'today at 15:20'],
    [-DAY, 'yesterday at 15:00'],
    [10 * HOUR, 'tomorrow at 01:00'],
    [3 * DAY, 'Monday 23 November at 15:00'],
  ])('says when %d ms from now is', (distance, words) => {
    expect(sayWhen(now + distance, now, 'en-GB')).toBe(words);
  });

  it('goes by calendar days across the end of summer time', () => {
    vi.stubEnv('TZ', 'Europe/Berlin');
    const evening = new Date(2026, 9, 24, 23, 0).getTime();
    expect(sayWhen(new Date(2026, 9, 25, 22, 0).getTime(), evening, 'en-GB')).toBe('tomorrow at 22:00');
  });

  it.each([
    [1_000, 'in 1 minute'],
    [20 * MINUTE, 'in 20 minutes'],
    [70 * MINUTE, 'in 1 hour'],
    [32 * HOUR, 'in 1 day'],
    [34 * HOUR, 'in 2 days'],
    [50 * HOUR, 'in 2 days'],
    [-5.4 * MINUTE, '5 minutes ago'],
    [-10, '1 minute ago'],
  ])('says how far %d ms from now is', (distance, words) => {
    expect(sayDistance(now + distance, now)).toBe(words);
  });

  it.each([
    [-5_000, '0:00'],
    [0, '0:00'],
    [1, '0:01'],
    [61_000, '1:01'],
    [59 * MINUTE + 59_001, '1:00:00'],
    [3 * HOUR + 4 * MINUTE, '3:04:00'],
    [30 * HOUR, '30:00:00'],
    [50 * HOUR, '2 days'],
  ])('counts %d ms down', (distance, words) => {
    expect(sayCountdown(distance)).toBe(words);
  });
});
