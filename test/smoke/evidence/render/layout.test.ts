import { describe, expect, it } from 'vitest';
import type { Rates } from '../../../../src/smoke/evidence/rates.ts';
import { beginOf, drawCurve, topOf } from '../../../../src/smoke/evidence/render/plots.ts';
import { createScale, niceStep, packRows } from '../../../../src/smoke/evidence/render/scale.ts';

describe('the axis of a run', () => {
  it.each([
    [0.3, 1],
    [1, 1],
    [3, 5],
    [600, 1000],
    [1001, 2000],
    [5100, 10_000],
  ])('has steps no smaller than %d: %d', (least, step) => {
    expect(niceStep(least)).toBe(step);
  });

  it.each([
    [0, '0%'],
    [2500, '25%'],
    [10_000, '100%'],
    [-50, '0%'],
    [20_000, '100%'],
  ])('places %d ms of 10 s at %s', (t, place) => {
    expect(createScale(10_000).at(t)).toBe(place);
  });

  it('has labels for a run of no time too', () => {
    expect(createScale(0).ticks).toEqual([0, 1]);
    expect(createScale(9000, 6000).ticks).toEqual([6000, 6500, 7000, 7500, 8000, 8500, 9000]);
    expect(createScale(9000, 6000).at(7500)).toBe('50%');
    expect(createScale(7000).ticks).toEqual([0, 1000, 2000, 3000, 4000, 5000, 6000, 7000]);
  });
});

describe('rows of spans', () => {
  it.each([
    [
      'one after the other',
      [
        [0, 1],
        [1, 2],
      ],
      [0, 0],
    ],
    [
      'side by side',
      [
        [0, 3],
        [1, 2],
        [2, 4],
      ],
      [0, 1, 1],
    ],
    [
      'out of order',
      [
        [5, 9],
        [0, 6],
      ],
      [1, 0],
    ],
    [
      'without an end',
      [
        [0, Number.POSITIVE_INFINITY],
        [1, 2],
      ],
      [0, 1],
    ],
    ['none', [], []],
  ])('%s', (_, spans, rows) => {
    expect(packRows(spans.map(([start = 0, end = 0]) => ({ start, end })))).toEqual(rows);
  });
});

describe('a curve', () => {
  const scale = createScale(10_000);
  it.each([
    [
      'goes through its points',
      [
        [0, 0],
        [1000, 50],
        [2000, 100],
      ],
      'M0 100h1L100 50L200 0',
    ],
    [
      'has a hole where nothing was measured',
      [
        [0, 0],
        [500, null],
        [1000, 100],
      ],
      'M0 100h1L100 0',
    ],
    [
      'begins anew after a gap',
      [
        [0, 0],
        [5000, 100],
      ],
      'M0 100h1M500 0h1',
    ],
    ['stays below the top', [[0, 500]], 'M0 0h1'],
    ['is nothing without points', [], ''],
  ] as const)('%s', (_, points, path) => {
    expect(
      drawCurve(
        points.map(([t, value]) => ({ t, value })),
        scale,
        100,
      ),
    ).toBe(path);
  });
});

describe('the plots', () => {
  it.each([
    [[[8300, 9000], [7400]], 6000],
    [[[], [400]], 0],
  ])('of samples at %j begin at %d', (times, begin) => {
    const people = times.map(own => ({ rates: own.map(t => ({ t }) as Rates) }));
    expect(beginOf(people)).toBe(begin);
  });
});

describe('the top of an axis', () => {
  it.each([
    [[], 30],
    [[12], 30],
    [[31], 40],
    [[2345], 3000],
    [[null], 30],
  ])('above %j is %d', (values, top) => {
    const plot = {
      ...{ title: '', unit: '', least: 30 },
      curves: [
        { name: 'a', value: (rates: Rates) => rates.roundTripMs },
        { name: 'b', value: () => null },
      ] as const,
    };
    const rates = values.map(roundTripMs => ({ roundTripMs }) as Rates);
    expect(topOf(plot, rates)).toBe(top);
  });
});
