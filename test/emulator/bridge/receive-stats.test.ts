import { describe, expect, it } from 'vitest';
import { createReceiveStats } from '../../../src/emulator/bridge/receive-stats.ts';

const noted = (sequences: readonly number[], everyMs = 20) => {
  const stats = createReceiveStats(48_000);
  for (const [i, sequence] of sequences.entries()) stats.note(sequence, i * everyMs * 48, i * everyMs);
  return stats;
};

describe('reception', () => {
  it.each([
    ['all', [1, 2, 3, 4], { fractionLost: 0, lost: 0, highest: 4 }],
    ['half', [1, 3, 5, 7, 8, 10, 12, 14], { fractionLost: Math.floor((6 / 14) * 256), lost: 6, highest: 14 }],
    ['all, in disorder', [1, 3, 2, 4], { fractionLost: 0, lost: 0, highest: 4 }],
    ['across the wrap', [65_534, 65_535, 1], { fractionLost: 64, lost: 1, highest: 0x10001 }],
    ['more than was sent', [1, 1, 1], { fractionLost: 0, lost: 0, highest: 1 }],
  ])('of %s is told', (_name, sequences, expected) => {
    expect(noted(sequences).report()).toMatchObject(expected);
  });

  it('is told since the last report, but for the sum', () => {
    const stats = noted([1, 3]);
    stats.report();
    for (const sequence of [4, 5, 6]) stats.note(sequence, 0, 0);
    expect(stats.report()).toMatchObject({ fractionLost: 0, lost: 1 });
  });

  it('of nothing is not told', () => {
    expect(createReceiveStats(90_000).report()).toBeNull();
  });

  it('is steady when packets come as they were sent, and not when they do not', () => {
    expect(noted([1, 2, 3, 4, 5]).report()?.jitter).toBe(0);
    const stats = createReceiveStats(48_000);
    for (let i = 0; i < 200; i++) stats.note(i, i * 960, i * 20 + (i % 2) * 10);
    // RFC 3550, 6.4.1: it tends towards the mean difference, here 10 ms of 48 kHz.
    expect(stats.report()?.jitter).toBeGreaterThan(400);
    expect(stats.report()?.jitter).toBeLessThanOrEqual(480);
  });

  it('goes on counting beyond 16 bits', () => {
    const stats = createReceiveStats(90_000);
    const numbers = [0, 30_000, 60_000, 24_464, 54_464, 18_928].map(sequence => stats.note(sequence, 0, 0));
    expect(numbers.map(number => number - (numbers[0] ?? 0))).toEqual([
      0, 30_000, 60_000, 90_000, 120_000, 150_000,
    ]);
  });
});
