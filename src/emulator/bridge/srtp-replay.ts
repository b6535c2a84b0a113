/** Which of a stream's latest packets were there already (RFC 3711, 3.3.2). */
export interface ReplayWindow {
  /** The highest index taken. */
  readonly highest: number;
  /** Whether this packet was there, or is too old to tell. */
  has(index: number): boolean;
  /** Notes an authenticated packet. */
  add(index: number): void;
}

/** Opens a window that begins with an authenticated packet. `size` is in packets, a multiple of 32. */
export function createReplayWindow(first: number, size: number): ReplayWindow {
  const bits = new Uint32Array(size / 32);
  let highest = first;
  const word = (index: number) => (index % size) >>> 5;
  const mask = (index: number) => 1 << (index & 31);
  const mark = (index: number) => {
    bits[word(index)] = (bits[word(index)] ?? 0) | mask(index);
  };
  const clear = (index: number) => {
    bits[word(index)] = (bits[word(index)] ?? 0) & ~mask(index);
  };
  mark(first);
  return {
    get highest() {
      return highest;
    },
    has(index) {
      if (index > highest) return false;
      return highest - index >= size || ((bits[word(index)] ?? 0) & mask(index)) !== 0;
    },
    add(index) {
      if (index - highest >= size) bits.fill(0);
      else for (let skipped = highest + 1; skipped < index; skipped++) clear(skipped);
      mark(index);
      if (index > highest) highest = index;
    },
  };
}
