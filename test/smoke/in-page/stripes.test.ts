import { describe, expect, it } from 'vitest';
import { readCounter, readHue, STRIPES } from '../../../src/smoke/in-page/stripes.ts';

type Colour = readonly [number, number, number];

const picture = (colour: Colour, stripes: readonly Colour[]) => (x: number, y: number) =>
  y < 0.75 ? colour : (stripes[Math.floor(x * STRIPES)] ?? colour);

const white: Colour = [250, 252, 249];
const black: Colour = [3, 0, 5];
const red: Colour = [254, 2, 0];

describe('readHue', () => {
  it.each([
    [red, 0],
    [[0, 255, 1], 120],
    [[4, 0, 250], 241],
    [[250, 250, 0], 60],
    [[255, 0, 40], 351],
  ] as const)('reads %j as %d degrees', (colour, hue) => {
    expect(readHue(picture(colour, []))).toBe(hue);
  });

  it.each([[black], [white], [[120, 130, 128]]] as const)('finds no hue in %j', colour => {
    expect(readHue(picture(colour, []))).toBeNull();
  });
});

describe('readCounter', () => {
  it.each([0, 1, 5, 128, 170, 255])('reads %d back', counter => {
    const stripes = Array.from({ length: STRIPES }, (_, bit) => ((counter >> bit) & 1 ? white : black));
    expect(readCounter(picture(red, stripes))).toBe(counter);
  });

  it('refuses a grey stripe', () => {
    const stripes = Array.from(
      { length: STRIPES },
      (_, bit): Colour => (bit === 3 ? [128, 128, 128] : black),
    );
    expect(readCounter(picture(red, stripes))).toBeNull();
  });
});
