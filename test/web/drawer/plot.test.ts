import { describe, expect, it } from 'vitest';
import { drawLine, roundTop } from '../../../web/drawer/plot.ts';

const now = 1_000_000;
const point = (secondsAgo: number, value: number | null) => ({ at: now - secondsAgo * 1000, value });

describe('a line', () => {
  it.each([
    ['of nothing', [], ''],
    ['from the past to now', [point(90, 0), point(87, 10), point(84, 5)], 'M0.0 59.0L10.0 3.0L20.0 31.0'],
    [
      'broken where nothing is known',
      [point(3, 0), point(2, null), point(1, 0), point(0, 0)],
      'M290.0 59.0M296.7 59.0L300.0 59.0',
    ],
    ['broken where nobody looked', [point(30, 0), point(0, 0)], 'M200.0 59.0M300.0 59.0'],
    ['that stays below its top', [point(0, 99)], 'M300.0 3.0'],
  ])('%s', (_, points, path) => {
    expect(drawLine(points, now, 10)).toBe(path);
  });
});

it.each([
  [[], 100, 100],
  [[null, 3], 10, 10],
  [[101], 100, 200],
  [[200], 100, 200],
  [[201], 100, 500],
  [[501], 100, 1000],
  [[7.1], 5, 10],
])('%j of at least %d reach to %d', (values, least, top) => {
  expect(roundTop(values, least)).toBe(top);
});
