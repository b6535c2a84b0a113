import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, chooseLayers, NONE } from '../../../src/emulator/bridge/layer-choice.ts';

const ALL = Number.POSITIVE_INFINITY;
const camera = (maxHeight: number, live = [true, true, true]): Candidate => ({
  maxHeight,
  layers: [
    { height: 180, rate: 150_000, live: live[0] ?? false },
    { height: 360, rate: 500_000, live: live[1] ?? false },
    { height: 720, rate: 1_500_000, live: live[2] ?? false },
  ],
});

describe('the layer of one camera', () => {
  it.each([
    ['all there is', -1, 2],
    ['720 lines', 720, 2],
    ['719 lines', 719, 1],
    ['360 lines', 360, 1],
    ['180 lines', 180, 0],
    ['less than there is', 90, 0],
    ['nothing', 0, NONE],
  ])('for who wants %s', (_name, maxHeight, expected) => {
    expect(chooseLayers([camera(maxHeight)], ALL)).toEqual([expected]);
  });

  it.each([
    [2_000_000, 2],
    [1_499_999, 1],
    [500_000, 1],
    [499_999, 0],
    [1, 0],
  ])('within %i bit/s', (available, expected) => {
    expect(chooseLayers([camera(-1)], available)).toEqual([expected]);
  });

  it.each([
    ['the top', [true, true, false], 1],
    ['all but the top', [false, false, true], 2],
    ['the middle', [true, false, true], 2],
    ['all', [false, false, false], 0],
  ])('when its sender switched off %s', (_name, live, expected) => {
    expect(chooseLayers([camera(-1, live)], ALL)).toEqual([expected]);
  });
});

describe('the layers of several', () => {
  it('rise together, the more important one first', () => {
    expect(chooseLayers([camera(-1), camera(-1)], 1_000_000)).toEqual([1, 1]);
    expect(chooseLayers([camera(-1), camera(-1)], 800_000)).toEqual([1, 0]);
    expect(chooseLayers([camera(-1), camera(-1)], 2_000_000)).toEqual([2, 1]);
  });

  it('leave out the least important, never all', () => {
    expect(chooseLayers([camera(180), camera(720), camera(-1)], 310_000)).toEqual([0, 0, NONE]);
    expect(chooseLayers([camera(0), camera(720), camera(-1)], 1)).toEqual([NONE, 0, NONE]);
  });

  it('cost no more than there is, and are never larger than wanted', () => {
    const layer = fc.record({
      height: fc.integer({ min: 90, max: 1080 }),
      rate: fc.integer({ min: 1, max: 2_000_000 }),
      live: fc.boolean(),
    });
    const candidate = fc.record({
      maxHeight: fc.constantFrom(-1, 0, 180, 360, 720),
      layers: fc
        .array(layer, { minLength: 1, maxLength: 3 })
        .map(layers => layers.toSorted((a, b) => a.height - b.height)),
    });
    fc.assert(
      fc.property(fc.array(candidate, { maxLength: 8 }), fc.nat(10_000_000), (candidates, available) => {
        const choices = chooseLayers(candidates, available);
        const chosen = choices.flatMap((choice, i) => candidates[i]?.layers[choice] ?? []);
        const cost = chosen.reduce((sum, { rate }) => sum + rate, 0);
        expect(chosen.length <= 1 || cost <= available).toBe(true);
        for (const [i, choice] of choices.entries()) {
          const { maxHeight = 0, layers = [] } = candidates[i] ?? {};
          if (maxHeight === 0) expect(choice).toBe(NONE);
          const isLowest =
            choice <=
            Math.max(
              0,
              layers.findIndex(({ live }) => live),
            );
          expect(isLowest || maxHeight < 0 || (layers[choice]?.height ?? 0) <= maxHeight).toBe(true);
        }
      }),
    );
  });
});

it('by an estimate alone nobody is left out', () => {
  expect(chooseLayers([camera(-1), camera(-1), camera(0)], 1, false)).toEqual([0, 0, NONE]);
  expect(chooseLayers([camera(-1), camera(-1), camera(0)], 1)).toEqual([0, NONE, NONE]);
});
