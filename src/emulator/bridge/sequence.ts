/** The number congruent to `value` (of 16 bits) that is closest to `reference`: undoes the wrap-around. */
export function unwrap(reference: number, value: number): number {
  return reference + signed16(value - reference);
}

/** The distance that a difference of 16-bit numbers most likely stands for. */
function signed16(difference: number): number {
  return (difference << 16) >> 16;
}

/** The same for 32 bits: timestamps. */
export function signed32(difference: number): number {
  return difference | 0;
}
