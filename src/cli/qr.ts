import { encode } from 'uqr';

/** Half of what the standard asks for (ISO/IEC 18004, 6.3.8): every phone reads it so, and a code fits into 24 lines. */
const QUIET_ZONE = 2;

/** Two rows of modules in one line of text, by what is dark: neither, the lower, the upper, both. */
const HALVES = [' ', '▄', '▀', '█'];

/**
 * A QR code as lines for a terminal. With `colors` black on white, whatever the terminal's own are; without, light is what
 * the terminal writes in, which suits a dark one. Throws a `RangeError` for text beyond 2953 bytes.
 */
export function drawQr(text: string, colors: boolean): string[] {
  const { data, size } = encode(text, { ecc: 'L', border: QUIET_ZONE });
  const isDark = (row: number, column: number) => data[row]?.[column] ?? false;
  const paint = (upper: boolean, lower: boolean) => HALVES[(upper ? 2 : 0) + (lower ? 1 : 0)];
  const lines: string[] = [];
  for (let row = 0; row < size; row += 2) {
    const cells = Array.from({ length: size }, (_, column) => {
      const upper = isDark(row, column);
      const lower = isDark(row + 1, column);
      // The last line may have an upper half only; below it is the terminal's own ground.
      return colors ? paint(upper, lower) : paint(!upper, row + 1 < size && !lower);
    });
    lines.push(colors ? `\u001b[30;107m${cells.join('')}\u001b[0m` : cells.join(''));
  }
  return lines;
}
