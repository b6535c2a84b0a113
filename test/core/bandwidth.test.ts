import { expect, it } from 'vitest';
import { parseBandwidth } from '../../src/core/bandwidth.ts';

it.each([
  ['300k', 300_000],
  ['300 kbit', 300_000],
  ['1.5M', 1_500_000],
  ['2Mbps', 2_000_000],
  ['64kbit/s', 64_000],
  ['8000', 8_000],
  ['10G', 10_000_000_000],
])('reads %j as %i bits per second', (text, bits) => {
  expect(parseBandwidth(text)).toBe(bits);
});

it.each(['', 'k', 'fast', '-300k', '300kB', '7.9k', '0', '11G', '1e6', '300k 200k'])(
  'refuses %j and says how to write one',
  text => {
    expect(() => parseBandwidth(text)).toThrow(/is not a bandwidth; write .* like 300k or 1.5M/);
  },
);
