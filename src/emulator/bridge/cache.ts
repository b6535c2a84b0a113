/** The latest packets of one source, kept for receivers that lose some. */
export interface PacketCache {
  /** Keeps a packet under its unwrapped sequence number; false when it is known, or older than all that is kept. */
  put(sequence: number, packet: Buffer, nowMs: number): boolean;
  /** The packet, unless it is gone or too old to be of use. */
  get(sequence: number, nowMs: number): Buffer | null;
  clear(): void;
}

const MAX_AGE_MS = 2_000;

/** Opens an empty cache, bounded in packets and in what it hands out by time. */
export function createCache(capacity: number, maxAgeMs = MAX_AGE_MS): PacketCache {
  const packets: Array<Buffer | null> = new Array(capacity).fill(null);
  const sequences = new Float64Array(capacity);
  const times = new Float64Array(capacity);
  let highest = Number.NEGATIVE_INFINITY;

  const slotOf = (sequence: number) => ((sequence % capacity) + capacity) % capacity;
  const holds = (slot: number, sequence: number) => packets[slot] !== null && sequences[slot] === sequence;

  return {
    put(sequence, packet, nowMs) {
      const slot = slotOf(sequence);
      if (sequence <= highest - capacity || holds(slot, sequence)) return false;
      highest = Math.max(highest, sequence);
      packets[slot] = packet;
      sequences[slot] = sequence;
      times[slot] = nowMs;
      return true;
    },
    get(sequence, nowMs) {
      const slot = slotOf(sequence);
      if (!holds(slot, sequence) || nowMs - (times[slot] ?? 0) > maxAgeMs) return null;
      return packets[slot] ?? null;
    },
    clear() {
      packets.fill(null);
      highest = Number.NEGATIVE_INFINITY;
    },
  };
}
