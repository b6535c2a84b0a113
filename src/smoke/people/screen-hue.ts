import type { IdentitySignal } from './snapshot.ts';

/** The colour of somebody's shared screen: across the circle from her picture. Among two people it is nobody's picture. */
export function screenHueOf({ hue }: Pick<IdentitySignal, 'hue'>): number {
  return (hue + 180) % 360;
}
