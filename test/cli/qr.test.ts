import { encode } from 'uqr';
import { expect, it } from 'vitest';
import { drawQr } from '../../src/cli/qr.ts';

const LINK = 'https://192.168.1.20:4680/meet/room-42#key=V1StGXR8_Z5jdHi6B-myT';

/** Reads the modules back out of half blocks; `ink`: whether a block is dark. */
function readBack(lines: readonly string[], ink: boolean): boolean[][] {
  return lines.flatMap(line => {
    const cells = [...line];
    return [
      cells.map(cell => (cell === '▀' || cell === '█') === ink),
      cells.map(cell => (cell === '▄' || cell === '█') === ink),
    ];
  });
}

const { data, size } = encode(LINK, { ecc: 'L', border: 2 });

it('draws dark modules with ink on white, where there are colours', () => {
  const lines = drawQr(LINK, true);
  for (const line of lines)
    expect(line.startsWith('\u001b[30;107m') && line.endsWith('\u001b[0m')).toBe(true);
  const bare = lines.map(line => line.slice('\u001b[30;107m'.length, -'\u001b[0m'.length));
  expect(readBack(bare, true).slice(0, size)).toEqual(data);
});

it('draws light modules with ink where there are none, as for a dark terminal', () => {
  expect(readBack(drawQr(LINK, false), false).slice(0, size)).toEqual(data);
});

it('fits a link with its key into a terminal of 80 by 24', () => {
  const lines = drawQr(LINK, false);
  expect(lines.length).toBeLessThanOrEqual(23);
  expect(new Set(lines.map(line => line.length))).toEqual(new Set([size]));
});

it('draws one more row than it has pairs of rows, since the size is odd', () => {
  expect(size % 2).toBe(1);
  expect(drawQr(LINK, true)).toHaveLength((size + 1) / 2);
});

it('refuses a text that no code holds', () => {
  expect(() => drawQr('x'.repeat(3000), true)).toThrow(RangeError);
});
