import { describe, expect, it } from 'vitest';

interface Pairs {
  readonly name: string;
  readonly floor: string;
  readonly ours: readonly number[];
  readonly theirs: readonly number[];
}
interface Row {
  readonly ratio: number;
  readonly interval: readonly [number, number];
  readonly verdict: string;
}

// Plain JavaScript, which the compiler does not read.
const file = new URL('../../bench/measure.mjs', import.meta.url).href;
const { comparePairs } = (await import(file)) as { comparePairs(pairs: Pairs): Row };

const compareRatios = (ratios: readonly number[]) =>
  comparePairs({ name: '', floor: '', ours: ratios.map(ratio => ratio * 10), theirs: ratios.map(() => 10) });
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('comparePairs', () => {
  it.each([
    // Of thirty, ten and one from either end: 95.7 %, as tables of the sign test have it.
    [30, 15.5, [10, 21]],
    [9, 5, [2, 8]],
    [6, 3.5, [1, 6]],
    // Too few for 95 %: all of them.
    [3, 2, [1, 3]],
    [1, 1, [1, 1]],
  ])('of %i pairs gives the median ratio and the interval of the sign test', (count, ratio, interval) => {
    expect(compareRatios(upTo(count).toReversed())).toMatchObject({ ratio, interval });
  });

  it('calls slow what is slower by more than the noise, and nothing else', () => {
    expect(compareRatios(upTo(30).map(() => 1.01)).verdict).toBe('too slow');
    expect(compareRatios(upTo(30).map(place => 0.9 + place / 100)).verdict).toBe('');
    expect(compareRatios(upTo(30).map(() => 0.9)).verdict).toBe('');
  });
});
