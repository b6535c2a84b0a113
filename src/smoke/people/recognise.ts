import type { IdentitySignal } from './snapshot.ts';

interface Recognisable {
  readonly name: string;
  readonly signal: IdentitySignal;
}

/** VP8 at a low rate bends a hue by a few degrees; people are 30 apart or more, and the nearest one counts. */
const HUE_TOLERANCE = 20;
/** One and a half bins of the analyser at 48 kHz. */
const HERTZ_TOLERANCE = 36;

/** Whose picture has this hue (degrees); undefined for nobody's. */
export function recogniseHue<P extends Recognisable>(hue: number, people: readonly P[]): P | undefined {
  return findNearest(people, ({ signal }) => hueDistance(signal.hue, hue), HUE_TOLERANCE);
}

/** Whether a hue that was seen (degrees) is the one that was sent. */
export function isSameHue(sent: number, seen: number): boolean {
  return hueDistance(sent, seen) <= HUE_TOLERANCE;
}

/** Whose tone has this frequency (hertz); undefined for nobody's. */
export function recogniseTone<P extends Recognisable>(hertz: number, people: readonly P[]): P | undefined {
  return findNearest(people, ({ signal }) => Math.abs(signal.hertz - hertz), HERTZ_TOLERANCE);
}

function findNearest<P>(
  people: readonly P[],
  distanceTo: (person: P) => number,
  tolerance: number,
): P | undefined {
  const [nearest] = [...people].sort((a, b) => distanceTo(a) - distanceTo(b));
  return nearest && distanceTo(nearest) <= tolerance ? nearest : undefined;
}

function hueDistance(a: number, b: number): number {
  const distance = Math.abs(a - b) % 360;
  return Math.min(distance, 360 - distance);
}
