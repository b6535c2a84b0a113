/** A packet's index: 16 bits of sequence number below a 32-bit count of its roll-overs (RFC 3711, 3.3.1). */

const ROUND = 2 ** 16;
const HALF = 2 ** 15;

/** An index has 48 bits; whoever sends more packets needs new keys (RFC 3711, 9.2). */
export const INDEX_LIMIT = 2 ** 48;

/**
 * The index of the packet with this sequence number, given the highest index so far: of all candidates the nearest
 * (RFC 3711, appendix A). Negative for one from before the stream began.
 */
export function estimateIndex(highest: number, sequence: number): number {
  const last = highest % ROUND;
  const index = highest - last + sequence;
  if (sequence - last > HALF) return index - ROUND;
  return last - sequence > HALF ? index + ROUND : index;
}
