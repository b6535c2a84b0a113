import type { Fault, NetworkFault, OutageFault } from './fault.ts';

/** What one direction of a participant's way does to datagrams. */
export interface Shape {
  /** Nothing gets through. */
  readonly isOut: boolean;
  /** Probability, 0 to 1. */
  readonly loss: number;
  readonly delayMs: number;
  readonly jitterMs: number;
  readonly reorder: boolean;
  /** Infinity: no cap. */
  readonly bitsPerSecond: number;
}

/** All faults of one direction at once: as if one such network lay behind the other. Null without any. */
export function shapeOf(
  direction: 'up' | 'down',
  networks: readonly Fault<NetworkFault>[],
  outages: readonly Fault<OutageFault>[],
): Shape | null {
  const isHere = (fault: { readonly direction: string }) =>
    fault.direction === direction || fault.direction === 'both';
  const here = networks.filter(isHere);
  const isOut = outages.some(isHere);
  if (here.length === 0 && !isOut) return null;
  const passes = here.reduce((all, { loss }) => all * (1 - loss / 100), 1);
  return {
    isOut,
    loss: 1 - passes,
    delayMs: here.reduce((sum, { delayMs }) => sum + delayMs, 0),
    jitterMs: here.reduce((sum, { jitterMs }) => sum + jitterMs, 0),
    reorder: here.some(({ reorder }) => reorder),
    bitsPerSecond: Math.min(
      ...here.map(({ bitsPerSecond }) => bitsPerSecond ?? Number.POSITIVE_INFINITY),
      Number.POSITIVE_INFINITY,
    ),
  };
}
