/** An 8-bit frame counter as eight black or white stripes along the lower quarter of a picture. */
export const STRIPES = 8;
/** Where they begin, as a share of the height. */
export const STRIPES_TOP = 0.75;

type Pixel = readonly [red: number, green: number, blue: number];

/** Degrees, or null where the middle of the picture has no colour (a black frame, an avatar). */
export function readHue(pixelAt: (x: number, y: number) => Pixel): number | null {
  const [red, green, blue] = pixelAt(0.5, 0.3);
  const highest = Math.max(red, green, blue);
  const spread = highest - Math.min(red, green, blue);
  if (spread < 64) return null;
  const sextant = sextantOf(red, green, blue, highest, spread);
  return Math.round((sextant * 60 + 360) % 360);
}

function sextantOf(red: number, green: number, blue: number, highest: number, spread: number): number {
  if (highest === red) return (green - blue) / spread;
  if (highest === green) return 2 + (blue - red) / spread;
  return 4 + (red - green) / spread;
}

/** The counter, or null where a stripe is neither black nor white. */
export function readCounter(pixelAt: (x: number, y: number) => Pixel): number | null {
  let counter = 0;
  for (let bit = 0; bit < STRIPES; bit++) {
    const [red, green, blue] = pixelAt((bit + 0.5) / STRIPES, 0.88);
    const light = (red + green + blue) / 3;
    if (light > 85 && light < 170) return null;
    if (light >= 170) counter |= 1 << bit;
  }
  return counter;
}
