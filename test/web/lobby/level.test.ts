import { expect, it } from 'vitest';
import { loudness } from '../../../web/lobby/level.ts';

const sine = (amplitude: number) =>
  Float32Array.from({ length: 1024 }, (_, i) => amplitude * Math.sin((i * Math.PI) / 16));

it.each([
  ['nothing', new Float32Array(0), 0],
  ['silence', new Float32Array(1024), 0],
  ['a breath', sine(0.001), 0],
  ['a quiet voice', sine(0.02), 0.48],
  ['a voice', sine(0.1), 0.77],
  ['a shout', sine(1), 1],
])('is, for %s, %f', (_name, samples, level) => {
  expect(loudness(samples)).toBeCloseTo(level, 1);
});
